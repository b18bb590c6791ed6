"""The mail of long work: done, or failed. Template in ``templates/mail/jobs/``."""

from datetime import timedelta

from django.utils import translation

from network_portal.common.links import absolute
from network_portal.jobs.models import Job
from network_portal.mail import outbox

WAIT = timedelta(minutes=2)  # who is watching needs no mail


def queue_finished(job: Job) -> None:
    """To the person who started it, two minutes after the end; nobody is written to about work of the portal itself."""
    if job.created_by is None:
        return
    with translation.override(job.language):
        url = absolute(job.get_absolute_url())
    outbox.queue(
        "jobs/finished",
        to=job.created_by.email,
        language=job.language,
        key=f"job_finished:{job.uuid}",
        category="transactional",
        about=job.mail_subject,
        context={"job": job, "is_done": job.state == Job.State.DONE, "has_file": bool(job.file), "url": url},
        not_before=job.finished_at + WAIT,
    )


def withdraw(job: Job) -> int:
    return outbox.withdraw(about=job.mail_subject)
