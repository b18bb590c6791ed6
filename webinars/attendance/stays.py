"""Rows with their moments read: who was there from when to when, or for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webinars.attendance.errors import UnreadableRow
from webinars.attendance.intervals import Interval, touches
from webinars.attendance.moments import Clock, seconds_in
from webinars.attendance.rows import Found, Row


@dataclass(slots=True)
class Stay:
    row: Row
    join: datetime | None
    leave: datetime | None
    seconds: int | None = None  # how long, where it counts instead of the moments

    @property
    def interval(self) -> Interval | None:
        """From joining to leaving, None if one of them is not known."""
        return (self.join, self.leave) if self.join and self.leave else None

    @property
    def is_open(self) -> bool:
        """One end is known and the other is not."""
        return bool(self.join) != bool(self.leave)

    def is_in(self, window: Interval) -> bool:
        """Whether some of it may be in the window; so is what has no moments."""
        if self.interval:
            return touches(self.interval, window)
        return not (self.join and self.join >= window[1]) and not (self.leave and self.leave <= window[0])


def stays_of(found: Found, clock: Clock) -> list[Stay]:
    """Every row read; joinings and leavings of a list of events put together. Raises UnreadableRow."""
    if found.is_events:
        return _paired([_event(row, found, clock) for row in found.rows])
    return [_stay(row, found, clock) for row in found.rows]


def _stay(row: Row, found: Found, clock: Clock) -> Stay:
    join = _read(clock.moment, row, found, 0)
    leave = _read(lambda text: clock.leaving(text, join), row, found, 1)
    needs_duration = row.is_span or join is None or leave is None
    seconds = _read(seconds_in, row, found, 2) if needs_duration else None
    if join is None and leave is None and seconds is None and (column := _first_column(found)):
        raise UnreadableRow(row.number, found.heading.title(column), row.join or row.duration)
    if seconds is None or (join is None) == (leave is None):
        return Stay(row, join, leave, seconds)
    if join is None:
        return Stay(row, leave - timedelta(seconds=seconds), leave)
    return Stay(row, join, join + timedelta(seconds=seconds))


def _event(row: Row, found: Found, clock: Clock) -> Stay:
    event = Stay(row, _read(clock.moment, row, found, 0), _read(clock.moment, row, found, 1))
    if not event.is_open:
        raise UnreadableRow(row.number, found.heading.title(found.columns[0]), row.join or row.leave)
    return event


def _read(reading, row: Row, found: Found, column: int):
    text = (row.join, row.leave, row.duration)[column]
    try:
        return reading(text)
    except (ValueError, OverflowError):
        raise UnreadableRow(row.number, found.heading.title(found.columns[column]), text) from None


def _first_column(found: Found) -> str:
    """The column that should have said when; "" if the file has none, as a list of names."""
    return next((column for column in found.columns if column in found.heading), "")


def _paired(events: list[Stay]) -> list[Stay]:
    """Each leaving closes the oldest open joining of the same person; in a union it makes no difference which."""
    stays: list[Stay] = []
    open_ones: dict[tuple[str, str], list[Stay]] = {}
    for event in sorted(events, key=lambda e: (e.join or e.leave, bool(e.leave))):
        waiting = open_ones.setdefault((event.row.identity, event.row.session), [])
        if event.leave and waiting:
            waiting.pop(0).leave = event.leave
        else:
            stays.append(event)
            waiting += [event] if event.join else []
    return stays
