"""Names go, figures stay: to the digit."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from grants import services as calls
from grants.models import Follow
from municipalities import services as municipalities
from municipalities.models import Membership
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.mail import outbox
from network_portal.mail.models import OutboxMail
from network_portal.privacy import services
from network_portal.reports import building
from network_portal.reports import services as reports
from network_portal.reports.content import canonical, digest
from network_portal.reports.verification import differences
from network_portal.users.errors import LastAdministrator
from network_portal.users.models import User
from tests.factories import make_coordinator, make_cycle, make_municipality, make_registration, make_term, make_user, make_webinar
from tests.grants.calls import PARTS, fields_of_call, make_call
from tests.webinars import certifying
from webinars.models import AttendanceRecord, Cycle, PersonFact, Registration
from webinars.services import certificate_files, facts, forgetting
from webinars.services.registration import register
from webinars.stats import cycle_figures
from webinars.tasks import WORKS

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def held(db):
    """Five webinars of fifty participations each, by 80 people of 27 municipalities; every figure above its neighbour."""
    cycle = make_cycle(title="Held", starts_on=NOW.date() - timedelta(days=200))
    towns = [make_municipality(name=f"Vila {n}") for n in range(27)]
    people = [make_user(f"pessoa{n}@cm-{n}.example", name=f"Nome{n:02} Apelido{n:02}") for n in range(80)]
    for number in range(5):
        start = NOW - timedelta(days=150 - 20 * number)
        webinar = make_webinar(cycle=cycle, starts_at=start, capacity=60)
        for n in range(50):
            person = (number * 13 + n) % 80
            make_registration(
                webinar, person=people[person], municipality=towns[person % 27], checked_in_at=start, needs="Língua gestual"
            )
        facts.settle(webinar)
    return cycle


def figures(cycle: Cycle):
    counted = cycle_figures(Cycle.objects.get(pk=cycle.pk))
    return (counted.webinars, counted.participations, counted.people, counted.municipalities, counted.recordings)


def everything() -> str:
    """Every row of every table, as text."""
    return "\n".join(str(row) for model in apps.get_models() for row in model.objects.values_list())


def test_anonymise_everybody_and_erase_ten_and_every_figure_is_the_same(held):
    before = figures(held)
    assert before == (5, 250, 80, 27, 0)
    erased = list(User.objects.filter(email__startswith="pessoa")[:10])
    for person in erased:
        services.erase(person)
    forgetting.forget_due(now=NOW + timedelta(days=900))
    assert figures(held) == before
    for webinar in held.webinars.all():
        facts.settle(webinar)  # derived anew from what is left, they are the same again
    assert figures(held) == before
    assert not Registration.objects.exclude(name="", person=None).exists()
    assert not AttendanceRecord.objects.exclude(name="", person=None).exists()


def test_a_frozen_report_says_the_same_after_everybody_is_forgotten(held):
    Cycle.objects.filter(pk=held.pk).update(ends_on=NOW.date(), evidence_until=NOW.date() - timedelta(days=1))
    report = reports.create_report(held, by=make_coordinator(), cut_off=NOW.date())
    frozen = reports.freeze(report, by=make_coordinator(), checked=digest(canonical(building.build(report))))
    before = frozen.content
    for person in User.objects.filter(email__startswith="pessoa")[:10]:
        services.erase(person)
    assert forgetting.forget_due(now=NOW) > 0
    frozen.refresh_from_db()
    assert frozen.content == before
    assert differences(frozen) == []


def test_nothing_of_an_erased_person_is_left_anywhere(held, client):
    person = User.objects.get(email="pessoa7@cm-7.example")
    client.force_login(person)
    other = Client()
    other.force_login(User.objects.get(email="pessoa8@cm-8.example"))
    coming = make_webinar(starts_at=NOW + timedelta(days=9))
    place = {"name": person.name, "role": Registration.objects.first().role, "municipality": make_municipality()}
    register(coming, person=person, by=person, needs="Rampa", **place)
    Membership.objects.create(
        municipality=make_municipality(), kind="member", since=NOW.date(), contact_name=person.name, contact_email=person.email
    )
    Follow.objects.create(person=person, theme=make_term("theme"))
    assert person.email in everything()
    services.erase(person, by=make_coordinator())
    left = everything()
    for trace in ["pessoa7@cm-7.example", "Nome07 Apelido07", "Apelido07", "Rampa"]:
        assert trace not in left
    assert "Nome08 Apelido08" in left
    assert Session.objects.count() == 1
    assert client.get("/en/my-page/").status_code in (302, 404)
    assert not OutboxMail.objects.filter(state="queued").exists()
    assert not coming.registrations.live().exists()
    assert not Follow.objects.exists()


def test_pages_of_calls_and_towns_do_not_name_an_erased_person_as_contact(client, db):
    by, town = make_coordinator(), make_municipality()
    ana = make_user("ana@cm-x.example", name="Ana Única")
    contact = {"contact_name": ana.name, "contact_email": "Ana@cm-x.example"}
    now, before = (make_call(by=by, **contact) for _ in range(2))
    other = {"contact_name": "Serviço", "contact_email": "apoios@cm-x.example"}
    calls.correct(before, by=by, notice="Outro contacto.", parts=PARTS, **fields_of_call(**other))
    municipalities.save_presentation(
        town, by=by, seen="", language="pt", text="", service="", website="", email="ana@cm-x.example"
    )
    pages = [thing.get_absolute_url() for thing in (now, before, town)]
    named = ["ana@cm-x.example" in client.get(page).text.casefold() for page in pages]
    services.erase(ana)
    assert named == [True, True, True]
    for page in pages:
        text = client.get(page).text
        assert "ana@cm-x.example" not in text.casefold()
        assert "Ana Única" not in text
    assert "apoios@cm-x.example" in client.get(pages[1]).text
    assert "Única" not in everything()


def test_files_with_the_name_of_an_erased_person_are_gone(db, django_capture_on_commit_callbacks):
    """A ZIP of certificates that holds the person's; another webinar's stays."""
    ana, by = make_user(name="Ana Sá"), make_coordinator()
    archives = []
    for person in (ana, make_user(name="Rui Luz")):
        webinar = certifying.held()
        certifying.issued(webinar, person)
        archives.append(certificate_files.ask_for_zip(webinar, by=by, back_url="/"))
    jobs.run_due(WORKS)
    paths = [Path(Job.objects.get(pk=job.pk).file.path) for job in archives]
    assert [path.is_file() for path in paths] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        services.erase(ana)
    assert [path.is_file() for path in paths] == [False, True]
    assert [bool(Job.objects.get(pk=job.pk).file) for job in archives] == [False, True]


def test_who_waits_has_the_place_of_an_erased_person(db):
    coming = make_webinar(starts_at=NOW + timedelta(days=9), capacity=1)
    leaving, waiting = make_user(), make_user()
    make_registration(coming, person=leaving)
    make_registration(coming, person=waiting, status="waiting")
    services.erase(leaving)
    assert coming.registrations.get(person=waiting).status == "confirmed"


def test_the_last_administrator_stays(db):
    person = make_user(is_administrator=True)
    with pytest.raises(LastAdministrator):
        services.erase(person)
    assert User.objects.get(pk=person.pk).email == person.email


def test_people_added_without_an_account_count_once_after_their_name_is_gone(db):
    cycle, town = make_cycle(evidence_until=NOW.date() - timedelta(days=1)), make_municipality()
    role = Registration._meta.get_field("role").related_model.objects.of("role").first()
    for days in (60, 40):
        webinar = make_webinar(cycle=cycle, starts_at=NOW - timedelta(days=days))
        AttendanceRecord.objects.create(
            webinar=webinar, name="Célia Rosmaninho", municipality=town, role=role, source="by_hand", reason="Na lista da Célia"
        )
        facts.settle(webinar)
    assert figures(cycle)[1:4] == (2, 1, 1)
    forgetting.forget_due(now=NOW)
    assert "Célia" not in everything()
    for webinar in cycle.webinars.all():
        facts.settle(webinar)
    assert figures(cycle)[1:4] == (2, 1, 1)


@pytest.mark.parametrize(
    ("status", "days", "evidence_days", "goes"),
    [
        ("confirmed", 729, None, False),
        ("confirmed", 732, None, True),
        ("confirmed", 800, 10, False),  # the funder's audit is not over
        ("confirmed", 20, -1, True),  # it is
        ("waiting", 182, None, False),
        ("waiting", 185, None, True),
        ("cancelled", 185, None, True),
    ],
)
def test_names_go_when_their_time_is_over(db, status, days, evidence_days, goes):
    until = None if evidence_days is None else NOW.date() + timedelta(days=evidence_days)
    webinar = make_webinar(cycle=make_cycle(evidence_until=until), starts_at=NOW - timedelta(days=days, hours=3))
    row = make_registration(webinar, status=status)
    assert forgetting.forget_due(now=NOW) == int(goes)
    row.refresh_from_db()
    assert (row.name == "") is goes
    assert forgetting.forget_due(now=NOW) == 0


def test_the_key_of_a_cycle_goes_when_its_audit_is_over(held):
    Cycle.objects.filter(pk=held.pk).update(ends_on=NOW.date() - timedelta(days=9), evidence_until=NOW.date() - timedelta(days=1))
    before = figures(held)
    services.forget_due(now=NOW)
    assert Cycle.objects.get(pk=held.pk).pseudonym_key == ""
    assert figures(held) == before
    assert PersonFact.objects.count() == 250


def test_negative_control_the_key_of_a_running_cycle_stays(held):
    services.forget_due(now=NOW)
    assert len(Cycle.objects.get(pk=held.pk).pseudonym_key) == 64


def test_the_command_says_first_and_does_it_when_told(db, capsys):
    person = make_user("ana@cm-x.example")
    make_registration(make_webinar(), person=person)
    call_command("erase_person", "ANA@cm-x.example")
    assert "1 registrations" in capsys.readouterr().out
    assert User.objects.filter(email="ana@cm-x.example").exists()
    call_command("erase_person", "ana@cm-x.example", "--yes")
    assert not User.objects.filter(email="ana@cm-x.example").exists()
    with pytest.raises(CommandError, match="No account"):
        call_command("erase_person", "ana@cm-x.example")


def test_mails_to_a_forgotten_address_lose_address_and_words(db):
    person = make_user("rui@cm-x.example", name="Rui Fontes")
    outbox.queue(
        "users/email_changed", to=person.email, language="pt", key="k", category="security", about="", context={"person": person}
    )
    services.erase(person)
    mail = OutboxMail.objects.get()
    assert (mail.state, mail.to, mail.text, mail.html) == ("cancelled", "erased@erased.invalid", "", "")
