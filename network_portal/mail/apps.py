from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "network_portal.mail"
    label = "mail"

    def ready(self):
        from network_portal.mail import checks  # noqa: F401
