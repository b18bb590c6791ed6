"""What is still needed, and which targets the places left cannot reach."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from webinars.models import Cycle
from webinars.stats import CycleFigures, forecast


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def outlook(*, held=3, came=128, towns=21, recordings=2, places=(50, 50), confirmed=148, ends_in=60, **targets):
    """The forecast of the seed's cycle (5, 250, 25, 5), except for what is said."""
    wanted = {"webinars": 5, "participations": 250, "municipalities": 25, "recordings": 5} | targets
    today = timezone.localdate()
    cycle = Cycle(starts_on=today - timedelta(200), ends_on=today + timedelta(ends_in))
    for name, target in wanted.items():
        setattr(cycle, f"target_{name}", target)
    figures = CycleFigures(held, came, came, towns, recordings, timezone.now())
    return forecast(cycle, figures, coming=[SimpleNamespace(capacity=n) for n in places], confirmed=confirmed)


def test_the_places_left_make_a_target_unreachable():
    found = outlook()
    assert (found.kind, found.show_up, found.places_needed) == ("warn", 86, 71)
    assert found.title == "With 50 places per webinar, the target of 250 participations cannot be reached"
    assert found.sentences[:3] == [
        "122 participations are missing and there are 2 webinars to come: 61 in each.",
        "With 86 of every 100 people present, as so far, 71 places in each are needed.",
        "4 municipalities are missing and there are 2 webinars to come: 2 in each.",
    ]


def test_places_that_suffice_only_when_everybody_comes():
    found = outlook(places=(65, 65))
    assert found.unreachable == []
    assert (found.is_tight, found.kind) == (True, "warn")
    assert found.title == "With as many present as so far, the places do not suffice"


def test_places_that_suffice():
    found = outlook(places=(100, 80))
    assert (found.is_tight, found.kind, found.title) == (False, "now", "Still needed to reach the targets")
    assert not any("of every 100" in sentence for sentence in found.sentences)
    assert found.of("participations").per_webinar == 61


def test_the_smallest_number_of_places_is_named_only_when_all_have_it():
    assert outlook(places=(50, 40)).title == "The target of 250 participations cannot be reached with the places that are planned"


def test_nothing_held_yet():
    found = outlook(held=0, came=0, towns=0, recordings=0, confirmed=0, places=(50,) * 5)
    assert (found.show_up, found.places_needed, found.is_tight, found.kind) == (None, None, False, "now")
    assert found.of("participations").per_webinar == 50


def test_no_webinar_is_planned():
    found = outlook(held=0, came=0, towns=0, recordings=0, confirmed=0, places=())
    assert found.title == "The target of 250 participations cannot be reached: no webinar is planned"
    assert found.sentences == [
        "250 participations are missing.",
        "25 municipalities are missing.",
        "5 recordings are missing.",
        "5 webinars are missing.",
    ]
    assert found.of("webinars").per_webinar is None


def test_all_held_and_all_reached():
    found = outlook(held=5, came=251, towns=25, recordings=5, places=())
    assert (found.kind, found.title, found.sentences) == ("ok", "All targets are reached", [])


def test_the_cycle_is_over_and_short_of_a_target():
    found = outlook(held=5, came=240, towns=25, recordings=5, places=(), ends_in=-1)
    assert (found.is_over, found.title) == (True, "The target of 250 participations was not reached")
    assert found.sentences == ["10 participations are missing."]


def test_targets_of_nothing_are_met_from_the_start():
    found = outlook(held=0, came=0, towns=0, recordings=0, places=(), webinars=0, participations=0, municipalities=0)
    assert found.of("participations").is_met
    assert found.of("municipalities").is_reachable


def test_recordings_of_webinars_that_were_held_may_still_come():
    assert outlook(held=5, recordings=2, came=250, towns=25, places=()).kind == "now"
    assert [t.key for t in outlook(held=4, recordings=2, came=250, towns=25, places=()).unreachable] == ["webinars", "recordings"]


def test_one_of_each_is_said_in_the_singular():
    found = outlook(held=4, came=249, towns=24, recordings=4, places=(50,))
    assert found.sentences == [
        "1 participation is missing and there is 1 webinar to come: 1 in it.",
        "1 municipality is missing and there is 1 webinar to come: 1 in it.",
        "1 recording is missing.",
        "1 webinar is missing; 1 is planned.",
    ]


def test_more_present_than_were_confirmed_is_everybody():
    assert outlook(came=160, confirmed=148).show_up == 100
