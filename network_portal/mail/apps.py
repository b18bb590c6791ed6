from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "network_portal.mail"
    label = "mail"
