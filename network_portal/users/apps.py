from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "network_portal.users"
    label = "users"
