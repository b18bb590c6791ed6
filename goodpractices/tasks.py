"""The tasks of practices: started by beat, they find their work in the database."""

from celery import shared_task
from django.utils import timezone

from goodpractices import services
from goodpractices.services import files


@shared_task(name="goodpractices.queue_due_questions", ignore_result=True)
def queue_due_questions() -> None:
    """Derive from the facts whose authors are to be asked whether it is still true; downtime repairs itself."""
    services.queue_due_questions(today=timezone.localdate())


@shared_task(name="goodpractices.remove_lost_files", ignore_result=True)
def remove_lost_files() -> None:
    """Files that no version names any more, and those without a row, left by a crash while they were added."""
    files.remove_unnamed_files(now=timezone.now())
    files.remove_lost_files(now=timezone.now())
