from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "network_portal.demo"
    label = "demo"
