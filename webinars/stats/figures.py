"""The four figures of a cycle. A registration is never counted as a participation.

Attendance is read from the fact rows alone, so that anonymising people moves no figure (docs/adr/0006).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, IntegerField, Min, Model, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from webinars.models import AttendanceFact, Cycle, PersonFact, Recording, Webinar


@dataclass(frozen=True)
class CycleFigures:
    """What a cycle has reached at ``at``; its targets stand on the cycle itself."""

    webinars: int  # published and over
    participations: int  # attendances at webinars that are over
    people: int  # different people among the participations
    municipalities: int  # different municipalities among them
    recordings: int  # published, public and dated
    at: datetime


@dataclass(frozen=True)
class Held:
    """Which webinars count: whole ones, published and over. ``conditions`` are those of Webinar rows."""

    conditions: dict[str, Any]

    def webinars(self) -> QuerySet[Webinar]:
        return Webinar.objects.filter(**self.conditions)

    def rows(self, model: type[Model]) -> QuerySet:
        """The rows of ``model`` that belong to these webinars, in no order."""
        return model.objects.filter(**self.through("webinar")).order_by()

    def through(self, path: str) -> dict[str, Any]:
        """The conditions for rows that reach a webinar by ``path``."""
        return {f"{path}__{name}": value for name, value in self.conditions.items()}


def cycle_figures(cycle: Cycle, *, until: date | None = None) -> CycleFigures:
    """Count what has happened, in two queries; with ``until`` what had happened by the end of that day, in three."""
    held = held_by(cycle, until=until)
    return figures_of(cycle, held, people=sum(people_by_first_start(held).values()), until=until)


def held_webinars(cycle: Cycle, *, until: date | None = None) -> QuerySet[Webinar]:
    """Whole webinars, published and over; with ``until`` those that ended by that day, in their own time zone."""
    return held_by(cycle, until=until).webinars()


def held_by(cycle: Cycle, *, until: date | None = None) -> Held:
    """Without ``until`` no query; with it the webinars that ended by that day, in their own time zone."""
    over = Held({"cycle": cycle, "state": Webinar.State.PUBLISHED, "ends_at__lte": timezone.now()})
    if until is None:
        return over
    no_later = datetime.combine(until, time(0), tzinfo=UTC) + timedelta(days=2)  # whatever the zone
    ended = over.webinars().filter(ends_at__lt=no_later).only("ends_at", "time_zone")
    return Held({"cycle": cycle, "pk__in": [webinar.pk for webinar in ended if webinar.ends_local.date() <= until]})


def figures_of(cycle: Cycle, held: Held, *, people: int, until: date | None) -> CycleFigures:
    """The figures over the webinars ``held``, whose different people are counted already; one query."""
    facts = held.rows(AttendanceFact).values("webinar__cycle")
    counts = Cycle.objects.filter(pk=cycle.pk).values_list(
        _number(held.webinars().order_by().values("cycle").annotate(n=Count("pk"))),
        _number(facts.annotate(n=Sum("count"))),
        _number(facts.annotate(n=Count("municipality", distinct=True))),
        _number(counted_recordings(held.webinars(), until=until).order_by().values("webinar__cycle").annotate(n=Count("pk"))),
    )
    webinars, participations, municipalities, recordings = counts.get()
    return CycleFigures(
        webinars=webinars,
        participations=participations,
        people=people,
        municipalities=municipalities,
        recordings=recordings,
        at=timezone.now(),
    )


def _number(grouped: QuerySet):
    return Coalesce(Subquery(grouped.values("n"), output_field=IntegerField()), 0)


def counted_recordings(held: Iterable[Webinar], *, until: date | None = None) -> QuerySet[Recording]:
    """Those that count towards the target, published by ``until`` (today when left out)."""
    return Recording.objects.counted().filter(webinar__in=held, published_on__lte=until or timezone.localdate())


def people_by_first_start(held: Held) -> dict[datetime, int]:
    """How many different people came for the first time at each start among ``held``; one query.

    The rows of people are grouped twice inside the database: two levels, which the ORM cannot say.
    """
    firsts = held.rows(PersonFact).values("pseudonym").annotate(first=Min("webinar__starts_at"))
    try:
        sql, values = firsts.values("first").query.sql_with_params()
    except EmptyResultSet:  # no webinar by that day
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT people.first, COUNT(*) FROM ({sql}) AS people GROUP BY people.first", values)
        return {_moment(first): number for first, number in cursor.fetchall()}


def _moment(value: datetime | str) -> datetime:
    """SQLite hands moments over as text, in UTC."""
    return parse_datetime(value).replace(tzinfo=UTC) if isinstance(value, str) else value
