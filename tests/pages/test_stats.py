"""The four figures: what happened, never what was promised."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import factories
from tests.architecture.source import PACKAGES, ROOT, python_files
from webinars.models import Recording
from webinars.services import facts
from webinars.stats import CycleFigures, cycle_figures


def held(*, days_ago: int = 2, came=(), **fields):
    """A webinar that is over; ``came`` are the arguments of a registration for each that checked in."""
    webinar = factories.make_webinar(starts_at=timezone.now() - timedelta(days=days_ago), **fields)
    for arguments in came:
        factories.make_registration(webinar, checked_in_at=webinar.starts_at, **arguments)
    facts.settle(webinar)
    return webinar


def make_recording(webinar, *, number: int = 1, **fields) -> Recording:
    defaults = {
        "video_id": f"video{number:06}", "state": "published", "privacy": "public",
        "published_on": timezone.localdate(), "captions_checked_at": timezone.now(),
    }  # fmt: skip
    return Recording.objects.create(webinar=webinar, **defaults | fields)


def four(figures: CycleFigures) -> tuple[int, int, int, int]:
    return figures.webinars, figures.participations, figures.municipalities, figures.recordings


def test_an_empty_cycle_has_four_zeros(db):
    figures = cycle_figures(factories.make_cycle())
    assert (*four(figures), figures.people) == (0, 0, 0, 0, 0)


def test_a_registration_is_not_a_participation(db):
    over = held()
    factories.make_registration(over)
    assert four(cycle_figures(over.cycle)) == (1, 0, 0, 0)


def test_a_person_at_two_webinars_is_two_participations(db):
    cycle, person, town = factories.make_cycle(), factories.make_user(), factories.make_municipality()
    for number in (1, 2):
        held(cycle=cycle, number=number, days_ago=number, came=[{"person": person, "municipality": town}])
    figures = cycle_figures(cycle)
    assert (figures.participations, figures.people, figures.municipalities) == (2, 1, 1)


def test_two_webinars_at_the_same_time_count_their_people_once(db):
    cycle, start = factories.make_cycle(), timezone.now() - timedelta(days=2)
    for number in (1, 2):
        webinar = factories.make_webinar(cycle=cycle, number=number, starts_at=start)
        factories.make_registration(webinar, checked_in_at=start)
        facts.settle(webinar)
    assert cycle_figures(cycle).people == 2


def test_a_body_that_is_no_municipality_is_a_participation(db):
    over = held()
    factories.make_record(over, registration=factories.make_registration(over), municipality=None, organisation="Uma ONG")
    over.attendance.update(source="by_hand", reason="Lista")
    facts.settle(over)
    assert four(cycle_figures(over.cycle)) == (1, 1, 0, 0)


def test_only_published_webinars_that_are_over_count(db):
    cycle, yesterday = factories.make_cycle(), timezone.now() - timedelta(days=1)
    for number, state in ((1, "cancelled"), (2, "draft")):
        webinar = factories.make_webinar(cycle=cycle, number=number, starts_at=yesterday)
        factories.make_registration(webinar, checked_in_at=yesterday)
        facts.settle(webinar)
        make_recording(webinar, number=number)
        type(webinar).objects.filter(pk=webinar.pk).update(state=state)
    running = factories.make_webinar(cycle=cycle, number=3, starts_at=timezone.now() - timedelta(hours=1))
    factories.make_registration(running, checked_in_at=timezone.now())
    facts.settle(running)
    assert four(cycle_figures(cycle)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "fields", [{"privacy": "unlisted"}, {"state": "draft"}, {"published_on": timezone.localdate() + timedelta(days=3)}]
)
def test_a_recording_counts_once_it_is_published_public_and_its_day_has_come(db, fields):
    over = held()
    recording = make_recording(over, **fields)
    assert cycle_figures(over.cycle).recordings == 0
    Recording.objects.filter(pk=recording.pk).update(
        state="published", privacy="public", published_on=timezone.localdate(), captions_checked_at=timezone.now()
    )
    assert cycle_figures(over.cycle).recordings == 1


def test_a_cut_off_day_takes_whole_webinars_and_the_recordings_of_that_day(db):
    cycle, today = factories.make_cycle(), timezone.localdate()
    early = held(cycle=cycle, number=1, days_ago=20, came=[{}, {}])
    late = held(cycle=cycle, number=2, days_ago=5, came=[{}])
    make_recording(early, number=1, published_on=today - timedelta(days=10))
    make_recording(late, number=2, published_on=today)
    assert four(cycle_figures(cycle, until=today - timedelta(days=30))) == (0, 0, 0, 0)
    assert four(cycle_figures(cycle, until=today - timedelta(days=10))) == (1, 2, 2, 1)
    assert four(cycle_figures(cycle, until=today)) == four(cycle_figures(cycle)) == (2, 3, 3, 2)


@time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC))
@pytest.mark.parametrize(
    ("ends_at", "zone", "day"),
    [
        (datetime(2026, 7, 14, 22, 59, tzinfo=UTC), "Europe/Lisbon", date(2026, 7, 14)),  # 23:59 in summer
        (datetime(2026, 7, 14, 23, 0, tzinfo=UTC), "Europe/Lisbon", date(2026, 7, 15)),  # midnight
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), "Europe/Lisbon", date(2026, 10, 25)),  # the day clocks go back
        (datetime(2026, 7, 15, 0, 30, tzinfo=UTC), "Atlantic/Azores", date(2026, 7, 15)),
        (datetime(2026, 7, 14, 23, 30, tzinfo=UTC), "Atlantic/Azores", date(2026, 7, 14)),
        (datetime(2026, 7, 14, 11, 0, tzinfo=UTC), "Pacific/Auckland", date(2026, 7, 14)),
        (datetime(2026, 7, 14, 12, 30, tzinfo=UTC), "Pacific/Auckland", date(2026, 7, 15)),
    ],
)
def test_the_day_of_a_webinar_is_the_one_in_its_own_zone(db, ends_at, zone, day):
    webinar = factories.make_webinar(starts_at=ends_at - timedelta(hours=2), ends_at=ends_at, time_zone=zone)
    assert cycle_figures(webinar.cycle, until=day).webinars == 1
    assert cycle_figures(webinar.cycle, until=day - timedelta(days=1)).webinars == 0


def test_the_figures_take_three_queries(db, django_assert_num_queries):
    over = held(came=[{}, {}])
    with django_assert_num_queries(3):
        cycle_figures(over.cycle)
    with django_assert_num_queries(4):
        cycle_figures(over.cycle, until=timezone.localdate())


def test_check_ins_are_read_where_attendance_is_decided_and_nowhere_else():
    """Every other count of who came reads the facts, so that no two pages can disagree."""
    readers = {str(p.relative_to(ROOT)) for p in python_files(*PACKAGES) if "checked_in_at__" in p.read_text(encoding="utf-8")}
    assert readers == {"webinars/services/facts.py"}
