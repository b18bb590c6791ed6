"""The mails after the webinars of a cycle: the coordinators' pages, below ``manage/cycles/``; names of ``webinars``."""

from django.urls import path

from webinars.views import cycle_mails, mail_preview

MAIL = "<slug:slug>/mails/<str:kind>/<str:language>/"
urlpatterns = [
    path("<slug:slug>/mails/", cycle_mails.CycleMailsView.as_view(), name="cycle_mails"),
    path("<slug:slug>/mails/<str:kind>/switch/", cycle_mails.cycle_mail_switch, name="cycle_mail_switch"),
    path(MAIL, cycle_mails.CycleMailView.as_view(), name="cycle_mail"),
    path(f"{MAIL}preview/", mail_preview.CycleMailPreviewView.as_view(), name="cycle_mail_preview"),
    path(f"{MAIL}preview.html", mail_preview.CycleMailHtmlView.as_view(), name="cycle_mail_html"),
    path(f"{MAIL}test/", mail_preview.cycle_mail_test, name="cycle_mail_test"),
]
