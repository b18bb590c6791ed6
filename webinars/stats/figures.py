"""The four figures of a cycle. A registration is never counted as a participation.

Attendance is read from the fact rows alone, so that anonymising people moves no figure (docs/adr/0006).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Min, Model, Q, QuerySet, Sum
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
    """Count what has happened, in three queries; with ``until`` what had happened by the end of that day, in four."""
    held = held_by(cycle, until=until)
    is_counted = Q(recording__in=counted_recordings(held.webinars(), until=until))
    counts = held.webinars().aggregate(webinars=Count("pk"), recordings=Count("pk", filter=is_counted))
    return figures_of(attendance_by_town(held), people_by_first_start(held), **counts)


def figures_of(towns: list["TownCount"], people: dict[datetime, int], *, webinars: int, recordings: int) -> CycleFigures:
    """The one place where the figures are put together."""
    return CycleFigures(
        webinars=webinars,
        participations=sum(town.participations for town in towns),
        people=sum(people.values()),
        municipalities=sum(town.municipality is not None for town in towns),
        recordings=recordings,
        at=timezone.now(),
    )


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


def counted_recordings(held: Iterable[Webinar], *, until: date | None = None) -> QuerySet[Recording]:
    """Those that count towards the target, published by ``until`` (today when left out)."""
    return Recording.objects.counted().filter(webinar__in=held, published_on__lte=until or timezone.localdate())


class TownCount(NamedTuple):
    """Participations from a municipality (its id; None: other bodies together) and the start of the first webinar of them."""

    municipality: int | None
    participations: int
    first_start: datetime


def attendance_by_town(held: Held) -> list[TownCount]:
    """One query."""
    towns = held.rows(AttendanceFact).values("municipality")
    counted = towns.annotate(n=Sum("count"), first=Min("webinar__starts_at"))
    return [TownCount(*row) for row in counted.values_list("municipality", "n", "first")]


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
