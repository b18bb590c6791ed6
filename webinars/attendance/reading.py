"""From a file's bytes to the people in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from network_portal.common.text import fold
from webinars.attendance import mapped, meet, teams, zoom
from webinars.attendance.decoding import text_of
from webinars.attendance.errors import (
    AmbiguousDates,
    AnotherMeeting,
    EmptyFile,
    MissingColumns,
    NobodyInFile,
    TooManyRows,
    UnknownColumns,
)
from webinars.attendance.headers import field_of
from webinars.attendance.intervals import Interval, touches
from webinars.attendance.moments import CLOCK, Clock, Order, order_of, seconds_in
from webinars.attendance.people import Attendee, attendees, notes
from webinars.attendance.rows import Found
from webinars.attendance.stays import Stay, stays_of
from webinars.attendance.table import MAX_ROWS, Line, lines_of

READERS = [teams.report, zoom.webinar, meet.table, zoom.meeting, teams.attendance_list, teams.live_event]  # the first that fits


@dataclass(frozen=True)
class Sheet:
    """What a file says about a webinar."""

    # zoom_meeting, zoom_webinar, zoom_unique, teams_report, teams_list, teams_live, meet, mapped
    format: str
    title: str  # of the meeting, "" if the file has none
    people: list[Attendee]
    rows: int  # of people, those left out among them
    left_out: int  # waiting room only, registered and did not come, outside the webinar's hours
    notes: list[str]  # sentences for the person who uploads, in the active language


def read(
    content: bytes,
    *,
    zone: ZoneInfo,
    starts_at: datetime,
    ends_at: datetime,
    mapping: Mapping[str, str] | None = None,
    day_first: bool | None = None,
) -> Sheet:
    """The people of an attendance file, their time cut to the webinar's hours (aware moments).

    ``zone`` is the one that times without a zone are in. ``mapping`` gives the titles of columns ("name", "email",
    "join", "leave", "minutes") of a file in no known format. ``day_first`` is the answer to AmbiguousDates. Raises a
    subclass of ``errors.AttendanceFileError``: a file is read whole or not at all.
    """
    window = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    found = _found(content, mapping or {})
    dates = [text for row in found.rows for text in (row.join, row.leave) if text] + found.dates
    order = order_of(dates, language=found.heading.language, answer=day_first)
    clock = Clock(UTC if found.is_utc else zone, window, order.day_first)
    inside, outside = _parted(found, clock, zone, order)
    return Sheet(
        format=found.format,
        title=found.title,
        people=attendees(inside, window),
        rows=found.read,
        left_out=found.waiting + found.absent + outside,
        notes=notes(found, inside, outside, window),
    )


def _found(content: bytes, mapping: Mapping[str, str]) -> Found:
    titles = {fold(title) for title in mapping.values() if title}
    lines = lines_of(text_of(content), lambda cell: field_of(cell) or fold(cell) in titles)
    if not lines:
        raise EmptyFile
    found = _recognised(lines, mapping)
    if not found.rows:
        raise NobodyInFile
    if found.read > MAX_ROWS:
        raise TooManyRows(MAX_ROWS)
    return found


def _recognised(lines: list[Line], mapping: Mapping[str, str]) -> Found:
    """Raises UnknownColumns, MissingColumns, UnreadableRow."""
    error = UnknownColumns(mapped.titles_of(lines), mapped.EXPECTED)
    try:
        for reader in READERS:
            if found := reader(lines):
                return found
    except (MissingColumns, UnknownColumns) as reason:
        error = reason
    if mapping and mapped.fits(lines, mapping):
        return mapped.table(lines, mapping)
    raise error


def _parted(found: Found, clock: Clock, zone: ZoneInfo, order: Order) -> tuple[list[Stay], int]:
    """The stays inside the webinar's hours, and how many are outside.

    Raises AnotherMeeting if none is inside, AmbiguousDates if some would be with day and month the other way round.
    """
    stays = stays_of(found, clock)
    inside = [stay for stay in stays if stay.is_in(clock.window)]
    if inside and _held_in(found, clock):
        return inside, len(stays) - len(inside)
    other = clock.other_order()
    if order.doubtful and _held_in(found, other) and any(stay.is_in(clock.window) for stay in stays_of(found, other)):
        raise AmbiguousDates(order.doubtful)
    raise AnotherMeeting(found.title, _day(found, stays, clock, zone))


def _held(found: Found, clock: Clock) -> Interval | None:
    """When the meeting was, of a file that says so apart from its rows."""
    begin, end = found.held
    try:
        started_at = clock.moment(begin)
        if started_at is None:
            return None
        if end.isdecimal():
            return started_at, started_at + timedelta(seconds=seconds_in(end))
        return started_at, clock.leaving(end, started_at) or started_at
    except ValueError:
        return None  # only the rows have to be readable


def _held_in(found: Found, clock: Clock) -> bool:
    """False if totals are of a meeting that was not during the webinar; rows with times speak for themselves."""
    held = _held(found, clock) if found.format == "zoom_unique" else None
    return held is None or touches(held, clock.window)


def _day(found: Found, stays: list[Stay], clock: Clock, zone: ZoneInfo) -> date | None:
    """The day of the earliest stay; None if the file has hours alone."""
    if any(CLOCK.fullmatch(stay.row.join) for stay in stays):
        return None
    moments = [moment for stay in stays for moment in (stay.join, stay.leave) if moment]
    moments += [held[0]] if (held := _held(found, clock)) else []
    return min(moments).astimezone(zone).date() if moments else None
