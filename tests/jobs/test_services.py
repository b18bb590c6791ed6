"""Queueing, and every end that work can have."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from network_portal.jobs import claims, work
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_user
from tests.jobs.works import WORKS, queue

pytestmark = pytest.mark.django_db


def done(kind="tests.count", **fields) -> Job:
    job = queue(kind, **fields)
    jobs.run_due(WORKS)
    return Job.objects.get(pk=job.pk)


def test_a_job_is_queued_in_the_callers_transaction():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_job_knows_its_person_and_what_to_do():
    person = make_user(language="en")
    job = queue(by=person, title="Two\nlines", parameters={"file": 12}, back_url="/webinars/")
    job.refresh_from_db()
    assert (job.created_by, job.language, job.title, job.parameters) == (person, "en", "Two lines", {"file": 12})
    assert (job.state, job.steps_total, job.back_url) == ("queued", 0, "/webinars/")


@pytest.mark.parametrize(("state", "is_same"), [("queued", True), ("running", True), ("done", True), ("failed", False)])
def test_there_is_one_job_with_a_key_unless_it_failed(state, is_same):
    first = queue(key="zip:7")
    end = {"finished_at": timezone.now()} if state in ("done", "failed") else {}
    lease = {"lease_until": timezone.now(), "lease_token": first.uuid} if state == "running" else {}
    Job.objects.update(state=state, error="x" if state == "failed" else "", **end, **lease)
    assert (queue(key="zip:7") == first) == is_same
    assert queue(key="zip:8") != first
    assert Job.objects.filter(key="zip:7").count() == (1 if is_same else 2)


def test_a_job_whose_file_is_gone_gives_its_key_away():
    first = done("tests.write", key="zip:7")
    jobs.remove_old_files(timezone.now() + timedelta(days=8))
    assert queue(key="zip:7") != first


def test_work_that_is_done():
    job = done(parameters={"to": 4})
    assert (job.state, job.message, job.url, job.result) == ("done", "4 (pt)", "/webinars/", {"counted": 4})
    assert (job.attempts, job.error, job.file.name, job.lease_token) == (1, "", "", None)
    assert job.created_at < job.started_at < job.finished_at
    assert job.steps_done == job.steps_total == 4


def test_work_speaks_the_persons_language():
    assert done(by=make_user(language="en")).message == "3 (en)"


@pytest.mark.parametrize(("kind", "name"), [("tests.write", "Relatório de março.csv"), ("tests.pack", "certificados.zip")])
def test_work_that_makes_a_file(kind, name):
    job = done(kind)
    assert (job.state, job.file_name) == ("done", name)
    assert job.file.name.startswith(f"jobs/{job.uuid}/")
    assert [str(path) for path in settings.MEDIA_ROOT.rglob("*.*")] == [job.file.path]


def test_an_app_does_its_own_kinds_the_oldest_first(monkeypatch):
    theirs, *ours = [queue(kind, parameters={"to": n}) for n, kind in enumerate(["others.count", *["tests.count"] * 3])]
    order = []
    assert jobs.run_due({"tests.count": lambda job, progress: order.append(job) or jobs.Outcome()}) == 3
    assert order == ours
    assert Job.objects.get(state="queued") == theirs


def test_a_broken_rule_fails_with_its_text():
    job = done("tests.refuse")
    assert (job.state, job.attempts, job.error) == ("failed", 1, "The column with the e-mail address is missing.")
    assert list(settings.MEDIA_ROOT.rglob("*.*")) == []


def test_a_rule_without_a_text_fails_with_a_plain_sentence():
    assert settings.NETWORK_CONTACT_EMAIL in done("tests.refuse", parameters={"text": ""}).error


@pytest.mark.parametrize(("falls", "state", "attempts"), [(1, "done", 2), (2, "done", 3), (3, "failed", 3), (9, "failed", 3)])
def test_an_error_nobody_foresaw_is_tried_three_times(falls, state, attempts, caplog):
    job = done("tests.stumble", parameters={"times": falls})
    assert (job.state, job.attempts) == (state, attempts)
    assert (settings.NETWORK_CONTACT_EMAIL in job.error) == (state == "failed")
    assert "nobody foresaw" not in job.error
    assert caplog.text.count("ZeroDivisionError: nobody foresaw this") == min(falls, 3)
    assert list(settings.MEDIA_ROOT.rglob("*.*")) == []


def test_a_failure_does_not_stop_the_others():
    queue("tests.refuse")
    queue()
    assert jobs.run_due(WORKS) == 1


def test_progress_is_written_once_a_second_and_renews_the_lease(monkeypatch):
    clock, seen = [100.0], []
    monkeypatch.setattr(work.time, "monotonic", lambda: clock[0])

    def reported(job, progress):
        for second, steps in [(0, 1), (0.5, 2), (0.6, 3), (0.6, 9)]:
            clock[0] += second
            Job.objects.update(lease_until=timezone.now())
            progress(steps, 8)
            job.refresh_from_db()
            seen.append((job.steps_done, job.lease_until > timezone.now() + timedelta(seconds=50)))
        return jobs.Outcome()

    queue()
    assert jobs.run_due({"tests.count": reported}) == 1
    assert seen == [(1, True), (1, False), (3, True), (3, False)]
    assert list(Job.objects.values_list("steps_done", "steps_total")) == [(8, 8)]


def test_no_other_job_is_begun_when_the_worker_is_asked_to_go(monkeypatch):
    monkeypatch.setattr(jobs, "stopping", threading.Event())

    def last(job, progress):
        jobs.stopping.set()
        return jobs.Outcome()

    queue()
    queue()
    assert jobs.run_due({"tests.count": last}) == 1


def test_a_kind_at_work_in_another_thread_is_left_alone():
    seen = []

    def meanwhile(job, progress):
        seen.append(jobs.run_due(WORKS))
        seen.append(jobs.run_due({"tests.count": WORKS["tests.count"], "tests.write": WORKS["tests.write"]}))
        return jobs.Outcome()

    queue()
    queue()
    queue("tests.write")
    jobs.run_due({"tests.count": meanwhile})
    assert seen[0] + seen[1] == 1  # the file was written, the second count waited for its own turn
    assert not Job.objects.exclude(state="done").exists()


# --- the mail


def test_the_person_is_written_to_two_minutes_after_the_end():
    person = make_user()
    job = done(by=person)
    mail = OutboxMail.objects.get()
    assert (mail.template, mail.to, mail.about) == ("jobs/finished", person.email, f"job:{job.uuid}")
    assert mail.not_before == job.finished_at + timedelta(minutes=2)
    assert f"{settings.SITE_URL}{job.get_absolute_url()}" in mail.text


def test_the_mail_of_a_failure_says_why_in_the_persons_language():
    done("tests.refuse", by=make_user(language="en"))
    mail = OutboxMail.objects.get()
    assert mail.subject == "Failed: Contar presenças"
    assert "The column with the e-mail address is missing." in mail.text
    assert "/en/jobs/" in mail.text


def test_nobody_is_written_to_about_work_of_the_portal_itself():
    done()
    assert not OutboxMail.objects.exists()


def test_who_has_seen_the_end_is_not_written_to():
    person = make_user()
    job = done(by=person)
    jobs.note_seen(job, by=make_coordinator())
    assert OutboxMail.objects.get().state == "queued"
    jobs.note_seen(job, by=person)
    assert OutboxMail.objects.get().state == "cancelled"


def test_work_without_a_steps_total_ends_whole():
    queue()
    jobs.run_due({"tests.count": lambda job, progress: jobs.Outcome()})
    job = Job.objects.get()
    assert (job.steps_done, job.steps_total, job.state) == (0, 0, "done")


def test_a_claim_that_finds_nothing():
    assert claims.claim(["tests.count"], queue("others.count").uuid, now=timezone.now()) is None
