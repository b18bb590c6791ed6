"""Workers killed in the middle of work: another takes it up after the lease, and there is one result."""

import time
import zipfile
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from network_portal.jobs import claims
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.mail.models import OutboxMail
from tests.factories import make_user
from tests.jobs import killing
from tests.jobs.works import WORKS, queue

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "tests.jobs.works.WORKS"
MOMENTS = [
    pytest.param({"at": killing.PROGRESS, "call": 5}, id="while the file is written"),
    pytest.param({"at": killing.FILE_WRITTEN}, id="before the file has its name"),
    pytest.param({"at": killing.FILE_WRITTEN, "after": True}, id="after the file has its name"),
    pytest.param({"at": "network_portal.jobs.emails.queue_finished"}, id="before the row is committed"),
]


def files() -> list:
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_worker_leaves_no_half_result_and_another_ends_the_work(moment):
    person = make_user()
    job = queue("tests.pack", by=person)
    killing.kill_at(works=NAME, **moment)
    job.refresh_from_db()
    assert (job.state, job.file.name, job.attempts) == ("running", "", 1)
    assert not OutboxMail.objects.exists()
    assert len(files()) == 1  # what the dead attempt wrote, named by no row
    assert jobs.run_due(WORKS) == 0  # its lease still runs
    killing.let_lease_end(job)
    assert killing.run(works=NAME) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.message) == ("done", 2, "10")
    assert [str(path) for path in files()] == [job.file.path]
    assert len(zipfile.ZipFile(job.file.path).namelist()) == 10
    assert OutboxMail.objects.get().to == person.email


def test_killed_after_the_row_says_done_nothing_is_done_again():
    """The file of an earlier attempt that was to be deleted then is deleted in the night."""
    job = queue("tests.pack")
    killing.kill_at(killing.PROGRESS, works=NAME, call=2)
    killing.let_lease_end(job)
    killing.kill_at("network_portal.jobs.files.drop_others", works=NAME)
    assert killing.run(works=NAME) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, len(files())) == ("done", 2, 2)
    assert jobs.remove_old_files() == 1
    assert [str(path) for path in files()] == [job.file.path]


def test_the_lease_ends_by_itself():
    job = queue("tests.pack")
    killing.kill_at(killing.PROGRESS, works=NAME, call=3, JOB_LEASE_SECONDS="0.5")
    end = time.monotonic() + 20
    while not jobs.run_due(WORKS) and time.monotonic() < end:
        time.sleep(0.05)
    assert Job.objects.get(pk=job.pk).state == "done"


def test_work_that_kills_its_workers_is_given_up():
    job = queue("tests.pack")
    for _ in range(6):
        killing_attempt(job)
    assert jobs.run_due(WORKS) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 7)
    assert settings.NETWORK_CONTACT_EMAIL in job.error


def killing_attempt(job) -> None:
    """A claim whose worker was never heard of again."""
    assert claims.claim(WORKS, uuid4(), now=timezone.now()) == job
    killing.let_lease_end(job)


def test_negative_control_a_worker_that_does_not_get_there_is_noticed():
    queue("tests.pack")
    with pytest.raises(AssertionError, match="ended before"):
        killing.kill_at(killing.PROGRESS, works=NAME, call=11)
