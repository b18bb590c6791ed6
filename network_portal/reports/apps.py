from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "network_portal.reports"
    label = "reports"
