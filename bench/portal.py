"""Sets the portal up with the demonstration's settings; whatever measures it imports this before any model."""

import os
import subprocess
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")
os.environ["DEMO"] = "1"

import django

django.setup()

from django.db import connection

ENV = {"DEMO": "1", "DATABASE_URL": os.environ.get("DATABASE_URL", ""), "MAIL_RATE": "1000"}


def manage(*command: str) -> None:
    """A command of ``manage.py`` in a process of its own, whose table and words are not those of the bench."""
    subprocess.run([sys.executable, "manage.py", *command], check=True, env={**os.environ, **ENV}, stdout=subprocess.DEVNULL)


def prepare() -> None:
    """The tables, the demonstration's records, and the files that pages name."""
    for command in (["migrate", "-v0"], ["createcachetable"], ["demo"], ["collectstatic", "--noinput", "-v0"]):
        manage(*command)
    if connection.vendor == "postgresql":  # where the floor writes its registrations
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS bench_floor (id bigserial PRIMARY KEY, at timestamptz DEFAULT now())")
