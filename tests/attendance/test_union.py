"""Time spent is that of the union of stays inside the webinar's hours."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from tests.attendance.files import facts, read, zoom
from webinars.attendance import union

START = datetime(2024, 3, 14, 14, 30, tzinfo=UTC)
WINDOW = START, START + timedelta(minutes=180)


def interval(begin: int, end: int):
    """From minute to minute of the webinar; before it is negative."""
    return START + timedelta(minutes=begin), START + timedelta(minutes=end)


def counted(pairs: list[tuple[int, int]]) -> int:
    """The same, minute by minute."""
    return sum(any(begin <= minute < end for begin, end in pairs) for minute in range(180))


@pytest.mark.parametrize("seed", range(300))
def test_as_many_minutes_as_counted_one_by_one(seed):
    chance = random.Random(seed)
    begins = [chance.randint(-60, 220) for _ in range(chance.randint(0, 12))]
    pairs = [(begin, begin + chance.randint(0, 90)) for begin in begins]
    expected = timedelta(minutes=counted(pairs))
    assert union([interval(*pair) for pair in pairs], WINDOW) == expected
    assert union([interval(*pair) for pair in reversed(pairs)], WINDOW) == expected


def test_of_nothing_is_nothing():
    assert union([], WINDOW) == timedelta()


def test_the_whole_day_is_the_whole_webinar():
    assert union([interval(-600, 600)], WINDOW) == timedelta(minutes=180)


def test_rejoins_and_a_phone_beside_a_laptop():
    sheet = read(zoom("Ana,ana@x.example,14:30,15:30", "Ana,ANA@x.example ,15:00,16:00", "Ana tel.,ana@x.example,17:00,17:10"))
    assert facts(sheet) == [("mail:ana@x.example", 100, "14:30:00", "17:10:00", 3)]


def test_minutes_are_whole_ones_rounded_down_over_all_stays():
    sheet = read(zoom("Ana,ana@x.example,14:30:00,14:30:40", "Ana,ana@x.example,15:00:00,15:00:40"))
    assert facts(sheet)[0][1] == 1  # 80 seconds: neither 0 + 0 nor 1 + 1


def test_time_before_the_start_and_after_the_end_is_cut_off():
    sheet = read(zoom("Ana,ana@x.example,13:00,14:40", "Rui,rui@x.example,17:20,19:00", "Eva,eva@x.example,10:00,20:00"))
    assert facts(sheet) == [
        ("mail:ana@x.example", 10, "14:30:00", "14:40:00", 1),
        ("mail:rui@x.example", 10, "17:20:00", "17:30:00", 1),
        ("mail:eva@x.example", 180, "14:30:00", "17:30:00", 1),
    ]


def test_stays_outside_are_left_out_and_counted():
    sheet = read(zoom("Ana,ana@x.example,13:00,14:30", "Ana,ana@x.example,14:30,14:40", "Rui,rui@x.example,17:30,18:00"))
    assert facts(sheet) == [("mail:ana@x.example", 10, "14:30:00", "14:40:00", 1)]
    assert (sheet.rows, sheet.left_out) == (3, 2)


def test_in_and_out_in_the_same_minute_was_there():
    sheet = read(zoom("Ana,ana@x.example,14:31,14:31"))
    assert facts(sheet) == [("mail:ana@x.example", 0, "14:31:00", "14:31:00", 1)]
