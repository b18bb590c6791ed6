"""What the portal does by itself: a draft each month, a digest each week."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities import services as towns
from network_portal.mail import subscriptions
from network_portal.mail.models import OutboxMail
from network_portal.reports import digest, monthly, services
from network_portal.reports.models import Report
from network_portal.reports.tasks import make_monthly_drafts, queue_digests
from tests.factories import (
    make_affiliation,
    make_coordinator,
    make_cycle,
    make_municipality,
    make_registration,
    make_user,
    make_webinar,
)
from tests.reports.cycles import END, make_full_cycle
from webinars.models import Recording

pytestmark = pytest.mark.django_db
FIRST = datetime(2024, 7, 1, 5, tzinfo=UTC)  # 06:00 in Lisbon


def mails(template: str):
    return OutboxMail.objects.filter(template=f"reports/{template}").order_by("to", "pk")


# --- the first of the month


def test_the_running_cycle_gets_one_draft_up_to_the_last_day_of_the_month(settings):
    make_full_cycle()
    make_coordinator("ana@example.org", language="pt")
    make_coordinator("bob@example.org", language="en")
    make_coordinator("away@example.org", is_active=False)
    make_user("staff@example.org")
    for _again in range(3):
        monthly.make_drafts(now=FIRST)
    report = Report.objects.get()
    assert (report.cut_off, report.state, report.key, report.created_by) == (date(2024, 6, 30), "draft", report.key, None)
    assert [mail.to for mail in mails("monthly")] == ["ana@example.org", "bob@example.org"]
    ana, bob = mails("monthly")
    assert ana.subject.startswith("Números de junho:")
    for words in ("3 de 5 webinars realizados", "150 de 250 participações", "26 de 25 municípios", "3 de 5 gravações"):
        assert words in ana.text
    assert "150 of 250 participations" in bob.text
    assert f"https://portal.example.org/en/reports/{report.uuid}/" in bob.text


def test_nobody_is_not_counted_in_words():
    make_cycle(starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    make_coordinator("bob@example.org", language="en")
    monthly.make_drafts(now=FIRST)
    (mail,) = mails("monthly")
    assert "0 of 250 participations" in mail.text
    assert "0 different people" not in mail.text + mail.html


def test_the_next_month_gets_its_own():
    make_full_cycle()
    monthly.make_drafts(now=FIRST)
    monthly.make_drafts(now=datetime(2024, 8, 1, 5, tzinfo=UTC))
    assert [report.cut_off for report in Report.objects.order_by("number")] == [date(2024, 6, 30), date(2024, 7, 31)]


@pytest.mark.parametrize(
    ("now", "drafts"),
    [
        (datetime(2024, 2, 1, 6, tzinfo=UTC), 0),  # before the first webinar
        (datetime(2025, 1, 1, 6, tzinfo=UTC), 1),  # December
        (datetime(2025, 2, 1, 6, tzinfo=UTC), 0),  # the cycle is over
    ],
)
def test_months_without_a_running_cycle_or_a_webinar_have_none(now, drafts):
    make_full_cycle()
    assert len(monthly.make_drafts(now=now)) == drafts


def test_a_discarded_draft_takes_its_mail_back():
    make_full_cycle()
    by = make_coordinator()
    monthly.make_drafts(now=FIRST)
    services.discard(Report.objects.get(), by=by)
    assert mails("monthly").get().state == "cancelled"


def test_the_task_finds_its_work():
    make_monthly_drafts()
    assert not Report.objects.exists()


# --- the digest


@pytest.fixture
def ana():
    return make_coordinator("ana@example.org", language="en")


def test_nothing_to_say_no_mail(ana):
    make_cycle(starts_on=date(2023, 1, 1), ends_on=END)
    queue_digests()
    assert not mails("digest").exists()


def things(title: str) -> list[str]:
    parts = {part["title"]: part["things"] for part in digest.gather(now=timezone.now())}
    return [f"{thing['name']} {thing['text']}" for thing in parts.get(title, [])]


@pytest.fixture
def quiet():
    """A cycle whose targets are met, so that only what a test adds is told."""
    return make_cycle(target_webinars=0, target_participations=0, target_municipalities=0, target_recordings=0)


@pytest.fixture
def english():
    from django.utils import translation

    with translation.override("en"):
        yield


def over(cycle, days: int, **fields):
    return make_webinar(cycle=cycle, starts_at=timezone.now() - timedelta(days=days), **fields)


@pytest.mark.usefixtures("english")
def test_attendance_that_is_open_is_told(quiet):
    over(quiet, 2, title="Saúde")
    over(quiet, 2, title="Fechado", attendance_closed_at=timezone.now())
    over(quiet, 2, title="Cancelado", state="cancelled")
    assert ["Saúde" in told for told in things("Attendance still open")] == [True]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (None, "There is no recording yet"),
        ({"state": "captions"}, "Somebody has to check its captions"),
        ({"state": "draft", "captions_checked_at": FIRST}, "The recording is not published yet"),
        ({"state": "published", "captions_checked_at": FIRST, "published_on": date(2024, 7, 1)}, ""),
    ],
)
def test_recordings_are_told_after_a_week(quiet, fields, words):
    old, new = over(quiet, 9, attendance_closed_at=FIRST), over(quiet, 3, attendance_closed_at=FIRST)
    if fields is not None:
        Recording.objects.create(webinar=old, video_id="a" * 11, **fields)
    told = things("Recordings")
    assert [words in sentence for sentence in told] == ([True] if words else [])
    assert not any(new.title in sentence for sentence in told)


@pytest.mark.usefixtures("english")
def test_coming_webinars_without_link_or_people_are_told(quiet):
    make_webinar(cycle=quiet, title="Sem nada", capacity=4)
    make_webinar(cycle=quiet, title="Na sala", capacity=4, mode="on_site", place="Câmara")
    full = make_webinar(cycle=quiet, title="Cheio", capacity=2, join_url="https://zoom.example/1")
    make_registration(full)
    make_webinar(cycle=quiet, title="Longe", capacity=4, starts_at=timezone.now() + timedelta(days=20))
    told = things("Coming webinars")
    assert [("Sem nada" in t, "no meeting link" in t, "0 of 4 places" in t) for t in told] == [
        (True, True, False), (True, False, True), (False, False, True),
    ]  # fmt: skip


@pytest.mark.usefixtures("english")
def test_drafts_and_targets_are_told(quiet):
    over(quiet, 2, attendance_closed_at=FIRST)
    services.create_report(quiet, by=None, cut_off=timezone.localdate() - timedelta(days=1))
    make_cycle(title="Ciclo a meio", target_municipalities=9)
    assert "A draft with the figures" in things("Reports")[0]
    assert "Ciclo a meio" in things("Targets")[0]


def test_requests_that_no_focal_point_answers_and_towns_that_lost_theirs(ana, quiet, english):
    lonely, lost = make_municipality(name="Beja"), make_municipality(name="Évora")
    towns.ask_affiliation(lonely, by=make_user())
    point = make_affiliation(make_user(), lost, kind="focal_point").person
    towns.ask_affiliation(lost, by=make_user())
    assert things("Municipalities") == ["Beja 1 person asks to belong and has no answer."]
    type(point).objects.filter(pk=point.pk).update(is_active=False)
    assert things("Municipalities") == [
        "Beja 1 person asks to belong and has no answer.",
        "Évora 1 person asks to belong and has no answer.",
        "Évora It has no focal point any more.",
    ]


def test_one_mail_a_week_that_can_be_stopped(ana, quiet):
    over(quiet, 2, title="Saúde")
    bob = make_coordinator("bob@example.org", language="pt")
    now = timezone.now()
    for _again in range(2):
        digest.queue_digests(now=now)
    assert mails("digest").count() == 2
    digest.queue_digests(now=now + timedelta(days=7))
    assert mails("digest").filter(to=bob.email).count() == 2
    mail = mails("digest").filter(to=ana.email).first()
    assert (mail.category in subscriptions.OPTIONAL, mail.subject) == (True, "1 thing needs you this week")
    assert "Saúde" in mail.text
    assert mails("digest").filter(to=bob.email).first().subject == "1 assunto precisa de si esta semana"


def test_gathering_costs_the_same_for_one_webinar_as_for_ten(quiet):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            digest.gather(now=timezone.now())
        return len(caught)

    over(quiet, 9)
    make_webinar(cycle=quiet)
    few = queries()
    for _n in range(9):
        over(quiet, 9)
        make_webinar(cycle=quiet)
    assert queries() == few
