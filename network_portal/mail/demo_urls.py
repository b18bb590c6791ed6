from django.urls import path

from network_portal.mail.views import mailbox

app_name = "demo_mail"
urlpatterns = [
    path("", mailbox.MailboxView.as_view(), name="list"),
    path("<int:pk>/", mailbox.MailView.as_view(), name="detail"),
    path("<int:pk>/html/", mailbox.mail_html, name="html"),
    path("<int:pk>/invite.ics", mailbox.mail_calendar, name="calendar"),
]
