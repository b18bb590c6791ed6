"""The axis of a cycle's year."""

from datetime import date, timedelta

from django.utils import timezone

from tests import factories
from webinars.axis import cycle_axis


def test_axis_places_months_webinars_and_today(db):
    today = timezone.localdate()
    cycle = factories.make_cycle(starts_on=date(today.year, 1, 7), ends_on=date(today.year, 12, 2))
    now = timezone.now()
    webinars = [
        factories.make_webinar(cycle=cycle, number=n, starts_at=now + timedelta(days=d), state=state)
        for n, d, state in [(1, -3, "published"), (2, 1, "cancelled"), (3, 2, "published"), (4, 3, "published")]
    ]
    axis = cycle_axis(cycle, webinars)
    assert [month.month for _, month in axis.months] == list(range(1, 13))
    assert axis.months[0][0] == "0.00%"
    assert [(mark.webinar.number, mark.kind) for mark in axis.marks] == [(1, "done"), (3, "next"), (4, "open")]
    assert 0 < float(axis.today.rstrip("%")) < 100


def test_axis_of_another_year_has_no_today(db):
    cycle = factories.make_cycle(starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    assert cycle_axis(cycle, []).today == ""
