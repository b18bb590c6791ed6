from django.urls import path

from municipalities.views import affiliations, colleagues, memberships, public, town

app_name = "municipalities"
urlpatterns = [
    path("", public.MunicipalityListView.as_view(), name="list"),
    path("search/", public.municipality_search, name="search"),
    path("memberships/", memberships.MembershipListView.as_view(), name="memberships"),
    path("memberships/<int:pk>/contact/", memberships.membership_contact, name="membership_contact"),
    path("memberships/<int:pk>/end/", memberships.membership_end, name="membership_end"),
    path("belong/", affiliations.AskView.as_view(), name="ask"),
    path("affiliations/<uuid:uuid>/confirm/", affiliations.affiliation_confirm, name="affiliation_confirm"),
    path("affiliations/<uuid:uuid>/refuse/", affiliations.RefuseView.as_view(), name="affiliation_refuse"),
    path("affiliations/<uuid:uuid>/focal-point/", affiliations.affiliation_focal_point, name="affiliation_focal_point"),
    path("affiliations/<uuid:uuid>/staff/", affiliations.affiliation_staff, name="affiliation_staff"),
    path("affiliations/<uuid:uuid>/end/", affiliations.affiliation_end, name="affiliation_end"),
    path("invitations/<str:token>/", colleagues.invitation, name="invitation"),
    path("<slug:slug>/", public.MunicipalityDetailView.as_view(), name="detail"),
    path("<slug:slug>/colleagues/", colleagues.ColleaguesView.as_view(), name="colleagues"),
    path("<slug:slug>/presentation/", town.PresentationView.as_view(), name="presentation"),
    path("<slug:slug>/mail-domains/", town.MailDomainsView.as_view(), name="mail_domains"),
]
