"""A person's own account."""

from django.urls import path

from network_portal.users.views import codes, profile

app_name = "users"
urlpatterns = [
    path("profile/", profile.ProfileView.as_view(), name="profile"),
    path("e-mail/", profile.ChangeEmailView.as_view(), name="change_email"),
    path("confirm/", codes.ConfirmView.as_view(), name="confirm"),
]
