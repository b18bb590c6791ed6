"""Deadlines as iCalendar (RFC 5545). Times are in UTC; an entry without an end is the moment itself."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from grants.models import Call
from network_portal.common.links import absolute

REFRESH = timedelta(hours=6)
ALARM = timedelta(days=-1)
OFF = (Call.State.CANCELLED, Call.State.VOID)


def deadlines(calls, *, name: str = "") -> bytes:
    """A feed or file of the closing moments of ``calls`` (annotated by ``with_sequence``); METHOD:PUBLISH, no people."""
    calendar = Calendar()
    calendar.add("prodid", "-//Network portal//Calls//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name or settings.NETWORK_NAME)
    calendar.add("x-wr-calname", name or settings.NETWORK_NAME)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for call in calls:
        calendar.add_component(_deadline(call))
    return calendar.to_ical()


def _deadline(call: Call) -> Event:
    event, url = Event(), absolute(call.get_absolute_url())
    event.add("uid", f"call-{call.pk}-deadline@{urlsplit(settings.SITE_URL).hostname or 'localhost'}")
    event.add("sequence", call.sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("last-modified", call.changed_at.astimezone(UTC))
    event.add("dtstart", call.closes_at.astimezone(UTC))
    event.add("summary", _("Last moment to apply: %(title)s") % {"title": call.title})
    event.add("description", f"{call.summary}\n{url}".strip())
    event.add("url", url)
    event.add("status", "CANCELLED" if call.state in OFF else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if call.state == Call.State.PUBLISHED:
        event.add_component(_alarm(call))
    return event


def _alarm(call: Call) -> Alarm:
    """A day before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", call.title)
    alarm.add("trigger", ALARM)
    return alarm
