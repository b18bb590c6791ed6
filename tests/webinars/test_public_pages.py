"""The pages of webinars that anybody reads."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_cycle, make_registration, make_user, make_webinar
from webinars import services
from webinars.models import AgendaItem, Speaker, WebinarAxis

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinar():
    webinar = make_webinar(title="Saúde </script><script>alert(1)</script>", summary="Quem falta às consultas", place="")
    for n in range(4):
        item = AgendaItem.objects.create(
            webinar=webinar, starts_at=webinar.starts_at + timedelta(minutes=10 * n), title=f"Ponto {n}"
        )
        item.speakers.add(Speaker.objects.create(name=f"Pessoa {n}", role="Vereadora", organisation="Loulé"))
    for axis in Term.objects.of("axis")[:2]:
        WebinarAxis.objects.create(webinar=webinar, axis=axis, sentence="Uma frase.")
    return webinar


def test_a_webinar_costs_four_queries_and_sets_no_cookie(client, webinar, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        response = client.get(webinar.get_absolute_url())
    assert response.status_code == 200
    assert not response.cookies
    assert "Ponto 3" in response.content.decode()


def test_a_webinar_costs_seven_queries_signed_in(client, webinar, django_assert_max_num_queries):
    person = make_user()
    make_registration(webinar, person=person)
    client.force_login(person)
    with django_assert_max_num_queries(7):
        response = client.get(webinar.get_absolute_url())
    assert "Ver a minha inscrição" in response.content.decode()


@pytest.mark.parametrize("page", ["/webinars/", "cycle"])
def test_lists_cost_five_queries_whatever_their_length(client, page, django_assert_max_num_queries):
    cycle = make_cycle()
    for n in range(12):
        make_webinar(cycle=cycle, starts_at=timezone.now() + timedelta(days=n - 5))
    with django_assert_max_num_queries(5):
        response = client.get(cycle.get_absolute_url() if page == "cycle" else page)
    assert response.status_code == 200
    assert not response.cookies


def test_what_a_machine_reads_is_sound_json_whatever_the_title(client, webinar):
    page = client.get(webinar.get_absolute_url()).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    event = json.loads(found[0])
    assert (event["@type"], event["name"]) == ("Event", webinar.title)
    assert event["offers"]["availability"].endswith("InStock")
    assert "<script>alert" not in page


def test_the_meeting_link_is_on_no_public_page(client):
    webinar = make_webinar(join_url="https://zoom.example/j/secret")
    for path in (webinar.get_absolute_url(), f"{webinar.get_absolute_url()}calendar.ics", "/webinars.ics", "/webinars/"):
        assert "zoom.example" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("fields", "button"),
    [
        ({}, "Quero um lugar"),
        ({"capacity": 1}, "Entrar na lista de espera"),
        ({"registration_opens_at": timezone.now() + timedelta(days=1)}, "As inscrições abrem"),
        ({"registration_closes_at": timezone.now() - timedelta(days=1)}, "Inscrições fechadas"),
        ({"starts_at": timezone.now() - timedelta(days=1)}, "já se realizou"),
        ({"state": "cancelled", "cancel_reason": "Greve"}, "Greve"),
    ],
)
def test_the_button_follows_the_state(client, fields, button):
    webinar = make_webinar(**fields)
    make_registration(webinar)
    assert button in client.get(webinar.get_absolute_url()).content.decode()


def test_a_draft_is_there_for_coordinators_only(client):
    webinar = make_webinar(state="draft")
    assert client.get(webinar.get_absolute_url()).status_code == 404
    client.force_login(make_user())
    assert client.get(webinar.get_absolute_url()).status_code == 404
    client.force_login(make_coordinator())
    assert client.get(webinar.get_absolute_url()).status_code == 200


def test_who_coordinates_is_led_to_attendance_from_the_start_on(client):
    client.force_login(make_coordinator())
    begun = make_webinar(starts_at=timezone.now() - timedelta(minutes=5))
    assert f"/manage/{begun.slug}/attendance/" in client.get(begun.get_absolute_url()).content.decode()
    coming = make_webinar()
    assert f"/manage/{coming.slug}/attendance/" not in client.get(coming.get_absolute_url()).content.decode()


@pytest.mark.parametrize("slug", ["0", "-1", "99999999999999999999", "abc", "1;drop", "%00", "x" * 300])
def test_an_address_that_names_nothing_is_a_page_not_found(client, slug):
    for tail in ("", "calendar.ics"):
        assert client.get(f"/webinars/{slug}/{tail}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999", "1" + "0" * 30])
def test_any_page_number_gives_a_page(client, page):
    make_webinar(starts_at=timezone.now() - timedelta(days=1))
    assert client.get("/webinars/", {"page": page}).status_code == 200


def test_filters_narrow_and_unknown_values_narrow_nothing(client):
    health, school = (Term.objects.of("theme").get(code=code) for code in ("health", "education"))
    make_webinar(title="Consulta", theme=health)
    make_webinar(title="Recreio", theme=school)
    found = client.get("/webinars/", {"theme": "health"}).content.decode()
    assert "Consulta" in found
    assert "Recreio" not in found
    for query in ({"theme": "nothing"}, {"format": "opera"}, {"colour": "red"}, {"theme": ["health", "education"]}):
        page = client.get("/webinars/", query).content.decode()
        assert "Recreio" in page
    assert "Limpar" in client.get("/webinars/", {"theme": "gbv"}).content.decode()


def test_the_list_of_webinars_with_places_left(client):
    full = make_webinar(title="Cheio", capacity=1)
    make_registration(full)
    make_webinar(title="Livre")
    make_webinar(title="Encerrado", registration_closes_at=timezone.now() - timedelta(hours=1))
    make_webinar(title="Passado", starts_at=timezone.now() - timedelta(days=1))
    page = client.get("/webinars/", {"places": "on"})
    assert [w.title for w in page.context["coming"]] == ["Livre"]
    assert list(page.context["page_obj"]) == []
    assert len(client.get("/webinars/", {"places": "false"}).context["coming"]) == 3


def test_the_feed_has_every_public_webinar_and_people_of_none(client):
    make_webinar(title="Um; dois, três\nquatro")
    make_webinar(state="cancelled")
    make_webinar(state="draft")
    response = client.get("/webinars.ics")
    calendar = Calendar.from_ical(response.content)
    events = calendar.walk("VEVENT")
    assert [str(e["STATUS"]) for e in events] == ["CONFIRMED", "CANCELLED"]
    assert str(events[0]["SUMMARY"]) == "Um; dois, três\nquatro"
    assert b"ATTENDEE" not in response.content
    assert not response.cookies
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_calendar_that_has_the_feed_is_told_so_until_something_changes(client):
    webinar = make_webinar()
    first = client.get("/webinars.ics")
    assert first.headers["Cache-Control"] == "public, max-age=900"
    again = client.get("/webinars.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    services.edit_webinar(webinar, by=make_coordinator(), title="Outro")
    assert client.get("/webinars.ics", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_one_webinar_as_a_calendar_file(client):
    webinar = make_webinar()
    events = Calendar.from_ical(client.get(f"{webinar.get_absolute_url()}calendar.ics").content).walk("VEVENT")
    assert str(events[0]["URL"]) == f"https://portal.example.org{webinar.get_absolute_url()}"


def test_english_has_its_own_address_and_says_the_language_of_the_text(client, webinar):
    page = client.get(f"/en{webinar.get_absolute_url()}").content.decode()
    assert '<html lang="en"' in page
    assert '<h1 lang="pt">' in page
    assert "I want a place" in page
