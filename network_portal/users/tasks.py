"""Housekeeping of accounts."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="users.clear_sessions", ignore_result=True)
def clear_sessions() -> None:
    """Delete the sessions that have run out."""
    call_command("clearsessions")
