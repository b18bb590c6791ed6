"""The task of calls: started by beat, it finds its work in the database."""

from celery import shared_task
from django.utils import timezone

from grants import services


@shared_task(name="grants.queue_due_closings", ignore_result=True)
def queue_due_closings() -> None:
    """Derive what should exist from the facts; downtime repairs itself."""
    services.queue_due_closings(now=timezone.now())
