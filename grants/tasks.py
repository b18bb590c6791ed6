"""The task of calls: started by beat, it finds its work in the database."""

from celery import shared_task
from django.utils import timezone

from grants import files, services


@shared_task(name="grants.queue_due_closings", ignore_result=True)
def queue_due_closings() -> None:
    """Derive what should exist from the facts; downtime repairs itself."""
    services.queue_due_closings(now=timezone.now())


@shared_task(name="grants.remove_lost_files", ignore_result=True)
def remove_lost_files() -> None:
    """Files without a row, left by a crash while they were added."""
    files.remove_lost_files(now=timezone.now())
