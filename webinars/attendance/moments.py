"""Moments and durations as meeting programmes write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from webinars.attendance.errors import AmbiguousDates
from webinars.attendance.intervals import Interval

NONE = {"", "-", "--", "---", "–", "—", "n/a"}
HOUR = (
    r"(?P<hour>\d{1,2})[:hH.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,6})?)?"
    r"\s*(?P<half>[AaPp])?(?(half)\.?\s?[Mm]\.?)"
)
ZONE = r"(?:\s*\(?(?P<zone>Z|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?|UTC|GMT|WET|WEST|CET|CEST|AZOT|AZOST)\)?)?"
DAY = (
    r"(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})[/.-](?P<then>\d{1,2})[/.-](?P<end>\d{4}|\d{2}))"
)
CLOCK = re.compile(HOUR, re.ASCII)
MOMENT = re.compile(rf"{DAY}(?:,?\s+|T){HOUR}{ZONE}", re.ASCII)
TWO_WAYS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?!\d)", re.ASCII)
HALF_DAY = re.compile(r"\d\s*[ap]\.?\s?m", re.IGNORECASE)
SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,12}))?", re.ASCII)
SERIAL_EPOCH, SERIALS = datetime(1899, 12, 30), range(36_526, 73_051)  # the years 2000 to 2099
YEARS = range(2000, 2100)
ZONES = {"WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "AZOT": -1, "AZOST": 0}  # hours from UTC
OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")
COLONS = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})", re.ASCII)
PARTS = re.compile(
    r"(?:(\d{1,5})\s?h(?:rs?|ours?|oras?)?\.?|(\d{1,5})\s?or[ae])?\s*(?:(\d{1,5})\s?m(?:ins?|inut[eio]s?)?\.?)?\s*(?:(\d{1,5})\s?s(?:ec(?:ond)?s?|eg(?:undo)?s?)?\.?)?",
    re.ASCII | re.IGNORECASE,
)


def seconds_in(text: str) -> int | None:
    """ "110" (minutes), "1:02:30", "45:30", "3h 1m 45s", "1 hr 2 min" in seconds; None for "--" and nothing.

    Raises ValueError for anything else.
    """
    if text.casefold() in NONE:
        return None
    if re.fullmatch(r"\d{1,6}(?:[.,]\d{1,4})?", text, re.ASCII):
        return round(float(text.replace(",", ".")) * 60)
    if match := COLONS.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
    elif match := PARTS.fullmatch(text):
        hours, ore, minutes, seconds = (int(part or 0) for part in match.groups())
        hours += ore
    else:
        raise ValueError(text)
    return hours * 3600 + minutes * 60 + seconds


class Order(NamedTuple):
    """Whether the day comes before the month in a whole file."""

    day_first: bool
    doubtful: list[str]  # moments that make it matter, if it was only guessed


def order_of(texts: Iterable[str], *, language: str, answer: bool | None) -> Order:
    """``answer`` is what a person said: True if the day comes first.

    A part above 12 proves it; then the answer counts, then AM and PM (month first), then a heading that is not in
    English (day first). Raises AmbiguousDates if none of it decides and it makes a difference.
    """
    doubtful, has_half_days = [], False
    for text in texts:
        if not (match := TWO_WAYS.match(text)):
            continue
        first, then = int(match[1]), int(match[2])
        if first > 12 or then > 12:
            return Order(first > 12, [])
        has_half_days = has_half_days or bool(HALF_DAY.search(text))
        if first != then:
            doubtful.append(text)
    if answer is not None or not doubtful:
        return Order(answer is not False, [])
    examples = list(dict.fromkeys(doubtful))[:3]
    if language == "en" and not has_half_days:
        raise AmbiguousDates(examples)
    return Order(not has_half_days, examples)


@dataclass(frozen=True)
class Clock:
    """Reads the moments of one file."""

    zone: tzinfo  # of moments that do not name theirs
    window: Interval  # of the webinar: what gives a time without a day its day
    day_first: bool

    def moment(self, text: str) -> datetime | None:
        """In UTC; None for "--" and nothing. Raises ValueError.

        Of an hour that comes twice because clocks change it is the first.
        """
        if text.casefold() in NONE:
            return None
        if match := MOMENT.fullmatch(text):
            local = datetime.combine(self._day(match), _time(match))
            return local.replace(tzinfo=_zone(match["zone"]) or self.zone).astimezone(UTC)
        if match := CLOCK.fullmatch(text):
            return self._nearest(_time(match))
        return _serial(text).replace(tzinfo=self.zone).astimezone(UTC)

    def leaving(self, text: str, joined_at: datetime | None) -> datetime | None:
        """As ``moment``, not before ``joined_at``: without a day it may be after midnight. Raises ValueError."""
        left_at = self.moment(text)
        if left_at is None or joined_at is None:
            return left_at
        if CLOCK.fullmatch(text):
            local, hour = joined_at.astimezone(self.zone), left_at.astimezone(self.zone).time()
            same_day = datetime.combine(local.date(), hour, tzinfo=self.zone).astimezone(UTC)
            if same_day >= joined_at:
                return same_day
            return datetime.combine(local.date() + timedelta(days=1), hour, tzinfo=self.zone).astimezone(UTC)
        if left_at < joined_at:  # joined before clocks went back, left in the hour that came again
            left_at = left_at.astimezone(self.zone).replace(fold=1).astimezone(UTC)
        if left_at < joined_at:
            raise ValueError(text)
        return left_at

    def other_order(self) -> "Clock":
        return replace(self, day_first=not self.day_first)

    def _day(self, match: re.Match) -> date:
        if match["year"]:
            return _date(int(match["year"]), int(match["month"]), int(match["day"]))
        first, then, year = int(match["first"]), int(match["then"]), int(match["end"])
        day, month = (first, then) if self.day_first else (then, first)
        return _date(year + 2000 if year < 100 else year, month, day)

    def _nearest(self, hour: time) -> datetime:
        """The hour on the day of the webinar, the day before or after: where it is nearest to the webinar."""
        begin, end = self.window
        day = begin.astimezone(self.zone).date()
        days = (day, day + timedelta(days=1), day - timedelta(days=1))
        moments = [datetime.combine(d, hour, tzinfo=self.zone).astimezone(UTC) for d in days]
        return min(moments, key=lambda m: max(begin - m, m - end, timedelta()))


def _date(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise ValueError(year)
    return date(year, month, day)


def _time(match: re.Match) -> time:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        if hour == 0 or half == "a":
            raise ValueError(match[0])
        half = ""  # "14:31 PM": some programmes write both
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(match["minute"]), int(match["second"] or 0))


def _zone(name: str | None) -> timezone | None:
    if not name:
        return None
    if name in ZONES:
        return timezone(timedelta(hours=ZONES[name]))
    if not (match := OFFSET.search(name)):
        return UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset)


def _serial(text: str) -> datetime:
    """A moment as the number of days that a spreadsheet keeps, to the second."""
    match = SERIAL.fullmatch(text)
    if not match or int(match[1]) not in SERIALS:
        raise ValueError(text)
    seconds = round(float(f"0.{match[2] or 0}") * 86_400)
    return SERIAL_EPOCH + timedelta(days=int(match[1]), seconds=seconds)
