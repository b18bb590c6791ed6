"""The four figures: what happened, never what was promised."""

from datetime import timedelta

from django.utils import timezone

from tests import factories
from webinars.stats import cycle_figures


def test_a_registration_is_not_a_participation(db):
    over = factories.make_webinar(starts_at=timezone.now() - timedelta(days=2))
    factories.make_registration(over)
    figures = cycle_figures(over.cycle)
    assert (figures.webinars, figures.participations, figures.municipalities) == (1, 0, 0)


def test_a_person_at_two_webinars_is_two_participations(db):
    cycle, person, town = factories.make_cycle(), factories.make_user(), factories.make_municipality()
    for number in (1, 2):
        over = factories.make_webinar(cycle=cycle, number=number, starts_at=timezone.now() - timedelta(days=number))
        factories.make_registration(over, person=person, municipality=town, checked_in_at=over.starts_at)
    figures = cycle_figures(cycle)
    assert (figures.participations, figures.people, figures.municipalities) == (2, 1, 1)


def test_only_published_webinars_that_are_over_count(db):
    cycle, yesterday = factories.make_cycle(), timezone.now() - timedelta(days=1)
    factories.make_webinar(cycle=cycle, number=1, starts_at=yesterday, state="cancelled")
    factories.make_webinar(cycle=cycle, number=2, starts_at=yesterday, state="draft")
    running = factories.make_webinar(cycle=cycle, number=3, starts_at=timezone.now() - timedelta(hours=1))
    factories.make_registration(running, checked_in_at=timezone.now())
    figures = cycle_figures(cycle)
    assert (figures.webinars, figures.participations, figures.recordings) == (0, 0, 0)
