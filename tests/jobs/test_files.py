"""Files of jobs: seven days, then gone; what dead attempts left goes with them; names that hurt nobody."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from network_portal.jobs import files, tasks, work
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from tests.jobs.works import WORKS, queue

pytestmark = pytest.mark.django_db
SOON = timedelta(days=7, minutes=-1)
LATE = timedelta(days=7, minutes=1)


@pytest.fixture
def job():
    queue("tests.write")
    assert jobs.run_due(WORKS) == 1
    return Job.objects.get()


def left_over(uuid, name: str = "dead.part") -> Path:
    folder = files.folder(uuid)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"half")
    return path


def test_a_file_is_kept_for_seven_days(job):
    path = Path(job.file.path)
    assert jobs.remove_old_files(job.finished_at + SOON) == 0
    job.refresh_from_db()
    assert (job.file_removed_at, path.exists()) == (None, True)

    now = job.finished_at + LATE
    assert jobs.remove_old_files(now) == 1
    job.refresh_from_db()
    assert (job.file.name, job.file_name, job.file_removed_at) == ("", "Relatório de março.csv", now)
    assert not path.parent.exists()
    assert jobs.remove_old_files(now + LATE) == 0
    job.refresh_from_db()
    assert job.file_removed_at == now


def test_the_task_of_the_night_removes_old_files(job):
    Job.objects.update(finished_at=timezone.now() - LATE)
    tasks.remove_old_files()
    job.refresh_from_db()
    assert job.file_removed_at is not None


def test_what_dead_attempts_left_is_swept_and_what_counts_stays(job):
    failed = queue()
    Job.objects.filter(pk=failed.pk).update(state="failed", finished_at=timezone.now(), error="x")
    dead = [left_over(job.uuid), left_over(failed.uuid), left_over(uuid4())]
    kept = [Path(job.file.path), left_over(queue().uuid), left_over(running().uuid), files.root() / "README"]
    kept[-1].write_text("of somebody else")
    assert jobs.remove_old_files() == 3
    assert [path.exists() for path in dead] == [False] * 3
    assert [path.exists() for path in kept] == [True] * 4
    assert not dead[1].parent.exists()
    assert not dead[2].parent.exists()


def running() -> Job:
    job = queue()
    Job.objects.filter(pk=job.pk).update(state="running", lease_until=timezone.now(), lease_token=uuid4())
    return job


def test_nothing_to_remove_where_no_job_ever_made_a_file():
    assert jobs.remove_old_files() == 0


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.ZIP", ".zip"),
        ("a", ".bin"),
        ("../../etc/passwd", ".bin"),
        ("a.zip/../x", ".bin"),
        ("a.part", ".bin"),
        ("a.ção", ".bin"),
    ],
)
def test_nothing_of_a_name_reaches_the_disk_but_a_plain_ending(name, suffix):
    job, token = queue(), uuid4()
    assert files.keep(job, token, name=name, content=b"x") == f"jobs/{job.uuid}/{token.hex}{suffix}"
    assert [path.name for path in files.folder(job.uuid).iterdir()] == [f"{token.hex}{suffix}"]


def test_a_file_from_elsewhere_is_moved_in(tmp_path):
    made = tmp_path / "made.pdf"
    made.write_bytes(b"%PDF")
    queue("tests.write")
    assert jobs.run_due({"tests.write": lambda job, progress: jobs.Outcome(file=("Relatório.pdf", made))}) == 1
    job = Job.objects.get()
    assert (job.file.read(), made.exists()) == (b"%PDF", False)
    job.file.close()


def test_a_file_that_is_not_there_is_an_error_like_any_other(tmp_path):
    queue("tests.write")
    jobs.run_due({"tests.write": lambda job, progress: jobs.Outcome(file=("x.pdf", tmp_path / "never-written"))})
    job = Job.objects.get()
    assert (job.state, job.attempts, job.file.name) == ("failed", work.ATTEMPTS, "")


def test_two_attempts_never_write_to_one_file():
    job = queue()
    assert files.part(job, uuid4()) != files.part(job, uuid4())
