"""Kill a worker (``kill -9``) in the middle of a job, and let another take it up. For every piece that has long work.

    from tests.jobs import killing

    def test_killed_between_two_rows(transactional_db):      # real transactions: the worker is another process
        job = services.start_import(file, by=person)
        killing.kill_at("webinars.services.attendance.save_rows", call=2, works="webinars.tasks.WORKS")
        assert Attendance.objects.count() == 0                # nothing half-done
        killing.let_lease_end(job)
        assert killing.run(works="webinars.tasks.WORKS") == 1  # another worker, in a process of its own
        …                                                     # the same as without the kill

``works`` names the mapping that the app's task gives to ``jobs.run_due`` (or a function without arguments that returns it).
``at`` names any function or method by its dotted path, where the work looks it up (a module's own name, or ``Class.method``);
``PROGRESS`` fits all work that reports progress. The process works on the test's database and MEDIA_ROOT with the portal's
own settings; other settings that a test changed reach it only as variables of the environment (``environment``).
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from network_portal.jobs.models import Job
from tests.processes import environment

ROOT = Path(__file__).resolve().parents[2]
PROGRESS = "network_portal.jobs.work.Progress.__call__"
FILE_WRITTEN = "network_portal.jobs.files.keep"  # with after=True: the file is there, the row does not say so yet
DEADLINE = 60  # seconds


def kill_at(at: str, *, works: str, call: int = 1, after: bool = False, **variables: str) -> None:
    """Start a worker, wait until it makes the ``call``-th call of ``at`` (or returns from it), and kill it there.

    Fails when the worker ends without getting there.
    """
    with tempfile.TemporaryDirectory() as folder:
        hook = Path(folder) / "here"
        worker = start(works=works, at=at, call=call, after=after, hook=str(hook), variables=variables)
        try:
            _wait_for(hook, worker)
        finally:
            worker.kill()
            errors = worker.communicate()[1]
    assert worker.returncode == -9, f"The worker ended before {at} was called:\n{errors}"


def run(*, works: str, **variables: str) -> int:
    """Let a worker do what is due, to its end; what ``jobs.run_due`` gave."""
    worker = start(works=works, variables=variables)
    printed, errors = worker.communicate(timeout=DEADLINE)
    assert worker.returncode == 0, errors
    return int(printed.splitlines()[-1])


def let_lease_end(job: Job) -> None:
    """As if JOB_LEASE_SECONDS had passed since the worker was last heard of."""
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
    assert running.update(lease_until=timezone.now() - timedelta(seconds=1)) == 1


def start(*, variables: dict[str, str], **order) -> subprocess.Popen:
    """The worker's process; see ``tests.jobs.worker`` for what ``order`` may hold."""
    command = [sys.executable, "-m", "tests.jobs.worker", json.dumps({"media": str(settings.MEDIA_ROOT), **order})]
    env = environment(**variables)
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _wait_for(hook: Path, worker: subprocess.Popen) -> None:
    end = time.monotonic() + DEADLINE
    while not hook.exists() and worker.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
