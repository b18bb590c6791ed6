"""The page on which work is watched, with htmx and without; who sees it is in permissions.yml."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_user
from tests.jobs.works import WORKS, queue

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person():
    return make_user(language="en")


@pytest.fixture
def client(person):
    client = Client()
    client.force_login(person)
    return client


def start(person, kind="tests.count", **fields) -> Job:
    return queue(kind, by=person, back_url="/webinars/manage/", **fields)


def english(job) -> str:
    return f"/en/jobs/{job.uuid}/"


def ended(job) -> Job:
    jobs.run_due(WORKS)
    return Job.objects.get(pk=job.pk)


def under_way(job, done=2, total=5) -> None:
    lease = {"lease_until": timezone.now(), "lease_token": job.uuid}
    Job.objects.filter(pk=job.pk).update(state="running", steps_done=done, steps_total=total, **lease)


def test_work_that_waits(client, person):
    page = client.get(english(start(person))).content.decode()
    assert "Waiting to begin" in page
    assert "Not counted yet" in page
    assert person.email in page


def test_work_under_way_is_asked_for_again_with_htmx_and_without(client, person):
    job = start(person)
    under_way(job)
    page = client.get(english(job)).content.decode()
    assert "<b>2</b> <span>of 5</span>" in page
    assert '<rect class="equal__fact" y="15" width="40.0%"' in page
    assert f'hx-get="{english(job)}" hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "htmx-2.min.js" in page

    part = client.get(english(job), headers=HTMX)
    assert part.status_code == 200
    assert "<b>2</b> <span>of 5</span>" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "no-store" in part["Cache-Control"]
    assert "HX-Request" in part["Vary"]


def test_work_that_is_over_asks_no_more(client, person):
    page = client.get(english(ended(start(person)))).content.decode()
    assert "htmx" not in page
    assert 'http-equiv="refresh"' not in page
    assert '<a class="button" href="/webinars/">' in page


def test_who_watches_is_led_on_and_told_there(client, person):
    job = ended(start(person))
    answer = client.get(english(job), headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"], answer.content) == (200, "/webinars/", b"")
    assert "3 (en)" in client.get("/en/webinars/").content.decode()
    assert OutboxMail.objects.get().state == "cancelled"


def test_who_watches_work_with_a_file_stays_and_is_told_aloud(client, person):
    job = ended(start(person, "tests.pack"))
    answer = client.get(english(job), headers=HTMX)
    part = answer.content.decode()
    assert answer.status_code == 286  # htmx asks no more
    assert f'href="{english(job)}file/"' in part
    assert '<p class="visually-hidden" id="job-end" role="status" hx-swap-oob="innerHTML">The work is done. 10</p>' in part
    assert "<title>Done: Contar presenças" in part


def test_work_that_failed_says_what_happened_and_leads_back(client, person):
    job = ended(start(person, "tests.refuse", parameters={"text": "The column <e-mail> is missing."}))
    page = client.get(english(job)).content.decode()
    assert "The column &lt;e-mail&gt; is missing." in page
    assert '<a class="button button--secondary" href="/webinars/manage/">Back</a>' in page
    part = client.get(english(job), headers=HTMX)
    assert part.status_code == 286
    assert "The work failed. The column" in part.content.decode()


def test_a_page_seen_by_somebody_else_withdraws_no_mail(client, person):
    job = ended(start(person))
    other = Client()
    other.force_login(make_coordinator())
    assert other.get(english(job)).status_code == 200
    assert OutboxMail.objects.get().state == "queued"
    client.get(english(job))
    assert OutboxMail.objects.get().state == "cancelled"


def test_the_page_of_work_under_way_withdraws_nothing(client, person):
    first, second = start(person), start(person)
    under_way(second)
    ended(first)
    client.get(english(second))
    assert OutboxMail.objects.get(about=first.mail_subject).state == "queued"


def test_the_file_is_saved_and_never_shown(client, person):
    job = ended(start(person, "tests.write"))
    answer = client.get(f"{english(job)}file/")
    assert b"".join(answer.streaming_content) == b"a;b\r\n"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Relat%C3%B3rio%20de%20mar%C3%A7o.csv"
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in [part.strip() for part in policy.split(";")]
    assert "default-src 'none'" in policy


def test_after_seven_days_the_page_says_that_the_file_is_gone(client, person):
    job = ended(start(person, "tests.write"))
    jobs.remove_old_files(timezone.now() + timedelta(days=7, minutes=1))
    page = client.get(english(job)).content.decode()
    assert "The file was deleted on" in page
    assert "start the work again" in page
    assert client.get(f"{english(job)}file/").status_code == 404


def test_a_file_that_a_restored_backup_lacks_is_offered_to_nobody(client, person):
    job = ended(start(person, "tests.write"))
    job.file.storage.delete(job.file.name)
    assert "file/" not in client.get(english(job)).content.decode()
    assert client.get(f"{english(job)}file/").status_code == 404


def test_a_coordinator_sees_whose_work_it_is(person):
    job = start(person)
    other = Client()
    other.force_login(make_coordinator(language="en"))
    page = other.get(english(job)).content.decode()
    assert f"by {person.name}" in page
    assert person.email not in page
    Job.objects.filter(pk=job.pk).update(created_by=None)
    assert "by the portal itself" in other.get(english(job)).content.decode()


@pytest.mark.parametrize(("kind", "queries"), [("", 3), ("tests.count", 7), ("tests.write", 7), ("tests.refuse", 7)])
def test_a_page_costs_little(client, person, django_assert_num_queries, kind, queries):
    job = start(person, kind or "tests.count")
    if kind:
        ended(job)
    with django_assert_num_queries(queries):
        client.get(english(job))
