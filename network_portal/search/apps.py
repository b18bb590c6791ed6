from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "network_portal.search"
