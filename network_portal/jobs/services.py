"""Long work: a page queues it, an app's task does its own kinds, old files go."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Lock
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from network_portal.common.text import clean_line
from network_portal.jobs import claims, emails, files, work
from network_portal.jobs.claims import LeaseLost
from network_portal.jobs.models import Job
from network_portal.jobs.querysets import JobQuerySet
from network_portal.jobs.work import Outcome, Progress, Work
from network_portal.mail.rendering import known_language

__all__ = ["LeaseLost", "Outcome", "Progress", "Work", "note_seen", "queue", "remove_files", "remove_old_files", "run_due"]
DAYS = 7  # that a file is kept
stopping = Event()  # set when the worker is asked to go; heeded between two jobs
_at_work: set[str] = set()
_guard = Lock()


def queue(kind: str, *, by, title: str, parameters: dict | None = None, key: str | None = None, back_url: str = "") -> Job:
    """Save a job in the caller's transaction; the task of the app that ``kind`` belongs to will find it.

    With ``key`` there is one: a job with it that is live, or done with its file still there, is given back instead.
    ``by`` is None for work of the portal itself: nobody is written to.
    """
    job = Job(
        kind=kind,
        title=clean_line(title)[:300],
        language=known_language(by.language if by else ""),
        key=key,
        parameters=parameters or {},
        back_url=back_url,
        created_by=by,
    )
    if key is None:
        job.save(force_insert=True)
        return job
    while True:  # again only if the one in the way failed between the two statements
        Job.objects.bulk_create([job], ignore_conflicts=True)
        if found := Job.objects.keeping_key().filter(key=key).first():
            return found


def run_due(works: Mapping[str, Work]) -> int:
    """Do the due jobs of these kinds, one after the other, until none is left; how many are done.

    While a kind is at work in a thread of this process, another call leaves it alone: long work must not take all the
    threads of a worker from the mails.
    """
    done = 0
    with _alone(set(works)) as kinds:
        while kinds and not stopping.is_set():
            job = claims.claim(kinds, uuid4(), now=timezone.now())
            if job is None:
                break
            done += work.run(job, works[job.kind])
    return done


@contextmanager
def _alone(wanted: set[str]) -> Iterator[set[str]]:
    """Those of the kinds that no other thread has in hand."""
    with _guard:
        free = wanted - _at_work
        _at_work.update(free)
    try:
        yield free
    finally:
        with _guard:
            _at_work.difference_update(free)


def note_seen(job: Job, *, by) -> None:
    """Who has seen the end of the work needs no mail about it."""
    if job.is_over and job.created_by_id == by.pk:
        emails.withdraw(job)


def remove_old_files(now: datetime | None = None) -> int:
    """Delete files of jobs that ended seven days ago, and what dead attempts left; the number of files deleted."""
    now = now or timezone.now()
    old = list(Job.objects.with_file_from_before(now - timedelta(days=DAYS)))
    for job in old:
        # the row first: a page never names a file that is gone
        Job.objects.filter(pk=job.pk).update(file="", file_removed_at=now)
        files.remove(job.uuid)
    return len(old) + files.sweep()


def remove_files(rows: JobQuerySet) -> None:
    """Delete the files of these jobs, whatever their age, once the caller's transaction is done."""
    for job in rows.exclude(file=""):
        Job.objects.filter(pk=job.pk).update(file="", file_removed_at=timezone.now())
        transaction.on_commit(partial(files.remove, job.uuid))


def file_expires_at(job: Job) -> datetime:
    return job.finished_at + timedelta(days=DAYS)
