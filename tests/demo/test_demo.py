"""The demonstration loads once, owes no mail, and shows every state of a webinar."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from grants.models import Call, CallEvent, CallFile, Follow, Question
from grants.services import queue_due_closings
from municipalities.models import Affiliation, MailDomain, Membership, Municipality, Presentation
from network_portal.demo.data.cycle import SLUG
from network_portal.demo.data.cycle_2024 import SLUG as SLUG_2024
from network_portal.demo.data.sign_ins import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, SIGN_INS, STAFF
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.mail.models import OutboxMail
from network_portal.privacy.services import forget_due
from network_portal.reports.models import Report
from network_portal.users.models import User
from webinars import services
from webinars.models import AttendanceFile, Cycle, Registration, Webinar
from webinars.services import attendance
from webinars.stats import cycle_figures, cycle_tables
from webinars.tasks import WORKS

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list]:
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in apps.get_models()}


@pytest.fixture
def demo(db):
    call_command("demo", verbosity=0)


def test_second_run_changes_nothing(demo, capsys):
    before = everything()
    call_command("demo")
    assert everything() == before
    said = capsys.readouterr().out
    assert all(email in said for email, _role in SIGN_INS)


def test_it_is_refused_on_a_real_portal(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert not User.objects.exists()


def test_register_founders_and_accounts(demo):
    assert Municipality.objects.count() == 308
    assert Membership.objects.filter(kind="founder", until=None).count() == 9
    assert not Membership.objects.filter(municipality__name="Coimbra").exists()
    roles = User.objects.filter(email__in=[STAFF, COORDINATOR, ADMINISTRATOR]).order_by("email")
    assert [(u.email, u.is_coordinator, u.is_administrator) for u in roles] == [
        (ADMINISTRATOR, False, True), (COORDINATOR, True, False), (STAFF, False, False),
    ]  # fmt: skip
    assert not User.objects.exclude(email__endswith=".example").exists()


def test_people_of_municipalities_in_every_state(demo):
    counts = Counter(Affiliation.objects.filter(kind="staff").values_list("state", flat=True))
    assert counts == {"confirmed": 7, "asked": 2, "invited": 1}
    odemira = Municipality.objects.get(name="Odemira")
    for email, kind in ((FOCAL_POINT, "focal_point"), (STAFF, "staff")):
        assert odemira.affiliations.get(person__email=email).kind == kind
    assert set(odemira.affiliations.values_list("state", flat=True)) == {"asked", "invited", "confirmed"}
    assert [town.name for town in Municipality.objects.with_requests_nobody_answers()] == ["Bragança"]
    assert list(Municipality.objects.that_lost_their_focal_point()) == []
    assert not Affiliation.objects.filter(asked_at__gt=timezone.now()).exists()
    assert not Presentation.objects.exclude(text__endswith="Texto inventado para a demonstração.").exists()
    assert Presentation.objects.count() == 4
    unchecked = MailDomain.objects.filter(checked_at=None).values_list("domain", flat=True)
    assert {domain.rpartition(".")[2] for domain in unchecked} == {"pt"}


def test_webinars_show_every_state(demo):
    now = timezone.now()
    past, tomorrow, full, *later = Webinar.objects.filter(cycle__slug=SLUG).with_places().order_by("number")
    assert (past.is_past, past.registrations.exclude(checked_in_at=None).count()) == (True, 41)
    assert tomorrow.starts_local.date() == timezone.localdate() + timedelta(days=1)
    assert (tomorrow.starts_local.hour, tomorrow.ends_local.hour) == (10, 13)
    assert 0 < tomorrow.places_left < 50
    assert (full.places_taken, full.places_left, full.people_waiting) == (50, 0, 6)
    assert full.registrations.queue().first().name == "Helena Sarmento"
    assert all(w.starts_at > full.starts_at and w.places_left > 0 for w in later)
    for webinar in [past, tomorrow, full, *later]:
        assert 7 <= webinar.agenda.count() <= 8
        assert webinar.agenda.filter(is_break=True).count() == 1
        assert webinar.axes.count() >= 3
        last = webinar.agenda.order_by("starts_at").last()
        assert webinar.starts_at <= last.starts_at < webinar.ends_at
    assert Registration.objects.filter(created_at__gt=now).count() == 0


def test_figures_are_realistic_and_no_mail_is_owed(demo):
    figures = cycle_figures(Cycle.objects.get(slug=SLUG))
    assert (figures.webinars, figures.participations) == (1, 41)
    assert 18 <= figures.municipalities <= 24
    assert (services.queue_due_reminders(now=timezone.now()), services.sweep_waiting_lists()) == (0, 0)
    assert not OutboxMail.objects.exists()


def test_staff_has_a_place_tomorrow_and_waits_nowhere(demo):
    mine = Registration.objects.filter(person__email=STAFF, webinar__cycle__slug=SLUG)
    assert mine.filter(webinar__number=2).get().status == "confirmed"
    assert not mine.filter(status="waiting").exists()


def test_the_cycle_of_2024_met_its_targets(demo):
    cycle = Cycle.objects.get(slug=SLUG_2024)
    figures = cycle_figures(cycle)
    assert (figures.webinars, figures.participations, figures.recordings) == (5, 255, 5)
    assert figures.municipalities >= cycle.target_municipalities == 25
    assert [w.attendance_closed_at.year for w in cycle.webinars.all()] == [2024] * 5
    assert set(AttendanceFile.objects.values_list("state", flat=True)) == {"applied"}
    assert not AttendanceFile.objects.exclude(content="").exists()
    assert not Job.objects.exists()


def test_no_two_webinars_of_2024_were_answered_alike(demo):
    rows = cycle_tables(Cycle.objects.get(slug=SLUG_2024)).webinars.rows
    assert len({row.satisfaction for row in rows}) == len({row.answers for row in rows}) == 5
    assert all(sum(row.webinar.gender_facts.values_list("count", flat=True)) <= row.attended for row in rows)


def test_who_was_not_reached_can_be_written_to(demo):
    rows = cycle_tables(Cycle.objects.get(slug=SLUG)).not_reached.rows
    assert rows
    assert all(row.membership.contact_email.endswith(".example") for row in rows)


def test_its_report_is_frozen_and_holds(demo, capsys):
    report = Report.objects.get()
    assert report.is_frozen
    call_command("verify_report", str(report.uuid))
    assert "holds" in capsys.readouterr().out


def test_the_demonstration_is_not_forgotten_by_the_night(demo):
    before = everything()
    forget_due(now=timezone.now())
    assert everything() == before


def test_staff_has_certificates_of_2024(demo):
    person = User.objects.get(email=STAFF)
    assert person.certificates.filter(webinar=None).get().webinars == 3
    assert person.attendance.filter(attended=True, webinar__cycle__slug=SLUG_2024).count() == 3


def test_the_example_file_of_the_tour_is_of_the_webinar_that_was_held(demo):
    webinar, by = Webinar.objects.get(slug="brincar-aprender-escolher"), User.objects.get(email=COORDINATOR)
    content = (settings.BASE_DIR / "docs/example-attendance.csv").read_bytes()
    file = attendance.upload(webinar, by=by, name="example.csv", content=content)
    assert jobs.run_due(WORKS) == 1
    counts = Counter(file.lines.values_list("match", flat=True))
    assert counts == {"mail": 43, "name": 1, "none": 3}


def test_calls_of_every_kind_in_every_state(demo):
    calls = {call.title: call for call in Call.objects.all()}
    assert {call.kind for call in calls.values()} == set(Call.Kind)
    assert sorted(call.phase for call in calls.values()) == [
        "cancelled", "closed", "coming", "draft", "open", "open", "resolved", "void",
    ]  # fmt: skip
    for call in calls.values():
        assert "inventado" in call.text
        weights = [criterion.weight for criterion in call.criteria.all()]
        assert call.state == "draft" or sum(weights) == (0 if call.kind == "formula" else 100)


def test_the_open_call_has_its_notice_as_an_accessible_pdf(demo):
    file = CallFile.objects.get()
    assert (file.call.phase, file.is_accessible, file.content.open("rb").read(5)) == ("open", True, b"%PDF-")


def test_the_next_deadline_is_in_nine_days_after_an_extension(demo):
    call = Call.objects.in_phase("open").order_by("closes_at").first()
    assert (call.closes_local.date() - timezone.localdate()).days == 9
    assert call.closes_local.hour == 17
    before, after = (datetime.fromisoformat(m) for m in call.events.get(kind="extended").detail["closes_at"])
    assert (after - before, after) == (timedelta(days=7), call.closes_at)
    assert before > timezone.now()
    assert sorted(bool(question.answer) for question in call.questions.all()) == [False, True]
    assert Follow.objects.get(call=call).person.email == STAFF


def test_what_happened_to_calls_lies_in_the_past_and_in_order(demo):
    now = timezone.now()
    assert not CallEvent.objects.exclude(kind="created").filter(at__gt=now).exists()
    assert not Question.objects.filter(asked_at__gt=now).exists()
    for call in Call.objects.exclude(state="draft"):
        kinds = list(call.events.exclude(kind="created").order_by("at").values_list("kind", flat=True))
        assert kinds[0] == "published"
        assert kinds[-1] == (call.state if call.ended_at else kinds[-1])
        assert call.ended_at is None or call.published_at < call.ended_at


def test_calls_owe_no_mail(demo):
    assert queue_due_closings(now=timezone.now()) == 0
    assert not OutboxMail.objects.exists()
