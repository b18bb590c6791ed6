"""The tasks of reports: started by beat, they find their work in the database."""

from celery import shared_task
from django.utils import timezone

from network_portal.jobs import services as jobs
from network_portal.reports import digest, monthly, work

WORKS = {work.FILES: work.make_file, work.ROWS: work.make_rows}


@shared_task(name="reports.run_jobs", ignore_result=True)
def run_jobs() -> None:
    """Files that people wait for."""
    jobs.run_due(WORKS)


@shared_task(name="reports.make_monthly_drafts", ignore_result=True)
def make_monthly_drafts() -> None:
    """A draft for the month before, once."""
    monthly.make_drafts(now=timezone.now())


@shared_task(name="reports.queue_digests", ignore_result=True)
def queue_digests() -> None:
    """What needs each coordinator, once a week."""
    digest.queue_digests(now=timezone.now())
