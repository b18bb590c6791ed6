"""Time spent, when people leave, come back and use two devices at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Interval = tuple[datetime, datetime]  # both aware, the first not after the second


def touches(interval: Interval, window: Interval) -> bool:
    """Whether some of the interval is in the window; one without length counts if it is inside or on an edge."""
    begin, end = interval
    if begin == end:
        return window[0] <= begin <= window[1]
    return begin < window[1] and end > window[0]


def clipped(interval: Interval, window: Interval) -> Interval:
    """The part of an interval that is in the window, which it must touch."""
    return max(interval[0], window[0]), min(interval[1], window[1])


def union(intervals: Iterable[Interval], window: Interval) -> timedelta:
    """How long at least one of the intervals lasted inside the window: what overlaps counts once."""
    total, covered = timedelta(), window[0]
    for begin, end in sorted(clipped(i, window) for i in intervals if touches(i, window)):
        total += max(end - max(begin, covered), timedelta())
        covered = max(covered, end)
    return total


def overlap(intervals: Iterable[Interval]) -> bool:
    """Whether two of the intervals were at the same time."""
    ordered = sorted(intervals)
    latest = None
    for begin, end in ordered:
        if latest is not None and begin < latest:
            return True
        latest = end if latest is None else max(latest, end)
    return False
