"""The figures of one webinar: the counts of its cycle, narrowed; for coordinators, as page and as files."""

import csv
import io
from collections import Counter
from datetime import timedelta
from random import Random

import openpyxl
import pytest
from django.utils import timezone

from municipalities.models import Membership
from tests import factories
from tests.webinars.test_small_numbers import Solver
from webinars.models import GenderFact, SurveyAnswer, Webinar
from webinars.services import facts
from webinars.stats import cycle_tables, webinar_tables
from webinars.stats.small_numbers import gender_split, gender_splits, is_small

PAGE = "/en/webinars/manage/second/figures"


@pytest.fixture
def coordinator(client):
    person = factories.make_coordinator(language="en")
    client.force_login(person)
    return person


@pytest.fixture
def cycle(db):
    """Two webinars that were held: A, B and C came to the first; B, C and D to the second, with one person of before."""
    today = timezone.localdate()
    cycle = factories.make_cycle(starts_on=today - timedelta(90), ends_on=today + timedelta(60), slug="ciclo")
    towns = {name: factories.make_municipality(name=name, region="Norte", residents=4_000) for name in "ABCDE"}
    Membership.objects.create(municipality=towns["A"], kind="founder", since=cycle.starts_on, contact_email="a@cm-a.example")
    Membership.objects.create(municipality=towns["E"], kind="member", since=cycle.starts_on, contact_email="e@cm-e.example")
    people = {name: factories.make_user(f"{name}@x.example") for name in "abcdefg"}
    who = {"first": ["aA", "bB", "cC"], "second": ["bB", "dC", "eD", "fD"]}
    other = type(factories.make_term("role")).objects.of("role")[1]
    for number, (slug, came) in enumerate(who.items(), start=1):
        start = timezone.now() - timedelta(50 - 10 * number)
        webinar = factories.make_webinar(cycle=cycle, number=number, slug=slug, title=slug.title(), starts_at=start, capacity=60)
        for person, town in came:
            role = {"role": other} if person == "f" else {}
            factories.make_registration(
                webinar, person=people[person], municipality=towns[town], checked_in_at=webinar.starts_at, **role
            )
        facts.settle(webinar)
    factories.make_registration(webinar, person=people["g"], municipality=towns["A"])
    factories.make_registration(webinar, person=people["a"], status="cancelled", municipality=towns["A"])
    return cycle


def second() -> Webinar:
    return Webinar.objects.select_related("cycle").get(slug="second")


def test_every_number_is_of_this_webinar_alone(cycle):
    tables = webinar_tables(second())
    row = tables.row
    assert (row.places, row.confirmed, row.waiting, row.cancelled, row.attended, row.percent) == (60, 5, 0, 1, 4, 80)
    assert (row.municipalities, row.new_municipalities, row.new_people, row.returning_people) == (3, 1, 3, 1)
    assert [(r.count, r.percent) for r in tables.roles.rows] == [(3, 75), (1, 25)]
    assert [(r.municipality.name, r.participations, r.first_webinar.number, r.is_new) for r in tables.reached.rows] == [
        ("B", 1, 1, False), ("C", 1, 1, False), ("D", 2, 2, True)]  # fmt: skip
    assert [r.municipality.name for r in tables.not_reached.rows] == ["A", "E"]
    assert tables.unreached == 1  # the cycle has reached A
    assert [(r.code, r.count) for r in tables.novelty.rows] == [("new", 1), ("returning", 2)]
    assert [(r.label, r.reached, r.members, r.total) for r in tables.by_region.rows] == [("Norte", 3, 2, 5)]


def test_the_row_is_the_one_of_the_cycle(cycle):
    rows = {row.webinar.slug: row for row in cycle_tables(cycle).webinars.rows}
    assert webinar_tables(second()).row == rows["second"]


def test_a_webinar_to_come_has_places_and_nobody_present(cycle):
    coming = factories.make_webinar(cycle=cycle, number=3, slug="third")
    factories.make_registration(coming)
    tables = webinar_tables(coming)
    assert (tables.row.is_held, tables.row.confirmed, tables.row.attended) == (False, 1, None)
    assert (tables.roles.rows, tables.reached.rows, tables.gender.rows) == ((), (), ())


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_what_is_not_published_has_no_figures(client, coordinator, cycle, state):
    Webinar.objects.filter(slug="second").update(state=state)
    assert webinar_tables(second()) is None
    assert client.get(f"{PAGE}/").status_code == 404
    assert "/figures/" not in client.get("/en/webinars/manage/second/people/").text.split("<main")[1]


def test_the_page_shows_them_and_leads_to_them(client, coordinator, cycle):
    SurveyAnswer.objects.bulk_create(SurveyAnswer(webinar=second(), usefulness=n) for n in (5, 4))
    page = client.get(f"{PAGE}/")
    text = page.text
    assert "no-store" in page["Cache-Control"]
    for words in ("of 60", "80 of every 100", "1 for the first time", "Attendance is open", "Write to 1 contact that"):
        assert words in text
    assert f'href="{PAGE}/" aria-current="page"' in text
    assert f'href="{PAGE}/"' in client.get("/en/webinars/cycles/ciclo/figures/").text
    assert f'href="{PAGE}/"' in client.get("/en/webinars/manage/second/people/").text


def test_the_page_takes_thirteen_queries_whatever_the_number_of_webinars(client, coordinator, cycle, django_assert_num_queries):
    with django_assert_num_queries(13):  # session, person, webinar, those of the cycle (nothing is to come), towns, genders
        client.get(f"{PAGE}/")
    for number in range(3, 9):
        factories.make_webinar(cycle=cycle, number=number, starts_at=timezone.now() - timedelta(9))
    with django_assert_num_queries(13):
        client.get(f"{PAGE}/")


def test_the_files_hold_what_the_page_holds(client, coordinator, cycle):
    rows = list(csv.reader(io.StringIO(client.get(f"{PAGE}.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert ["The webinar", "Attended", "Number", "4"] in [row[:4] for row in rows]
    assert ["Municipalities present", "D", "Participations", "2"] in [[row[0], row[1].split()[-1], *row[2:4]] for row in rows]
    response = client.get(f"{PAGE}.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="second.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    facts_of = {row[0]: row[1] for row in book["The webinar"].iter_rows(min_row=4, values_only=True)}
    assert (facts_of["Places"], facts_of["Attended"], facts_of["New people"]) == (60, 4, 3)
    assert {"Roles", "Municipalities present", "Municipalities not present", "By region"} <= set(book.sheetnames)
    assert client.get(f"{PAGE}.xlsx").content == response.content


# --- women and men


def told(webinar: Webinar, woman: int, man: int, another: int = 0, not_said: int = 0) -> None:
    counts = {"woman": woman, "man": man, "another": another, "not_said": not_said}
    GenderFact.objects.bulk_create(GenderFact(webinar=webinar, gender=code, count=n) for code, n in counts.items() if n)


def test_women_and_men_of_a_webinar(cycle):
    told(second(), 12, 6, 3, 2)
    assert [(r.code, r.count) for r in webinar_tables(second()).gender.rows] == [("woman", 12), ("man", 6), ("other", 5)]


def test_when_one_webinar_is_withheld_all_are(cycle):
    """Else the cycle's less the others would be the one that is withheld."""
    told(second(), 12, 6)
    told(Webinar.objects.get(slug="first"), 9, 2)
    assert webinar_tables(second()).gender.rows == ()
    assert [(r.code, r.count) for r in cycle_tables(cycle).gender.rows] == [("woman", 21), ("man", 8)]


@pytest.mark.parametrize("seed", range(300))
def test_no_number_from_1_to_4_follows_from_the_splits_of_webinars_and_cycle(seed):
    chance = Random(seed)
    codes, sizes = ["woman", "man", "another", "not_said"], chance.choice([[0, 5, 9, 40], [0, 3, 5, 6, 40], [0, 1, 4, 7]])
    answers = {webinar: {code: chance.choice(sizes) for code in codes} for webinar in range(chance.randint(1, 5))}
    whole = Counter()
    for parts in answers.values():
        whole.update(parts)
    solver = Solver()
    for code, number in gender_split(whole).items():
        solver.add([f"{w}{c}" for w in answers for c in (["another", "not_said"] if code == "other" else [code])], number)
    for webinar, parts in gender_splits(answers).items():
        for code, number in parts.items():
            solver.add([f"{webinar}{c}" for c in (["another", "not_said"] if code == "not_said" else [code])], number)
    known = solver.known([f"{webinar}{code}" for webinar in answers for code in codes])
    assert {cell: n for cell, n in known.items() if is_small(n)} == {}


def test_the_splits_of_random_cycles_are_not_all_withheld():
    chance = Random(1)
    shown = [gender_splits({w: {c: chance.choice([0, 6, 12]) for c in ("woman", "man")} for w in range(2)}) for _ in range(50)]
    assert sum(map(bool, shown)) > 10
