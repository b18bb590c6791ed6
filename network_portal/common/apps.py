from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "network_portal.common"
    label = "common"

    def ready(self):
        from network_portal.common import checks  # noqa: F401 (registers the checks)
