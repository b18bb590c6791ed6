"""The task of practices: started by beat, it finds its work in the database."""

from celery import shared_task
from django.utils import timezone

from goodpractices import services


@shared_task(name="goodpractices.queue_due_questions", ignore_result=True)
def queue_due_questions() -> None:
    """Derive from the facts whose authors are to be asked whether it is still true; downtime repairs itself."""
    services.queue_due_questions(today=timezone.localdate())
