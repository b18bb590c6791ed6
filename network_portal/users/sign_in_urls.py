"""Signing in and out. The names are those that django-allauth reverses; none of its other pages exists here."""

from django.urls import path

from network_portal.users.views import signing_in

urlpatterns = [
    path("login/", signing_in.RequestCodeView.as_view(), name="account_login"),
    path("login/code/", signing_in.confirm_code, name="account_confirm_login_code"),
    path("logout/", signing_in.sign_out, name="account_logout"),
    path("inactive/", signing_in.inactive, name="account_inactive"),
]
