"""The calendar entries: who sends them, to whom, and what odd titles become (RFC 5545)."""

from datetime import UTC

import pytest
from icalendar import Calendar

from tests.factories import make_registration, make_webinar
from webinars import calendars, links

pytestmark = pytest.mark.django_db


def entry(registration, method="REQUEST"):
    return Calendar.from_ical(calendars.invitation(registration, method=method)).walk("VEVENT")[0]


def test_the_organizer_is_who_sends_the_mail_and_the_attendee_is_one_person(settings):
    settings.DEFAULT_FROM_EMAIL = "Rede <avisos@rede.example>"
    registration = make_registration(make_webinar())
    event = entry(registration)
    assert str(event["organizer"]) == "mailto:avisos@rede.example"
    assert str(event["attendee"]) == f"mailto:{registration.person.email}"
    assert event["attendee"].params["RSVP"] == "FALSE"


def test_a_cancellation_has_the_same_uid_and_says_cancelled():
    registration = make_registration(make_webinar())
    request, cancel = entry(registration), entry(registration, "CANCEL")
    assert (str(request["uid"]), str(cancel["status"])) == (str(cancel["uid"]), "CANCELLED")


def test_times_are_in_utc_and_the_link_is_the_personal_page():
    webinar = make_webinar(join_url="https://meeting.example/secret")
    registration = make_registration(webinar)
    event = entry(registration)
    assert event["dtstart"].dt == webinar.starts_at.astimezone(UTC).replace(microsecond=0)
    assert str(event["url"]) == links.join_url(registration)
    assert "meeting.example" not in calendars.invitation(registration, method="REQUEST")


@pytest.mark.parametrize("title", ["a\r\nATTENDEE:x;b,c\\", "a\rX:1", "a\nb", 'q "x"; y', "ç" * 200])
def test_an_odd_title_stays_text(title):
    registration = make_registration(make_webinar(title=title), name='A "b"; c, d:\r\nX:é')
    raw = calendars.invitation(registration, method="REQUEST")
    lines = raw.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any("\r" in line or "\n" in line or line.startswith(("X:", "ATTENDEE:x")) for line in lines)
    calendar = Calendar.from_ical(raw)
    assert not calendar.errors
    assert str(calendar.walk("VEVENT")[0]["summary"]) == title.replace("\r\n", "\n").replace("\r", "\n")


def test_the_public_calendar_names_nobody_and_asks_to_be_read_again():
    webinar = make_webinar(join_url="https://meeting.example/secret")
    registration = make_registration(webinar)
    raw = calendars.public_calendar([webinar], name="Ciclo").decode()
    lines = raw.split("\r\n")
    assert {"METHOD:PUBLISH", "NAME:Ciclo", "X-WR-CALNAME:Ciclo", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"} <= set(lines)
    assert "ATTENDEE" not in raw
    assert registration.person.email not in raw
    assert "meeting.example" not in raw
