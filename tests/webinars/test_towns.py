"""A focal point sees who of the own municipality is registered and came, and its figures with small numbers withheld."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from tests import factories
from tests.webinars.registering import text_of
from webinars.models import AttendanceRecord, Registration, Webinar
from webinars.services import facts
from webinars.stats.towns import town_tables

pytestmark = pytest.mark.django_db
PAGE = "/en/webinars/cycles/ciclo/towns/odemira/"


@pytest.fixture
def odemira():
    return factories.make_municipality(name="Odemira", slug="odemira")


@pytest.fixture
def focal_point(client, odemira):
    person = factories.make_user("filipa@cm-odemira.example", name="Filipa Pinto", language="en")
    factories.make_affiliation(person, odemira, kind="focal_point")
    client.force_login(person)
    return person


@pytest.fixture
def cycle():
    return factories.make_cycle(slug="ciclo", title="Ciclo")


def hold(cycle, number: int, town, people: int, *, others: int = 9) -> Webinar:
    """So many people of ``town`` came, and ``others`` of another one; attendance is closed."""
    webinar = factories.make_webinar(cycle=cycle, number=number, starts_at=timezone.now() - timedelta(days=30 - number))
    for n in range(people):
        factories.make_registration(webinar, municipality=town, checked_in_at=webinar.starts_at, name=f"Odemira {number}{n}")
    for _ in range(others):
        factories.make_registration(webinar, checked_in_at=webinar.starts_at, name="Alguém de Beja")
    facts.settle(webinar)
    Webinar.objects.filter(pk=webinar.pk).update(attendance_closed_at=timezone.now())
    return webinar


def test_a_focal_point_sees_the_people_of_the_own_municipality_alone(client, focal_point, cycle, odemira):
    held = hold(cycle, 1, odemira, 2)
    factories.make_registration(held, municipality=odemira, name="Ausente Silva")
    coming = factories.make_webinar(cycle=cycle, number=2, capacity=1)
    place = factories.make_registration(coming, municipality=odemira, name="Rita Luz", needs="Rampa")
    factories.make_registration(coming, municipality=odemira, name="Rui Sal", status="waiting")
    factories.make_registration(coming, municipality=odemira, name="Zé Foi", status="cancelled")
    factories.make_registration(coming, name="Outra Terra")
    response = client.get(PAGE)
    page = text_of(response)
    assert [webinar.number for webinar in response.context["webinars"]] == [2, 1]
    for words in ("Odemira 10", "Odemira 11", "Ausente Silva", "did not attend", "Rita Luz", "has a place", place.person.email,
                  "Rui Sal", "waiting, number 1"):  # fmt: skip
        assert words in page
    for words in ("Beja", "Outra Terra", "Zé Foi", "Rampa"):
        assert words not in page
    assert "no-store" in response["Cache-Control"]


def test_who_was_added_by_hand_is_there_and_who_was_forgotten_is_not(client, focal_point, cycle, odemira):
    held = hold(cycle, 1, odemira, 1)
    about = {"municipality": odemira, "role": factories.make_term("role"), "source": "together", "reason": "R", "attended": True}
    AttendanceRecord.objects.create(webinar=held, name="Sala Cheia", **about)
    AttendanceRecord.objects.create(webinar=held, name="", pseudonym="f" * 64, **about)
    Registration.objects.filter(municipality=odemira).update(name="", person=None, anonymised_at=timezone.now())
    assert [row.name for row in client.get(PAGE).context["webinars"][0].people] == ["Sala Cheia"]


def test_small_numbers_are_withheld_from_focal_points_and_not_from_coordinators(cycle, odemira):
    for number, people in enumerate([9, 6, 2], start=1):
        hold(cycle, number, odemira, people)
    exact, shown = (town_tables(cycle, odemira, exact=exact) for exact in (True, False))
    assert (exact.participations, [n for _w, n in exact.webinars.rows], exact.is_whole) == (17, [9, 6, 2], True)
    assert (shown.participations, [n for _w, n in shown.webinars.rows], shown.is_whole) == (17, [9, None, None], False)


def test_fewer_than_5_are_said_as_such_on_the_page_and_in_the_files(client, focal_point, cycle, odemira):
    hold(cycle, 1, odemira, 3)
    page = client.get(PAGE).text
    assert '<b class="num">&lt;5</b>' in page
    assert "Numbers below 5" in page
    assert ">3</td>" not in page
    rows = list(csv.reader(io.StringIO(client.get(f"{PAGE}figures.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert [row[3] for row in rows if row[2] in ("Reached", "Participations", "Number")] == ["<5"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}figures.xlsx").content))
    assert [row[1] for row in book["Figures"].iter_rows(min_row=4, values_only=True)] == ["<5"]
    client.force_login(factories.make_coordinator(language="en"))
    assert '<b class="num">3</b>' in client.get(PAGE).text


def test_the_same_data_give_the_same_files(client, focal_point, cycle, odemira):
    hold(cycle, 1, odemira, 7)
    for kind in ("csv", "xlsx"):
        assert client.get(f"{PAGE}figures.{kind}").content == client.get(f"{PAGE}figures.{kind}").content


def test_nobody_is_registered(client, focal_point, cycle):
    page = text_of(client.get(PAGE))
    assert "Nobody of this municipality is registered" in page
    assert '<b class="num">0</b> participations' in page


@pytest.mark.parametrize("change", [{"kind": "staff"}, {"state": "ended", "ended_at": timezone.now()}])
def test_who_is_no_focal_point_any_more_sees_nothing(client, focal_point, cycle, change):
    assert client.get(PAGE).status_code == 200
    focal_point.affiliations.update(**change)
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}figures.csv").status_code == 403


def test_what_is_not_there_is_not_found(client, focal_point, cycle):
    assert client.get("/en/webinars/cycles/ciclo/towns/nowhere/").status_code == 404
    type(cycle).objects.update(is_published=False)
    assert client.get(PAGE).status_code == 404


def test_the_page_keeps_its_number_of_queries(client, focal_point, cycle, odemira, django_assert_num_queries):
    hold(cycle, 1, odemira, 2)
    client.get(PAGE)
    with django_assert_num_queries(10):  # session, person, town, focal point, cycle, three of the figures, two of the people
        client.get(PAGE)
    for number in range(2, 6):
        hold(cycle, number, odemira, 6, others=0)
    with django_assert_num_queries(10):
        client.get(PAGE)


def test_my_page_leads_there(client, focal_point, cycle):
    assert f'href="{PAGE}"' in client.get("/en/my/").text
    focal_point.affiliations.update(kind="staff")
    assert "/towns/" not in client.get("/en/my/").text
