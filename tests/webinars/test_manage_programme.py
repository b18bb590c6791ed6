"""Coordinators edit the programme of a webinar: its agenda, who speaks, its axes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import translation

from network_portal.audit.models import Entry
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_term, make_user, make_webinar
from webinars import services
from webinars.errors import OutsideWebinar
from webinars.models import AgendaItem, Speaker, WebinarAxis
from webinars.services import ProgrammeItem

pytestmark = pytest.mark.django_db
LISBON = ZoneInfo("Europe/Lisbon")


@pytest.fixture(autouse=True)
def language():
    """Addresses without a language in them, whatever the test before read."""
    with translation.override("pt"):
        yield


@pytest.fixture
def webinar():
    """From 10:00 to 13:00 in Lisbon."""
    return make_webinar(starts_at=datetime(2027, 7, 7, 10, tzinfo=LISBON))


@pytest.fixture
def address(webinar):
    return reverse("webinars:agenda", args=[webinar.slug])


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator()
    client.force_login(coordinator)
    return coordinator


def posted(*rows: dict, axes: tuple = (), **fields) -> dict:
    """The form as a browser sends it: both formsets with their rows."""
    data = {"items-TOTAL_FORMS": len(rows), "items-INITIAL_FORMS": 0, "axes-TOTAL_FORMS": 4, "axes-INITIAL_FORMS": 0}
    for prefix, forms in (("items", rows), ("axes", axes)):
        data |= {f"{prefix}-{n}-{name}": value for n, form in enumerate(forms) for name, value in form.items()}
    return data | fields


def test_the_programme_is_written_and_everybody_reads_it(client, webinar, address, coordinator):
    axis = Term.objects.of("axis").first() or make_term("axis")
    rows = (
        {"hour": "10:40", "title": "Quem falta", "note": "Perguntas no fim", "speakers": "Ana Reis; vereadora; Loulé\nRui Sá"},
        {"hour": "9:59", "title": "Apagada", "remove": "on"},
        {"hour": "10:00", "title": "Pausa", "is_break": "on"},
        {},
    )
    response = client.post(address, posted(*rows, axes=({"axis": axis.pk, "sentence": "Quem vive só."},)))
    assert response.url == webinar.get_absolute_url()
    first, second = AgendaItem.objects.filter(webinar=webinar).in_order()
    assert (first.title, first.is_break, first.starts_at) == ("Pausa", True, webinar.starts_at)
    assert second.starts_at == webinar.starts_at + timedelta(minutes=40)
    assert set(second.speakers.values_list("name", "role", "organisation")) == {
        ("Ana Reis", "vereadora", "Loulé"),
        ("Rui Sá", "", ""),
    }
    entry = Entry.objects.get(action="webinar.programme")
    assert (entry.by, entry.about, entry.detail) == (coordinator, webinar.mail_subject, {"items": 2, "axes": 1})
    client.logout()
    page = client.get(webinar.get_absolute_url()).content.decode()
    assert all(text in page for text in ["10:40", "Quem falta", "Perguntas no fim", "vereadora, Loulé", "Quem vive só."])
    assert "Apagada" not in page


def test_saving_again_replaces_and_makes_nobody_twice(client, webinar, address, coordinator):
    row = {"hour": "10:00", "title": "Abertura", "speakers": "Ana Reis; vereadora; Loulé"}
    Speaker.objects.create(name="Ana Reis", role="vereadora", organisation="Faro")
    for _again in range(2):
        client.post(address, posted(row))
    assert AgendaItem.objects.filter(webinar=webinar).count() == 1
    assert Speaker.objects.filter(name="Ana Reis").count() == 2
    page = client.get(address).content.decode()
    assert "Ana Reis; vereadora; Loulé" in page
    assert 'name="items-TOTAL_FORMS" value="3"' in page  # two empty rows follow


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"hour": "09:30", "title": "Cedo"}, "The webinar starts at 10:00. Enter that time or later"),
        ({"hour": "13:01", "title": "Tarde"}, "The webinar ends at 13:00. Enter that time or earlier"),
        ({"hour": "10h40", "title": "Hora"}, "Enter the time as hours and minutes, like 10:40"),
        ({"hour": "25:00", "title": "Hora"}, "Enter the time as hours and minutes, like 10:40"),
        ({"hour": "10:0\0", "title": "Hora"}, "Enter the time as hours and minutes, like 10:40"),
        ({"title": "Sem hora"}, "Enter the time at which it starts"),
        ({"hour": "10:00", "note": "Sem título"}, "Enter what happens at this time"),
        ({"hour": "10:00", "title": "x" * 201}, "Title must be 200 characters or fewer"),
        ({"hour": "10:00", "title": "Nulo\0"}, "The text contains a character that cannot be kept. Type it again"),
        ({"hour": "10:00", "title": "Quem", "speakers": "a; b; c; d"}, "Write “a; b; c; d” as name; role; organisation"),
        ({"hour": "10:00", "title": "Quem", "speakers": "x" * 201}, "must each be 200 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, webinar, address, coordinator, row, message):
    AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at, title="Antes")
    page = client.post("/en" + address, posted({"hour": "10:00", "title": "Escrita à mão"}, row)).content.decode()
    assert "<title>Error: " in page
    assert page.count(message) == 2  # above and at the field
    assert "Escrita à mão" in page
    assert [item.title for item in webinar.agenda.all()] == ["Antes"]


def test_an_axis_needs_its_sentence_and_stands_once(client, webinar, address, coordinator):
    axis = make_term("axis")
    axes = ({"axis": axis.pk}, {"sentence": "Sem eixo"}, {"axis": axis.pk, "sentence": "A"}, {"axis": axis.pk, "sentence": "B"})
    page = client.post("/en" + address, posted(axes=axes)).content.decode()
    for message in ["Write one sentence about this axis", "Choose the axis that this sentence", "This axis is there already"]:
        assert message in page
    assert "Sem eixo" in page
    assert not webinar.axes.exists()


def test_a_retired_axis_stays_where_it_is(client, webinar, address, coordinator):
    axis = Term.objects.create(vocabulary="axis", code="old", labels={"en": "Old"}, is_retired=True)
    WebinarAxis.objects.create(webinar=webinar, axis=axis, sentence="Antes")
    client.post(address, posted(axes=({"axis": axis.pk, "sentence": "Depois"},)))
    assert webinar.axes.get().sentence == "Depois"


def test_a_row_is_added_without_saving_or_judging(client, webinar, address, coordinator):
    rows = ({"hour": "ao meio-dia", "title": "Por acabar", "is_break": "on"}, {})
    page = client.post("/en" + address, posted(*rows, axes=({"sentence": "Meia frase"},), add="row")).content.decode()
    assert 'name="items-TOTAL_FORMS" value="3"' in page
    assert all(text in page for text in ["ao meio-dia", "Por acabar", "Meia frase"])
    assert page.count(" checked") == 1
    assert "There is a problem" not in page
    assert not webinar.agenda.exists()


@pytest.mark.parametrize("data", [{}, {"items-TOTAL_FORMS": "x"}, {"add": "row"}, posted() | {"items-TOTAL_FORMS": "99999"}])
def test_a_form_that_was_tampered_with_changes_nothing(client, webinar, address, coordinator, data):
    AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at, title="Antes")
    assert client.post(address, data).status_code == 200
    assert webinar.agenda.count() == 1


def test_after_midnight_is_the_next_day():
    webinar = make_webinar(starts_at=datetime(2027, 7, 7, 22, 30, tzinfo=LISBON))
    late = ProgrammeItem(datetime(2027, 7, 8, 1, tzinfo=LISBON), "Fim")
    services.save_programme(webinar, by=make_coordinator(), items=[late], axes=[])
    with pytest.raises(OutsideWebinar):
        services.save_programme(webinar, by=None, items=[ProgrammeItem(datetime(2027, 7, 8, 2, tzinfo=LISBON), "x")], axes=[])
    assert [item.title for item in webinar.agenda.all()] == ["Fim"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_may(client, webinar, address, method):
    assert getattr(client, method)(address).status_code == 302
    client.force_login(make_user())
    assert getattr(client, method)(address, posted({"hour": "10:00", "title": "Intruso"})).status_code == 403
    assert not webinar.agenda.exists()


def test_no_such_webinar(client, coordinator):
    assert client.get(reverse("webinars:agenda", args=["no-such"])).status_code == 404
