"""Coordinators make and change a cycle."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from network_portal.audit.models import Entry
from tests.factories import make_coordinator, make_cycle, make_record, make_registration, make_user, make_webinar
from webinars.models import Cycle, ReminderRule, Webinar
from webinars.services import facts

pytestmark = pytest.mark.django_db
NEW = "/webinars/manage/cycles/new/"
CYCLE = {
    "title": "Cidades que cuidam", "summary": "Cinco tardes.", "text": "Primeiro parágrafo.", "language": "pt",
    "funder": "Fundo Exemplo", "grant_reference": "FE-12", "starts_on": "2027-01-10", "ends_on": "2027-12-20",
    "target_webinars": "4", "target_participations": "200", "target_municipalities": "20", "target_recordings": "0",
    "attended_percent": "60", "attended_minutes": "", "certificate_text": "Projeto 12", "evidence_until": "2029-12-31",
    "reminders": ["day", "hour"], "is_published": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def language():
    """Addresses without a language in them, whatever the test before read."""
    with translation.override("pt"):
        yield


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator()
    client.force_login(coordinator)
    return coordinator


def test_a_cycle_is_made_and_everybody_reads_it(client, coordinator):
    response = client.post(NEW, CYCLE)
    cycle = Cycle.objects.get()
    assert response.url == cycle.get_absolute_url() == "/webinars/cycles/cidades-que-cuidam/"
    assert (cycle.starts_on, cycle.target_participations, cycle.target_recordings) == (date(2027, 1, 10), 200, 0)
    assert (cycle.attended_percent, cycle.attended_minutes, cycle.evidence_until) == (60, None, date(2029, 12, 31))
    rules = cycle.reminder_rules.order_by("code").values_list("code", "days_before", "at", "minutes_before")
    assert list(rules) == [("day", 1, time(9), None), ("hour", None, None, 60)]
    entry = Entry.objects.get(action="cycle.created")
    assert (entry.by, entry.about) == (coordinator, f"cycle:{cycle.pk}")
    client.logout()
    page = client.get(cycle.get_absolute_url()).content.decode()
    assert all(text in page for text in ["Cidades que cuidam", "Cinco tardes.", "Primeiro parágrafo.", "Fundo Exemplo"])


def test_a_draft_is_for_coordinators(client, coordinator):
    cycle_page = client.post(NEW, CYCLE | {"is_published": ""}).url
    assert client.get(cycle_page).status_code == 200
    client.logout()
    assert client.get(cycle_page).status_code == 404


@pytest.mark.parametrize(("title", "slugs"), [("New", ["new-2", "new-3"]), ("？？", ["cycle", "cycle-2"])])
def test_the_address_is_free(client, coordinator, title, slugs):
    for _again in slugs:
        client.post(NEW, CYCLE | {"title": title})
    assert sorted(Cycle.objects.values_list("slug", flat=True)) == slugs
    assert client.get(reverse("webinars:cycle_edit", args=[slugs[0]])).status_code == 200


def test_a_change_keeps_the_address_and_a_reminder_its_own_hours(client, coordinator):
    cycle = make_cycle(slug="antes")
    ReminderRule.objects.create(cycle=cycle, code="day", days_before=2, at=time(8))
    ReminderRule.objects.create(cycle=cycle, code="hour", minutes_before=60)
    address = reverse("webinars:cycle_edit", args=["antes"])
    assert client.get(address).content.decode().count(" checked") == 3
    client.post(address, CYCLE | {"reminders": ["day"]})
    cycle.refresh_from_db()
    assert (cycle.title, cycle.slug) == ("Cidades que cuidam", "antes")
    assert [(rule.code, rule.days_before) for rule in cycle.reminder_rules.all()] == [("day", 2)]
    assert {"title", "reminders"} <= set(Entry.objects.get(action="cycle.edited").detail["changed"])
    client.post(address, CYCLE | {"reminders": ["day"]})
    assert Entry.objects.filter(action="cycle.edited").count() == 1  # nothing changed


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": " "}, "Enter the title of the cycle"),
        ({"title": "x" * 201}, "Title must be 200 characters or fewer"),
        ({"summary": "x" * 301}, "Summary must be 300 characters or fewer"),
        ({"text": "x" * 20_001}, "Text must be 20\u00a0000 characters or fewer"),
        ({"text": "\0"}, "The text contains a character that cannot be kept"),
        ({"language": "xx"}, "Choose a language"),
        ({"starts_on": ""}, "Enter a day"),
        ({"ends_on": "2027-02-30"}, "Enter a day that exists"),
        ({"ends_on": "2027-01-09"}, "Last day must be after first day"),
        ({"target_webinars": "-1"}, "Enter a whole number between 0 and 1\u00a0000\u00a0000"),
        ({"target_webinars": "٣"}, "Enter a whole number between 0 and 1\u00a0000\u00a0000"),
        ({"target_webinars": "99999999999999999999"}, "Enter a whole number between 0 and 1\u00a0000\u00a0000"),
        ({"target_webinars": ""}, "Enter a whole number between 0 and 1\u00a0000\u00a0000"),
        ({"reminders": ["week"]}, "Choose reminders of the list"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, coordinator, wrong, message):
    page = client.post("/en" + NEW, CYCLE | wrong).content.decode()
    assert "<title>Error: " in page
    assert message in page
    assert "Fundo Exemplo" in page
    assert not Cycle.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_may(client, method):
    addresses = [NEW, reverse("webinars:cycle_edit", args=[make_cycle(title="Antes").slug])]
    for address in addresses:
        assert getattr(client, method)(address).status_code == 302
    client.force_login(make_user())
    for address in addresses:
        assert getattr(client, method)(address, CYCLE).status_code == 403
    assert Cycle.objects.get().title == "Antes"


def test_no_such_cycle(client, coordinator):
    assert client.get(reverse("webinars:cycle_edit", args=["no-such"])).status_code == 404


def test_administrators_read_and_change_nothing(client):
    registration = make_registration(make_webinar(join_url="https://zoom.example/j/1"), needs="Cadeira de rodas")
    client.force_login(make_user(is_administrator=True))
    for thing in (registration, registration.webinar, registration.webinar.cycle):
        name = f"admin:webinars_{thing._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200
        page = client.get(reverse(f"{name}_change", args=[thing.pk]))
        assert page.status_code == 200
        assert "Cadeira de rodas" not in page.content.decode()
        assert "zoom.example" not in page.content.decode()
        assert client.get(reverse(f"{name}_add")).status_code == 403
        assert client.post(reverse(f"{name}_change", args=[thing.pk]), {"title": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"attended_percent": "0"}, "Enter a whole number between 1 and 100"),
        ({"attended_percent": "101"}, "Enter a whole number between 1 and 100"),
        ({"attended_percent": ""}, "Enter a whole number between 1 and 100"),
        ({"attended_minutes": "0"}, "Enter a whole number of minutes between 1 and 1\u00a0440, or nothing"),
        ({"attended_minutes": "9,5"}, "Enter a whole number of minutes between 1 and 1\u00a0440, or nothing"),
        ({"certificate_text": "x" * 301}, "Sentence on the certificates must be 300 characters or fewer"),
        ({"evidence_until": "2027-12-19"}, "Names are needed at least until the last day of the cycle"),
        ({"evidence_until": "2027-02-30"}, "Enter a day that exists"),
    ],
)
def test_the_rule_of_attendance_is_checked(client, coordinator, wrong, message):
    page = client.post("/en" + NEW, CYCLE | wrong).content.decode()
    assert "<title>Error: " in page
    assert message in page
    assert not Cycle.objects.exists()


def test_a_new_rule_counts_for_what_is_not_closed(client, coordinator):
    cycle = make_cycle(slug="antes")
    over = timezone.now() - timedelta(days=2)
    webinars = [make_webinar(cycle=cycle, starts_at=over, ends_at=over + timedelta(minutes=100)) for _each in range(2)]
    files = [webinar.attendance_files.create(state="applied", applied_at=over, sha256="0", size=1) for webinar in webinars]
    records = [make_record(w, source="file", file=f, minutes=55) for w, f in zip(webinars, files, strict=True)]
    for webinar in webinars:
        facts.settle(webinar)
    closed = webinars[1]
    Webinar.objects.filter(pk=closed.pk).update(attendance_closed_at=timezone.now())
    client.post(reverse("webinars:cycle_edit", args=["antes"]), CYCLE | {"attended_minutes": "60"})
    for record in records:
        record.refresh_from_db()
    assert [record.attended for record in records] == [False, True]
    assert [webinar.attendance_facts.count() for webinar in webinars] == [0, 1]
