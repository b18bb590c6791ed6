from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "network_portal.privacy"
    label = "privacy"
