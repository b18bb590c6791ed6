"""Beat's one task here. Each app has a task of its own that does its kinds of work."""

from celery import shared_task
from celery.signals import worker_shutting_down

from network_portal.jobs import services


@worker_shutting_down.connect
def stop_working(**kwargs) -> None:
    """Finish the job in hand, begin no other."""
    services.stopping.set()


@shared_task(name="jobs.remove_old_files", ignore_result=True)
def remove_old_files() -> None:
    services.remove_old_files()
