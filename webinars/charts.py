"""Charts of the figures as lines and bars in per cent and pixels, drawn by the templates in ``_components/chart_*.html``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils import timezone

from network_portal.common.charts import MOST_ROWS, BarChart, bar, bar_chart, percent, rows_chart, short
from webinars.models import Cycle
from webinars.stats.tables import CountRow, CycleTables, WebinarRow

MOST_POINTS = 60  # of one line
LINE_TOP, LINE_BOTTOM = 31, 216  # px
NEAR = 7  # per cent of the width that a label takes


def pair_chart(rows: Sequence[WebinarRow], *, of_places: bool = False) -> BarChart:
    """What was promised, hollow (confirmed, or places), above what happened; the latest webinars when there are many."""
    shown = rows[-MOST_ROWS:]
    promises = [row.places if of_places else row.confirmed for row in shown]
    top = _round_top(max([*promises, *(row.attended or 0 for row in shown), 1]))
    bars = (
        bar(f"{row.webinar.number} {short(row.webinar.theme.label)}", n, 29, 63, top, promise=promise, fact=row.attended)
        for n, (row, promise) in enumerate(zip(shown, promises, strict=True))
    )
    scale = tuple((percent(29 + 63 * part), round(top * part)) for part in (0, 0.5, 1))
    return bar_chart(tuple(bars), 29, scale)


def count_chart(rows: Sequence[CountRow]) -> BarChart:
    return rows_chart([(row.label, row.count) for row in rows])


def _round_top(value: int) -> int:
    """The next round number that halves well."""
    step = 10 ** max(len(str(value)) - 2, 0) * (10 if value >= 10 else 2)
    return -(-value // step) * step


@dataclass(frozen=True)
class Point:
    """``value`` None: still to come. ``names_month`` and ``is_labelled`` keep the labels of near points apart."""

    x: str
    y: str
    day: date
    value: int | None
    names_month: bool
    is_labelled: bool


@dataclass(frozen=True)
class LineChart:
    points: tuple[Point, ...]
    lines: tuple[tuple[str, str, str, str], ...]
    target: int
    target_y: str
    today: str  # empty when the cycle does not run today
    today_is_early: bool  # its word stands to the right of the line

    def __bool__(self):
        return bool(self.lines) or any(point.value is not None for point in self.points)


def cumulative_chart(tables: CycleTables) -> LineChart:
    """Municipalities so far at each webinar against the target, over the days of the cycle."""
    cycle = tables.cycle
    rows = _thinned([row for row in tables.webinars.rows if row.cumulative_municipalities is not None or not row.is_held])
    known = [row.cumulative_municipalities for row in rows if row.is_held]
    place = _places(cycle, [row.webinar.starts_local.date() for row in rows])
    top = max([cycle.target_municipalities, *known, 1])
    points, last_named, last_labelled = [], -NEAR, -NEAR
    for row in rows:
        at, value = place(row.webinar.starts_local.date()), row.cumulative_municipalities
        names_month, is_labelled = at - last_named >= NEAR, at - last_labelled >= NEAR / 2
        last_named, last_labelled = at if names_month else last_named, at if is_labelled else last_labelled
        y = _height(cycle.target_municipalities if value is None else value, top)
        points.append(Point(percent(at), y, row.webinar.starts_local, value, names_month, is_labelled))
    done = [point for point in points if point.value is not None]
    today = timezone.localdate()
    now = place(today) if cycle.starts_on <= today <= cycle.ends_on else None
    return LineChart(
        points=tuple(points),
        lines=tuple((a.x, a.y, b.x, b.y) for a, b in pairwise(done)),
        target=cycle.target_municipalities,
        target_y=_height(cycle.target_municipalities, top),
        today="" if now is None else percent(now),
        today_is_early=now is not None and now < 20,
    )


def _thinned(rows: list[WebinarRow]) -> list[WebinarRow]:
    """At most ``MOST_POINTS`` of them, spread evenly, the last one among them."""
    step = -(-len(rows) // MOST_POINTS) or 1
    return rows[::-step][::-1]


def _height(value: int, top: int) -> str:
    return f"{LINE_BOTTOM - (LINE_BOTTOM - LINE_TOP) * value / top:.1f}"


def _places(cycle: Cycle, days: Sequence[date]) -> Callable[[date], float]:
    """Days as per cent of the width, from 6 to 92, over the cycle or what its webinars stretch it to."""
    first, last = min([cycle.starts_on, *days]), max([cycle.ends_on, *days])
    return lambda day: 6 + 86 * ((day - first) / (last - first) if last > first else 0.5)
