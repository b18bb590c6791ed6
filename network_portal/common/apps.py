from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "network_portal.common"
    label = "common"
