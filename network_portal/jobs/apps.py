from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "network_portal.jobs"
    label = "jobs"
