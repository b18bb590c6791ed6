"""The year of a cycle as an axis: its months, its webinars and today, in per cent of the width."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from webinars.models import Cycle, Webinar


@dataclass(frozen=True)
class Mark:
    """One webinar on the axis. ``kind``: done, next or open (still to come)."""

    at: str
    kind: str
    webinar: Webinar


@dataclass(frozen=True)
class Axis:
    months: tuple[tuple[str, date], ...]  # (where it begins, its first day)
    marks: tuple[Mark, ...]
    today: str  # empty when the cycle does not run today


def cycle_axis(cycle: Cycle, webinars: Iterable[Webinar]) -> Axis:
    """Places ``webinars`` (cancelled ones left out) on the months from the cycle's first day to its last; no query."""
    first, after = cycle.starts_on.replace(day=1), _next_month(cycle.ends_on)

    def place(day: date) -> str:
        share = (day - first) / (after - first)
        return f"{min(max(share, 0), 1) * 100:.2f}%"

    held = sorted((w for w in webinars if w.state != Webinar.State.CANCELLED), key=lambda w: (w.starts_at, w.pk))
    coming = next((w for w in held if not w.is_past), None)
    marks = tuple(Mark(place(w.starts_local.date()), _kind(w, coming), w) for w in held)
    today = timezone.localdate()
    return Axis(tuple((place(day), day) for day in _months(first, after)), marks, place(today) if first <= today < after else "")


def _kind(webinar: Webinar, coming: Webinar | None) -> str:
    if webinar.is_past:
        return "done"
    return "next" if webinar is coming else "open"


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(first: date, after: date):
    while first < after:
        yield first
        first = _next_month(first)
