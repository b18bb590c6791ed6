"""Moments and durations: which order of day and month, which zone, which day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.attendance.files import LISBON, MEET, at, facts, read
from webinars.attendance import errors
from webinars.attendance.moments import Clock, seconds_in

AZORES = ZoneInfo("Atlantic/Azores")
CLOCK = Clock(LISBON, (at("14:30").astimezone(UTC), at("17:30").astimezone(UTC)), day_first=True)
TWO_PM = datetime(2024, 3, 14, 14, 31, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "14/03/2024 14:31:02",
        "14/03/2024, 14:31:02",
        "14/3/24, 2:31:02 PM",
        "14/3/24, 2:31:02 p. m.",
        "14/3/24, 2:31:02 p.m.",
        "14.03.2024 14.31.02",
        "14-03-2024 14:31:02",
        "2024-03-14 14:31:02",
        "2024-03-14T14:31:02Z",
        "2024-03-14T14:31:02.000Z",
        "2024-03-14T15:31:02+01:00",
        "2024/03/14 14:31:02",
        "14/03/2024 15:31:02 CET",
        "14/03/2024 02:31:02 PM (UTC)",
        "14/03/2024 13:31:02 GMT-1",
        "14/03/2024 14:31:02 PM",
        "45365.6048842593",
        "45365,6048842593",
    ],
)
def test_ways_of_writing_a_moment(text):
    assert CLOCK.moment(text) == TWO_PM


@pytest.mark.parametrize("text", ["", "-", "--", "–", "n/a"])
def test_no_moment(text):
    assert CLOCK.moment(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("31/02/2024 10:00", "14/13/2024 10:00", "14/03/2024", "14/03/2024 25:00", "14/03/2024 10:61", "14/03/2024 0:10 PM"),
        *("14/03/2024 14:31 AM", "14/03/2024 10:00 EST", "yesterday", "14/03/9999 10:00", "12345.5", "454545.5", "10"),
    ],
)
def test_no_such_moment(text):
    with pytest.raises(ValueError):  # noqa: PT011 (what is raised has no words of its own)
        CLOCK.moment(text)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("12:05 AM", (0, 5)), ("12:05 PM", (12, 5)), ("1:05 PM", (13, 5)), ("11:59 PM", (23, 59)), ("14h31", (14, 31))],
)
def test_twelve_hours(text, hour):
    moment = CLOCK.moment(text).astimezone(LISBON)
    assert (moment.hour, moment.minute) == hour


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("110", 6600),
        ("1,5", 90),
        ("1:02:30", 3750),
        ("45:30", 2730),
        ("3h 1m 45s", 10905),
        ("1 hr 2 min", 3720),
        ("2 hr 54 min", 10440),
        ("58 min", 3480),
        ("1 h 5 min", 3900),
        ("30m", 1800),
        ("45s", 45),
        ("1 hora 5 minutos", 3900),
        ("2 ore 3 minuti", 7380),
        ("1 ora", 3600),
        ("2 hours 1 minute", 7260),
        ("0", 0),
        ("--", None),
        ("", None),
    ],
)
def test_durations(text, seconds):
    assert seconds_in(text) == seconds


@pytest.mark.parametrize("text", ["soon", "-5", "1 week", "9" * 5000 + "h", "1:2:3:4"])
def test_no_such_duration(text):
    with pytest.raises(ValueError):  # noqa: PT011
        seconds_in(text)


def dated(*moments: str, heading="Name,Email,Join time,Leave time") -> str:
    """Pairs of joining and leaving, each of another person."""
    pairs = zip(moments[::2], moments[1::2], strict=True)
    return "\n".join([heading, *(f'P{n},,"{join}","{leave}"' for n, (join, leave) in enumerate(pairs))])


def test_one_day_above_twelve_decides_for_the_whole_file():
    text = dated("03/04/2024 14:30", "03/04/2024 15:00", "13/04/2024 14:30", "13/04/2024 15:00")
    sheet = read(text, start="2024-04-03 14:00", end="2024-04-03 16:00")
    assert [p.identity for p in sheet.people] == ["name:p0"]


def test_a_second_part_above_twelve_is_month_first():
    text = dated("04/03/2024 14:30", "04/03/2024 15:00", "04/13/2024 14:30", "04/13/2024 15:00")
    sheet = read(text, start="2024-04-03 14:00", end="2024-04-03 16:00")
    assert [p.identity for p in sheet.people] == ["name:p0"]


def test_the_order_is_never_decided_by_row():
    text = dated("13/04/2024 14:30", "13/04/2024 15:00", "04/14/2024 14:30", "04/14/2024 15:00")
    with pytest.raises(errors.UnreadableRow) as raised:
        read(text, start="2024-04-13 14:00", end="2024-04-13 16:00")
    assert (raised.value.row, raised.value.column, raised.value.value) == (3, "Join time", "04/14/2024 14:30")


def test_the_registration_shows_the_order_too():
    heading = "Attended,User Name (Original Name),Email,Registration Time,Join Time,Leave Time"
    text = f"Attendee Details,\n{heading}\nYes,Ana,a@x.example,03/29/2024 10:00,04/03/2024 14:30,04/03/2024 15:00\n"
    assert facts(read(text, start="2024-04-03 14:00", end="2024-04-03 16:00"))[0][1] == 30


def test_half_days_are_month_first():
    text = dated("04/03/2024 02:30 PM", "04/03/2024 03:00 PM")
    assert facts(read(text, start="2024-04-03 14:00", end="2024-04-03 16:00"))[0][1] == 30


def test_a_heading_not_in_english_is_day_first():
    text = dated("03/04/2024 14:30", "03/04/2024 15:00", heading="Nome,E-mail,Hora de entrada,Hora de saída")
    assert facts(read(text, start="2024-04-03 14:00", end="2024-04-03 16:00"))[0][1] == 30


def test_ambiguous_dates_are_asked_about_and_the_answer_counts():
    text = dated("03/04/2024 14:30", "03/04/2024 15:00", "03/04/2024 14:45", "04/04/2024 01:00")
    with pytest.raises(errors.AmbiguousDates) as raised:
        read(text, start="2024-04-03 14:00", end="2024-04-03 16:00")
    assert raised.value.examples == ["03/04/2024 14:30", "03/04/2024 15:00", "03/04/2024 14:45"]
    assert [f[1] for f in facts(read(text, start="2024-04-03 14:00", end="2024-04-03 16:00", day_first=True))] == [30, 75]
    text = dated("04/03/2024 14:30", "04/03/2024 15:00")
    assert facts(read(text, start="2024-04-03 14:00", end="2024-04-03 16:00", day_first=False))[0][1] == 30


def test_the_answer_does_not_outweigh_proof():
    assert facts(read(dated("03/14/2024 14:30", "03/14/2024 15:00"), day_first=True))[0][1] == 30


def test_the_same_in_both_orders_is_not_asked_about():
    text = dated("04/04/2024 14:30", "04/04/2024 15:00")
    assert facts(read(text, start="2024-04-04 14:00", end="2024-04-04 16:00"))[0][1] == 30


def test_a_guess_that_misses_the_webinar_is_asked_about():
    """British English writes the day first, with AM and PM."""
    text = dated("03/04/2024 02:30 PM", "03/04/2024 03:00 PM")
    with pytest.raises(errors.AmbiguousDates):
        read(text, start="2024-04-03 14:00", end="2024-04-03 16:00")
    assert facts(read(text, start="2024-04-03 14:00", end="2024-04-03 16:00", day_first=True))[0][1] == 30


def test_the_zone_of_the_webinar_is_that_of_the_file():
    text = dated("2024-03-14 14:31:02", "2024-03-14 15:31:02")
    lisbon, azores = read(text).people[0], read(text, zone=AZORES).people[0]
    assert lisbon.first_join_at == datetime(2024, 3, 14, 14, 31, 2, tzinfo=UTC)
    assert azores.first_join_at == datetime(2024, 3, 14, 15, 31, 2, tzinfo=UTC)
    assert lisbon.minutes == azores.minutes == 60


def test_a_webinar_over_the_hour_that_comes_twice():
    """On 27 October 2024 clocks in Lisbon go from 01:59 back to 01:00."""
    text = dated("27/10/2024 00:30", "27/10/2024 02:30", "27/10/2024 01:50", "27/10/2024 01:10")
    sheet = read(text, start="2024-10-27 00:00", end="2024-10-27 03:00")
    assert [p.minutes for p in sheet.people] == [180, 20]


def test_a_webinar_over_the_hour_that_does_not_exist():
    """On 31 March 2024 clocks in the Azores go from 23:59 of the 30th to 01:00."""
    text = dated("30/03/2024 23:30", "31/03/2024 01:30")
    sheet = read(text, start="2024-03-30 23:00", end="2024-03-31 02:00", zone=AZORES)
    assert [p.minutes for p in sheet.people] == [60]


def test_hours_alone_are_of_the_webinar_s_day_and_cross_midnight():
    rows = ["Ana,,,40 min,23:40,0:20", "Rui,,,30 min,0:10,0:40", "Eva,,,2 hr,22:30,0:30", "Bia,,,10 min,11:50 PM,12:00 AM"]
    text = "\n".join([MEET, *rows])
    sheet = read(text, start="2024-03-14 23:00", end="2024-03-15 01:00")
    assert facts(sheet) == [
        ("name:ana", 40, "23:40:00", "00:20:00", 1),
        ("name:rui", 30, "00:10:00", "00:40:00", 1),
        ("name:eva", 90, "23:00:00", "00:30:00", 1),
        ("name:bia", 10, "23:50:00", "00:00:00", 1),
    ]
    assert sheet.people[1].first_join_at == datetime(2024, 3, 15, 0, 10, tzinfo=UTC)


def test_leaving_before_joining_cannot_be_read():
    with pytest.raises(errors.UnreadableRow) as raised:
        read(dated("2024-03-14 15:00", "2024-03-14 14:00"))
    assert (raised.value.row, raised.value.column, raised.value.value) == (2, "Leave time", "2024-03-14 14:00")
