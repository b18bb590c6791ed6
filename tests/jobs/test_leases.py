"""Two workers never have one job, and one that was away too long changes nothing; the controls show why."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from network_portal.jobs import claims, work
from network_portal.jobs import services as jobs
from network_portal.jobs.claims import LeaseLost
from network_portal.jobs.models import Job
from network_portal.jobs.querysets import JobQuerySet
from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from tests.concurrency.threads import at_once
from tests.factories import make_user
from tests.jobs import killing
from tests.jobs.works import WORKS, queue

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def claimed() -> Job:
    return claims.claim(WORKS, uuid4(), now=timezone.now())


def claim_all(claim) -> list[int]:
    """The primary keys that ``THREADS`` workers got, each claiming until nothing is left."""

    def until_none(_):
        got = []
        while len(got) < 100 and (job := claim()) is not None:
            got.append(job.pk)
        return got

    results, errors = at_once(until_none, range(THREADS), in_flight=THREADS)
    assert errors == []
    return [pk for got in results for pk in got]


def test_eight_workers_share_forty_jobs_without_a_double():
    ids = [queue().pk for _ in range(40)]
    assert sorted(claim_all(claimed)) == ids
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


def test_an_abandoned_job_goes_to_one_worker_only():
    job = queue()
    claimed()
    killing.let_lease_end(job)
    assert claim_all(claimed) == [job.pk]
    job.refresh_from_db()
    assert job.attempts == 2


def test_one_key_asked_for_in_many_threads_gives_one_job():
    results, errors = at_once(lambda _: queue(key="zip:1").pk, range(THREADS), in_flight=THREADS)
    assert errors == []
    assert len(set(results)) == Job.objects.count() == 1


def test_negative_control_without_the_lock_two_workers_get_one_job(monkeypatch):
    """PostgreSQL: without the row lock. SQLite: without the transaction, which there is the lock."""
    queue()
    meeting, first = threading.Barrier(2), JobQuerySet.first

    def look_then_wait(rows):
        job = first(rows)
        meeting.wait(timeout=10)
        return job

    monkeypatch.setattr(JobQuerySet, "first", look_then_wait)
    monkeypatch.setattr(JobQuerySet, "select_for_update", lambda rows, **options: rows)
    unlocked = claims.claim if connection.vendor == "postgresql" else claims.claim.__wrapped__
    results, errors = at_once(lambda _: unlocked(WORKS, uuid4(), now=timezone.now()).pk, range(2), in_flight=2)
    assert errors == []
    assert len(results) == 2
    assert results[0] == results[1]


# --- a worker that was paused past its lease


@pytest.fixture
def paused():
    """A job that a paused worker believes to have, and that another has meanwhile; with the token of the first."""
    queue("tests.write", by=make_user())
    job = claimed()
    killing.let_lease_end(job)
    taken = claimed()
    assert (job.pk, taken.attempts) == (taken.pk, 2)
    return job


def as_it_is(job) -> dict:
    return Job.objects.filter(pk=job.pk).values().get()


def test_progress_of_a_paused_worker_raises(paused):
    before = as_it_is(paused)
    progress = work.Progress(paused, paused.lease_token)
    for report in (lambda: progress(1, 2), progress.hold):
        with pytest.raises(LeaseLost):
            report()
    assert as_it_is(paused) == before


@pytest.mark.parametrize("kind", ["tests.count", "tests.write", "tests.refuse", "tests.stumble"])
def test_a_paused_worker_changes_nothing_whatever_its_work_does(paused, kind):
    before = as_it_is(paused)
    paused.parameters = {"times": 9}
    assert work.run(paused, WORKS[kind]) is False
    assert as_it_is(paused) == before
    assert not OutboxMail.objects.exists()
    assert list(settings.MEDIA_ROOT.rglob("*.*")) == []


def test_a_worker_that_comes_back_after_the_end_leaves_the_others_file_alone(paused):
    other = Job.objects.get(pk=paused.pk)
    assert work.run(other, WORKS["tests.write"]) is True
    before = as_it_is(paused)
    assert work.run(paused, WORKS["tests.write"]) is False
    assert as_it_is(paused) == before
    assert [str(path) for path in settings.MEDIA_ROOT.rglob("*.*")] == [Job.objects.get().file.path]
    assert OutboxMail.objects.count() == 1


def test_work_that_holds_its_job_undoes_what_a_paused_worker_wrote(paused):
    @transaction.atomic
    def apply(job):
        make_user("written@cm-x.example")
        work.Progress(job, job.lease_token).hold()

    with pytest.raises(LeaseLost):
        apply(paused)
    assert not User.objects.filter(email="written@cm-x.example").exists()


def test_nobody_gets_a_job_that_is_held_even_when_its_lease_ends():
    """The holder's transaction is the lock: of the row on PostgreSQL, of the whole file on SQLite."""
    queue()
    job, held, ended = claimed(), threading.Event(), threading.Event()

    def hold(_):
        with transaction.atomic():
            work.Progress(job, job.lease_token).hold()
            Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
            held.set()
            ended.wait(timeout=0.5 if connection.vendor == "sqlite" else 10)  # there the other waits for this one
            claims.finish(job, job.lease_token, now=timezone.now())

    def take(_):
        held.wait(timeout=10)
        got = claimed()
        ended.set()
        return got

    results, errors = at_once(lambda deed: deed(None), [hold, take], in_flight=2)
    assert (results, errors) == ([None, None], [])


def test_a_late_worker_that_nobody_replaced_ends_its_work():
    queue()
    job = claimed()
    killing.let_lease_end(job)
    assert work.run(job, WORKS["tests.count"]) is True


# --- what the database itself refuses

LEASE = {"lease_until": timezone.now(), "lease_token": uuid4()}
BAD = [
    ({"state": "running"}, "job_leased_while_running"),
    (LEASE, "job_leased_while_running"),
    ({"state": "done"}, "job_finished_has_a_time"),
    ({"finished_at": timezone.now()}, "job_finished_has_a_time"),
    ({"state": "failed", "finished_at": timezone.now()}, "job_failed_says_why"),
    ({"error": "Why?"}, "job_failed_says_why"),
    ({"file": "jobs/x.zip", "file_name": "x.zip"}, "job_file_only_when_done"),
    ({"file_removed_at": timezone.now()}, "job_removed_file_is_gone"),
    ({"steps_done": 2, "steps_total": 1}, "job_steps_within_total"),
]


@pytest.mark.parametrize(("change", "constraint"), BAD)
def test_the_database_refuses_a_state_that_makes_no_sense(change, constraint):
    job = queue()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**change)


def test_the_database_refuses_a_second_live_job_with_a_key():
    queue(key="zip:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="tests.count", title="x", language="pt", key="zip:1")


def test_two_processes_of_a_worker_share_the_work():
    ids = {queue(parameters={"to": 2}).pk for _ in range(20)}
    workers = [killing.start(works="tests.jobs.works.WORKS", variables={}) for _ in range(2)]
    counts = [int(worker.communicate(timeout=killing.DEADLINE)[0]) for worker in workers]
    assert sum(counts) == len(ids)
    assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}
    assert jobs.run_due(WORKS) == 0
