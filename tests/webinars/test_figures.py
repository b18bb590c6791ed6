"""The tables of a cycle: exact, in a fixed number of queries, the same as the four figures everywhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from municipalities.models import Membership
from network_portal.users.models import User
from network_portal.vocabularies import services as terms
from network_portal.vocabularies.models import Term
from tests import factories
from webinars.models import AttendanceFact, GenderFact, Recording, Registration, SurveyAnswer, Webinar
from webinars.services import facts
from webinars.stats import cycle_figures, cycle_tables, public_tables


def held(cycle, number: int, *, days_ago: int, came=(), close: bool = False) -> Webinar:
    """A webinar that is over; ``came`` are the arguments of a registration for each who checked in."""
    webinar = factories.make_webinar(cycle=cycle, number=number, starts_at=timezone.now() - timedelta(days=days_ago))
    for arguments in came:
        factories.make_registration(webinar, checked_in_at=webinar.starts_at, **arguments)
    facts.settle(webinar)
    if close:
        facts.seal(webinar)
        Webinar.objects.filter(pk=webinar.pk).update(attendance_closed_at=timezone.now())
    return webinar


@pytest.fixture
def cycle(db):
    return factories.make_cycle(target_participations=30, target_municipalities=4)


@pytest.fixture
def towns():
    return [factories.make_municipality(name=f"Vila {n}", region="Norte", nuts3="PT11A", district="Porto") for n in range(3)]


@pytest.fixture
def full_cycle(cycle, towns):
    """Two webinars held and one to come: Vila 0 at both, Vila 1 at the second, Vila 2 (a member) only registered."""
    rita = factories.make_user(name="Rita")
    held(cycle, 1, days_ago=20, came=[{"person": rita, "municipality": towns[0]}, {"municipality": towns[0]}], close=True)
    second = held(cycle, 2, days_ago=10, came=[{"person": rita, "municipality": towns[0]}, {"municipality": towns[1]}])
    coming = factories.make_webinar(cycle=cycle, number=3)
    factories.make_registration(coming, municipality=towns[2])
    factories.make_registration(second, status="waiting")
    factories.make_registration(second, status="cancelled")
    for town in towns[1:]:
        Membership.objects.create(municipality=town, kind="member", since=timezone.localdate() - timedelta(400))
    return cycle


def test_an_empty_cycle_has_empty_tables(cycle):
    tables = cycle_tables(cycle)
    assert [table.key for table in tables.all if table and table.key not in ("novelty",)] == []
    assert [row.count for row in tables.novelty.rows] == [0, 0]
    assert not public_tables(tables).reached


def test_each_webinar_with_its_registrations_and_what_was_new(full_cycle):
    rows = cycle_tables(full_cycle).webinars.rows
    assert [(r.confirmed, r.waiting, r.cancelled, r.attended, r.percent) for r in rows] == [
        (2, 0, 0, 2, 100), (2, 1, 1, 2, 100), (1, 0, 0, None, None),
    ]  # fmt: skip
    assert [(r.municipalities, r.new_municipalities, r.cumulative_municipalities) for r in rows[:2]] == [(1, 1, 1), (2, 1, 2)]
    assert [(r.new_people, r.returning_people) for r in rows[:2]] == [(2, 0), (1, 1)]
    assert (rows[2].new_people, rows[2].municipalities, rows[2].is_held) == (None, None, False)


def test_municipalities_reached_and_members_that_are_not(full_cycle, towns):
    tables = cycle_tables(full_cycle)
    reached = [(r.municipality, r.participations, r.first_webinar.number, r.membership) for r in tables.reached.rows]
    assert reached == [(towns[0], 3, 1, ""), (towns[1], 1, 2, "membro")]
    assert [(r.municipality, r.kind, r.coming, r.written_at) for r in tables.not_reached.rows] == [(towns[2], "membro", 1, None)]
    for table in (tables.by_region, tables.by_district, tables.by_nuts3, tables.by_population):
        assert [(r.reached, r.members, r.total) for r in table.rows] == [(2, 2, 3)]


def test_a_retired_band_of_residents_stays_in_its_place(full_cycle, towns):
    for town, residents in zip(towns, (700, 64_000, 2_000), strict=True):
        type(town).objects.filter(pk=town.pk).update(residents=residents)
    before = [row.label for row in cycle_tables(full_cycle).by_population.rows]
    terms.retire(Term.objects.get(code="pop-1000"), by=factories.make_coordinator())
    assert [row.label for row in cycle_tables(full_cycle).by_population.rows] == before


def test_new_and_returning_municipalities_compared_with_earlier_cycles(full_cycle, towns):
    earlier = factories.make_cycle(starts_on=full_cycle.starts_on - timedelta(400), ends_on=full_cycle.starts_on - timedelta(200))
    held(earlier, 1, days_ago=300, came=[{"municipality": towns[1]}])
    assert [(r.code, r.count) for r in cycle_tables(full_cycle).novelty.rows] == [("new", 1), ("returning", 1)]
    assert [(r.code, r.count) for r in cycle_tables(earlier).novelty.rows] == [("new", 1), ("returning", 0)]


def test_registrations_of_a_closed_webinar_are_those_of_the_day_it_was_closed(full_cycle):
    Registration.objects.filter(webinar__number=1).update(status="cancelled", cancelled_at=timezone.now())
    row = cycle_tables(full_cycle).webinars.rows[0]
    assert (row.confirmed, row.cancelled, row.attended) == (2, 0, 2)


def test_a_cut_off_day_leaves_out_later_webinars_and_what_is_to_come(full_cycle, towns):
    tables = cycle_tables(full_cycle, until=timezone.localdate() - timedelta(15))
    assert [row.webinar.number for row in tables.webinars.rows] == [1]
    assert [row.municipality for row in tables.reached.rows] == [towns[0]]
    assert {row.municipality for row in tables.not_reached.rows} == set(towns[1:])
    assert cycle_tables(full_cycle, until=timezone.localdate() - timedelta(50)).webinars.rows == ()


def test_anonymising_everybody_changes_no_cell(full_cycle):
    before = [table.cells for table in cycle_tables(full_cycle).all]
    Registration.objects.update(name="", person=None, anonymised_at=timezone.now())
    full_cycle.webinars.first().attendance.update(name="", person=None)
    full_cycle.pseudonym_key = ""
    full_cycle.save()
    assert [table.cells for table in cycle_tables(full_cycle).all] == before


def test_every_table_says_what_it_counts_and_from_which_rows(full_cycle):
    tables = cycle_tables(full_cycle)
    assert all(table.definition and table.title for table in tables.all)
    facts_of_cycle = AttendanceFact.objects.filter(webinar__cycle=full_cycle).order_by("pk")
    assert tables.roles.row_ids == [f"attendancefact:{row.pk}" for row in facts_of_cycle]
    assert f"webinar:{full_cycle.webinars.get(number=1).pk}" in tables.webinars.row_ids
    assert all(not table.row_ids for table in public_tables(tables).all)


def test_gender_usefulness_and_recordings(full_cycle):
    first = full_cycle.webinars.get(number=1)
    for gender, n in (("woman", 12), ("man", 5), ("not_said", 5)):
        GenderFact.objects.create(webinar=first, gender=gender, count=n)
    for mark in (3, 4, 4):
        SurveyAnswer.objects.create(webinar=first, usefulness=mark)
    Recording.objects.create(
        webinar=first, video_id="abcdefghijk", state="published", privacy="public", published_on=timezone.localdate(),
        captions_checked_at=timezone.now(), views=70,
    )  # fmt: skip
    tables = cycle_tables(full_cycle)
    assert [(r.code, r.count) for r in tables.gender.rows] == [("woman", 12), ("man", 5), ("other", 5)]
    assert [(r.satisfaction, r.answers) for r in tables.satisfaction.rows] == [(3.67, 3)]
    assert [(r.address, r.views) for r in tables.recordings.rows] == [("https://www.youtube.com/watch?v=abcdefghijk", 70)]
    assert not public_tables(tables).satisfaction


def test_the_tables_take_nine_queries_whatever_the_size(full_cycle, django_assert_num_queries):
    with django_assert_num_queries(9):
        cycle_tables(full_cycle)
    for number in range(4, 9):
        held(full_cycle, number, days_ago=number, came=[{}] * 5)
    with django_assert_num_queries(9):
        tables = cycle_tables(full_cycle)
    assert tables.figures.participations == 29


def test_tables_and_figures_agree(full_cycle):
    tables, figures = cycle_tables(full_cycle), cycle_figures(full_cycle)
    assert sum(row.attended or 0 for row in tables.webinars.rows) == figures.participations == 4
    assert sum(row.count for row in tables.roles.rows) == figures.participations
    assert len(tables.reached.rows) == figures.municipalities == 2
    assert sum(row.new_people or 0 for row in tables.webinars.rows) == figures.people == 3
    assert User.objects.count() > figures.people


def test_roles_in_each_webinar(cycle):
    first, second = type(factories.make_term("role")).objects.of("role")[:2]
    held(cycle, 1, days_ago=9, came=[{"role": first}, {"role": second}, {"role": second}])
    held(cycle, 2, days_ago=5, came=[{"role": second}])
    tables = cycle_tables(cycle)
    assert tables.roles_by_webinar.header[2:] == [second.label, first.label]
    assert [[cells[0], *cells[2:]] for cells in tables.roles_by_webinar.cells] == [[1, 2, 1], [2, 1, 0]]
    assert [(row.code, row.count) for row in tables.roles.rows] == [(second.code, 3), (first.code, 1)]
    assert not public_tables(tables).roles_by_webinar
