from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "network_portal.pages"
    label = "pages"
