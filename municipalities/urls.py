from django.urls import path

from municipalities import views

app_name = "municipalities"
urlpatterns = [
    path("", views.MunicipalityListView.as_view(), name="list"),
    path("search/", views.municipality_search, name="search"),
    path("memberships/", views.MembershipListView.as_view(), name="memberships"),
    path("memberships/<int:pk>/contact/", views.membership_contact, name="membership_contact"),
    path("memberships/<int:pk>/end/", views.membership_end, name="membership_end"),
    path("<slug:slug>/", views.MunicipalityDetailView.as_view(), name="detail"),
]
