"""Charts of the figures as lines and bars in per cent and pixels, drawn by the templates in ``_components/chart_*.html``.

Rows of bars keep the rhythm of the table beside them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils import timezone

from webinars.models import Cycle
from webinars.stats.tables import CountRow, CycleTables, WebinarRow

ROW = 43.25  # px of a row of the table
HEAD = 37  # px of its head
FOOT = 22  # px for the numbers of the scale
MOST_ROWS = 24  # bars in one chart
MOST_POINTS = 60  # of one line
SHORT = 14  # characters of a label
LITTLE = 3  # characters of a word that ends no label
LINE_TOP, LINE_BOTTOM = 31, 216  # px
NEAR = 7  # per cent of the width that a label takes


@dataclass(frozen=True)
class Bar:
    """``promise`` and ``fact`` are numbers; ``*_width`` and ``*_end`` per cent of the drawing."""

    label: str
    y: str  # px
    promise: int | None = None
    promise_width: str = "0"
    promise_end: str = "0"
    fact: int | None = None
    fact_width: str = "0"
    fact_end: str = "0"


@dataclass(frozen=True)
class BarChart:
    height: str  # px
    start: str  # where the bars begin, in per cent
    bottom: str  # px
    scale: tuple[tuple[str, int], ...]  # (where, number)
    bars: tuple[Bar, ...]

    def __bool__(self):
        return bool(self.bars)


def pair_chart(rows: Sequence[WebinarRow], *, of_places: bool = False) -> BarChart:
    """What was promised, hollow (confirmed, or places), above what happened; the latest webinars when there are many."""
    shown = rows[-MOST_ROWS:]
    promises = [row.places if of_places else row.confirmed for row in shown]
    top = _round_top(max([*promises, *(row.attended or 0 for row in shown), 1]))
    bars = (
        _bar(f"{row.webinar.number} {short(row.webinar.theme.label)}", n, 29, 63, top, promise=promise, fact=row.attended)
        for n, (row, promise) in enumerate(zip(shown, promises, strict=True))
    )
    scale = tuple((_percent(29 + 63 * part), round(top * part)) for part in (0, 0.5, 1))
    return _bar_chart(tuple(bars), 29, scale)


def count_chart(rows: Sequence[CountRow]) -> BarChart:
    top = max([row.count or 0 for row in rows], default=0) or 1
    bars = tuple(_bar(short(row.label, 22), n, 34, 58, top, fact=row.count) for n, row in enumerate(rows[:MOST_ROWS]))
    return _bar_chart(bars, 34, ())


def short(text: str, most: int = SHORT) -> str:
    """``text`` cut at a word or, for long words, anywhere, with "…"."""
    if len(text) <= most:
        return text
    head = text[:most].rpartition(" ")[0]
    while len(head.rpartition(" ")[2]) <= LITTLE and " " in head:
        head = head.rpartition(" ")[0]  # no "of" and "and" at the end
    return f"{(head if len(head) > most // 3 else text[: most - 1]).rstrip(' ,;:')}…"


def _bar(label: str, n: int, start: int, width: int, top: int, *, promise: int | None = None, fact: int | None = None) -> Bar:
    def part(value: int | None) -> float:
        return width * (value or 0) / top

    return Bar(
        label=label,
        y=_pixels(HEAD + ROW * n),
        promise=promise,
        promise_width=_percent(part(promise)),
        promise_end=_percent(start + part(promise)),
        fact=fact,
        fact_width=_percent(part(fact)),
        fact_end=_percent(start + part(fact)),
    )


def _bar_chart(bars: tuple[Bar, ...], start: int, scale: tuple) -> BarChart:
    bottom = HEAD + ROW * len(bars) + 4
    return BarChart(_pixels(bottom + (FOOT if scale else 0)), _percent(start), _pixels(bottom), scale, bars)


def _round_top(value: int) -> int:
    """The next round number that halves well."""
    step = 10 ** max(len(str(value)) - 2, 0) * (10 if value >= 10 else 2)
    return -(-value // step) * step


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _pixels(value: float) -> str:
    return f"{value:.2f}"


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
        points.append(Point(_percent(at), y, row.webinar.starts_local, value, names_month, is_labelled))
    done = [point for point in points if point.value is not None]
    today = timezone.localdate()
    now = place(today) if cycle.starts_on <= today <= cycle.ends_on else None
    return LineChart(
        points=tuple(points),
        lines=tuple((a.x, a.y, b.x, b.y) for a, b in pairwise(done)),
        target=cycle.target_municipalities,
        target_y=_height(cycle.target_municipalities, top),
        today="" if now is None else _percent(now),
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
