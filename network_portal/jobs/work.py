"""Doing one job: outside any transaction, in the person's language, to one of its ends."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network_portal.common.errors import DomainError
from network_portal.common.text import clean_line
from network_portal.jobs import claims, files
from network_portal.jobs.claims import LeaseLost
from network_portal.jobs.models import Job

logger = logging.getLogger(__name__)
ATTEMPTS = 3  # of work that ends in an error that nobody foresaw
DEATHS = 6  # of workers that were killed, after which the work itself is the suspect
EVERY = 1.0  # seconds between two reports of progress that are written


@dataclass(frozen=True)
class Outcome:
    """What came of the work: where to go next, a sentence, a file (name to download, path or bytes), figures for the caller."""

    url: str = ""
    message: str = ""
    file: tuple[str, Path | bytes] | None = None
    result: dict = field(default_factory=dict)


@dataclass
class Progress:
    """How the work reports, and how it learns that another worker has taken over."""

    job: Job
    token: UUID
    written_at: float = float("-inf")

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total`` steps; written at most once a second, and the lease begins anew. Raises LeaseLost."""
        now = time.monotonic()
        if now - self.written_at >= EVERY:
            self.written_at = now
            claims.renew(self.job, self.token, now=timezone.now(), steps_done=min(done, total), steps_total=total)

    def hold(self) -> None:
        """To be called in the work's own transaction: until its end no other worker gets the job. Raises LeaseLost.

        With this a worker that was paused past its lease cannot save what another has saved already.
        """
        claims.renew(self.job, self.token, now=timezone.now())

    def new_file(self) -> Path:
        """Where to write a large file for ``Outcome.file``: if this worker is killed, it is swept away."""
        return files.part(self.job, self.token)


Work = Callable[[Job, Progress], Outcome]


def run(job: Job, work: Work) -> bool:
    """Do a job that was claimed, and save its end; True when it is done. Never raises what the work raises."""
    token = job.lease_token
    try:
        with translation.override(job.language):
            return _attempt(job, token, work)
    except LeaseLost:
        logger.warning("Job %s was taken over by another worker", job)
        files.drop_attempt(job, token)
        return False


def _attempt(job: Job, token: UUID, work: Work) -> bool:
    if job.attempts > DEATHS:
        _give_up(job, token, broken())
        return False
    try:
        outcome = work(job, Progress(job, token))
        change = _outcome_fields(job, token, outcome)
    except LeaseLost:
        raise
    except DomainError as error:
        _give_up(job, token, str(error) or broken())
        return False
    except Exception:  # a border: work of other apps, whatever it raises
        logger.exception("Job %s failed, attempt %s", job, job.attempts)
        _try_again(job, token)
        return False
    claims.finish(job, token, now=timezone.now(), **change)
    files.drop_others(job.uuid, change.get("file", ""))
    return True


def _outcome_fields(job: Job, token: UUID, outcome: Outcome) -> dict:
    fields = {"url": outcome.url, "message": outcome.message, "result": outcome.result}
    if outcome.file is None:
        return fields
    name, content = outcome.file
    return {**fields, "file_name": clean_line(name), "file": files.keep(job, token, name=name, content=content)}


def _try_again(job: Job, token: UUID) -> None:
    if job.attempts >= ATTEMPTS:
        _give_up(job, token, broken())
        return
    claims.give_back(job, token)
    files.drop_attempt(job, token)


def _give_up(job: Job, token: UUID, error: str) -> None:
    claims.fail(job, token, error, now=timezone.now())
    files.drop_others(job.uuid, "")


def broken() -> str:
    return _("Something went wrong on our side. Start it once more; if it fails again, write to %(email)s.") % {
        "email": settings.NETWORK_CONTACT_EMAIL
    }
