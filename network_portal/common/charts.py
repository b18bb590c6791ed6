"""Bars in per cent and pixels, drawn by the templates in ``_components/chart_*.html``.

Rows of bars keep the rhythm of the table beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ROW = 43.25  # px of a row of the table
HEAD = 37  # px of its head
FOOT = 22  # px for the numbers of the scale
LAST = 92  # per cent where the longest bar ends: its number stands behind it
MOST_ROWS = 24  # bars in one chart
SHORT = 14  # characters of a label
LITTLE = 3  # characters of a word that ends no label


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


def rows_chart(rows: Sequence[tuple[str, int | None]], *, most: int = 22, start: int = 34) -> BarChart:
    """One solid bar for each label (of at most ``most`` characters) and its count; None where the count is withheld.

    The bars begin at ``start`` per cent.
    """
    top = max((count or 0 for _label, count in rows), default=0) or 1
    bars = tuple(
        bar(short(label, most), n, start, LAST - start, top, fact=count) for n, (label, count) in enumerate(rows[:MOST_ROWS])
    )
    return bar_chart(bars, start, ())


def short(text: str, most: int = SHORT) -> str:
    """``text`` cut at a word or, for long words, anywhere, with "…"."""
    if len(text) <= most:
        return text
    head = text[:most].rpartition(" ")[0]
    while len(head.rpartition(" ")[2]) <= LITTLE and " " in head:
        head = head.rpartition(" ")[0]  # no "of" and "and" at the end
    return f"{(head if len(head) > most // 3 else text[: most - 1]).rstrip(' ,;:')}…"


def bar(label: str, n: int, start: int, width: int, top: int, *, promise: int | None = None, fact: int | None = None) -> Bar:
    def part(value: int | None) -> float:
        return width * (value or 0) / top

    return Bar(
        label=label,
        y=pixels(HEAD + ROW * n),
        promise=promise,
        promise_width=percent(part(promise)),
        promise_end=percent(start + part(promise)),
        fact=fact,
        fact_width=percent(part(fact)),
        fact_end=percent(start + part(fact)),
    )


def bar_chart(bars: tuple[Bar, ...], start: int, scale: tuple) -> BarChart:
    bottom = HEAD + ROW * len(bars) + 4
    return BarChart(pixels(bottom + (FOOT if scale else 0)), percent(start), pixels(bottom), scale, bars)


def percent(value: float) -> str:
    return f"{value:.2f}%"


def pixels(value: float) -> str:
    return f"{value:.2f}"
