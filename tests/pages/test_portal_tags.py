"""How days, hours, numbers and texts are written."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from network_portal.common.templatetags import portal

START = datetime(2026, 9, 24, 9, 0, tzinfo=UTC)
END = datetime(2026, 9, 24, 12, 0, tzinfo=UTC)


def test_a_stored_moment_is_shown_in_the_zone_of_the_network():
    assert portal.clock(START) == "10:00"


def test_a_moment_in_its_own_zone_stays_in_it():
    assert portal.clock(START.astimezone(ZoneInfo("Europe/Rome"))) == "11:00"


def test_days_in_english():
    with translation.override("en"):
        assert portal.day_in_words(START) == "Thursday, 24\u00a0September\u00a02026"


def test_days_in_portuguese_are_in_lower_case_and_do_not_break():
    with translation.override("pt"):
        words = portal.day_in_words(START)
    assert words.startswith("quinta-feira, 24\u00a0")
    assert words == words.lower()
    assert words.count(" ") == 1


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Lisbon", "10:00–13:00 (Lisbon time)"),
        ("Atlantic/Azores", "09:00–12:00 (Azores time)"),
        ("America/Sao_Paulo", "06:00–09:00 (Sao Paulo time)"),
    ],
)
def test_time_range_names_the_zone(zone, expected):
    with translation.override("en"):
        assert portal.time_range(START, END, zone) == expected


@pytest.mark.parametrize(("value", "target", "expected"), [(38, 50, "76"), (1, 3, "33.3"), (7, 5, "100"), (1, 0, "0")])
def test_share_is_a_number_for_svg_in_every_language(value, target, expected):
    with translation.override("pt"):
        shown = Template("{% load portal %}{{ v|share:t }}").render(Context({"v": value, "t": target}))
    assert float(shown) == float(expected)


def test_thousands():
    assert portal.thousands(1234567) == "1\u00a0234\u00a0567"
    assert portal.thousands(None) == ""


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", "javascript:"),
        ('<img src="x" onerror="alert(1)">', "onerror"),
        ('<p style="color:red">x</p>', "style="),
        ("<iframe src='https://x.example'></iframe>", "<iframe"),
    ],
)
def test_markdown_takes_out_what_is_not_text(text, forbidden):
    assert forbidden not in portal.markdown(text)


def test_markdown_keeps_links_and_lists():
    html = portal.markdown("Um *texto* com [ligação](https://example.org)\n\n- um\n- dois")
    assert '<a href="https://example.org" rel="noopener noreferrer">' in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize(("seconds", "words"), [(5, "há instantes"), (60, "há 1\xa0minuto"), (7200, "há 2\xa0horas")])
def test_how_long_ago_something_was(seconds, words):
    assert portal.time_ago(timezone.now() - timedelta(seconds=seconds)) == words
