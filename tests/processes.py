"""What a process started by a test needs to work on the test's own database."""

import os

from django.conf import settings
from django.db import connection


def environment(**variables: str) -> dict[str, str]:
    """The settings of the portal on the test's database, with ``variables`` added."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "network_portal.settings",
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "SITE_URL": settings.SITE_URL,
        "DEMO": "1",
        **variables,
    }


def database_url() -> str:
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    password = f":{at['PASSWORD']}" if at["PASSWORD"] else ""
    return f"postgres://{at['USER']}{password}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"
