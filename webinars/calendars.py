"""iCalendar (RFC 5545, iTIP RFC 5546): the entry in a person's calendar, and the public feed. Times are in UTC."""

from datetime import UTC, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from network_portal.common.links import absolute
from webinars.links import join_url
from webinars.models import Registration, Webinar

REFRESH = timedelta(hours=6)


def invitation(registration: Registration, *, method: str) -> str:
    """The entry of one person as ``REQUEST`` or ``CANCEL``.

    Its UID stays the same for the person and the webinar even after cancelling and coming back; SEQUENCE only grows.
    """
    webinar, person = registration.webinar, registration.person
    event = _event(webinar, sequence=registration.sequence)
    event.add("uid", f"webinar-{webinar.pk}-person-{person.pk}@{_host()}")
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("url", join_url(registration))
    event.add("description", f"{webinar.summary}\n{join_url(registration)}".strip())
    # the address that sends the mail: clients ignore an update or a cancellation from anybody else
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = settings.NETWORK_NAME
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params.update({"CN": registration.name.replace('"', "'"), "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    event.add("attendee", attendee)
    return _calendar(method, [event]).to_ical().decode()


def public_calendar(webinars, *, name: str = "") -> bytes:
    """A feed or a file of ``webinars`` for anybody: METHOD:PUBLISH, no people, no link to a room."""
    events = []
    for webinar in webinars:
        event = _event(webinar, sequence=webinar.sequence)
        event.add("uid", f"webinar-{webinar.pk}@{_host()}")
        event.add("status", "CANCELLED" if webinar.state == Webinar.State.CANCELLED else "CONFIRMED")
        event.add("url", absolute(webinar.get_absolute_url()))
        event.add("description", f"{webinar.summary}\n{absolute(webinar.get_absolute_url())}".strip())
        events.append(event)
    calendar = _calendar("PUBLISH", events)
    calendar.add("name", name or settings.NETWORK_NAME)
    calendar.add("x-wr-calname", name or settings.NETWORK_NAME)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    return calendar.to_ical()


def _event(webinar: Webinar, *, sequence: int) -> Event:
    event = Event()
    event.add("sequence", sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("last-modified", webinar.changed_at.astimezone(UTC))
    event.add("dtstart", webinar.starts_at.astimezone(UTC))
    event.add("dtend", webinar.ends_at.astimezone(UTC))
    event.add("summary", webinar.title, parameters={"LANGUAGE": webinar.language})
    event.add("location", webinar.where)
    event.add("transp", "OPAQUE")
    return event


def _calendar(method: str, events: list[Event]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Network portal//Webinars//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return calendar


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
