"""Every change of a job's state: conditional updates whose row counts are checked."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from network_portal.jobs import emails
from network_portal.jobs.models import Job

State = Job.State
FREE = {"lease_until": None, "lease_token": None}


class LeaseLost(Exception):
    """This worker was away longer than its lease; another has the job now."""


def lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


@transaction.atomic
def claim(kinds: Collection[str], token: UUID, *, now: datetime) -> Job | None:
    """The oldest due job of these kinds, kept from other workers until the lease ends.

    SQLite has one writer at a time (transactions are IMMEDIATE); PostgreSQL's workers skip each other's rows.
    """
    due = Job.objects.due(now).filter(kind__in=kinds)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    job = due.first()
    if job is None:
        return None
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING,
        attempts=F("attempts") + 1,
        started_at=Coalesce("started_at", Value(now)),
        lease_until=lease_end(now),
        lease_token=token,
    )
    return Job.objects.select_related("created_by").get(pk=job.pk)


def renew(job: Job, token: UUID, *, now: datetime, **steps: int) -> None:
    """Still at work, and how far; raises LeaseLost."""
    _change(job, token, lease_until=lease_end(now), **steps)


@transaction.atomic
def finish(job: Job, token: UUID, *, now: datetime, **outcome) -> None:
    """Done, with what came of it, and the mail that says so; raises LeaseLost."""
    _change(job, token, state=State.DONE, finished_at=now, steps_done=F("steps_total"), **outcome, **FREE)
    emails.queue_finished(Job.objects.select_related("created_by").get(pk=job.pk))


@transaction.atomic
def fail(job: Job, token: UUID, error: str, *, now: datetime) -> None:
    """Given up, with the reason for the person, and the mail that says so; raises LeaseLost."""
    _change(job, token, state=State.FAILED, finished_at=now, error=error, **FREE)
    emails.queue_finished(Job.objects.select_related("created_by").get(pk=job.pk))


def give_back(job: Job, token: UUID) -> None:
    """To be tried again by whoever comes first; raises LeaseLost."""
    _change(job, token, state=State.QUEUED, **FREE)


def _change(job: Job, token: UUID, **change) -> None:
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, lease_token=token)
    if mine.update(**change) != 1:
        raise LeaseLost
