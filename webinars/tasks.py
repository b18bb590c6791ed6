"""The tasks of webinars: started by beat, they find their work in the database."""

from celery import shared_task
from django.utils import timezone

from network_portal.jobs import services as jobs
from webinars import services
from webinars.services import attendance, certificate_files
from webinars.services.slides import remove_lost_files
from webinars.services.youtube import read_youtube

WORKS = {
    "webinars.attendance_read": attendance.read_file,
    "webinars.attendance_apply": attendance.apply_file,
    certificate_files.ZIP: certificate_files.make_zip,
}


@shared_task(name="webinars.run_jobs", ignore_result=True)
def run_jobs() -> None:
    """The long work of this app."""
    jobs.run_due(WORKS)


@shared_task(name="webinars.queue_due_reminders", ignore_result=True)
def queue_due_reminders() -> None:
    """Derive what should exist from the facts; downtime repairs itself."""
    services.queue_due_reminders(now=timezone.now())


@shared_task(name="webinars.sweep_waiting_lists", ignore_result=True)
def sweep_waiting_lists() -> None:
    """Repair whatever promotion was missed."""
    services.sweep_waiting_lists()


@shared_task(name="webinars.delete_old_needs", ignore_result=True)
def delete_old_needs() -> None:
    """Needs are kept for seven days after the webinar."""
    services.delete_old_needs(now=timezone.now())


@shared_task(name="webinars.delete_unused_attendance", ignore_result=True)
def delete_unused_attendance() -> None:
    """Attendance files that nobody used are kept for seven days."""
    attendance.delete_unused(now=timezone.now())


@shared_task(name="webinars.read_youtube", ignore_result=True)
def read_recordings() -> None:
    """Each recording once a day; what was left out by an error or a used-up quota an hour later."""
    read_youtube(now=timezone.now())


@shared_task(name="webinars.remove_lost_slides", ignore_result=True)
def remove_lost_slides() -> None:
    """Files without a row, left by a crash while slides were added."""
    remove_lost_files(now=timezone.now())
