from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "network_portal.audit"
    label = "audit"
