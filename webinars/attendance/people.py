"""Stays of a file, put together by person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_portal.common.templatetags.portal import thousands
from webinars.attendance.identity import normalised_name
from webinars.attendance.intervals import Interval, clipped, overlap, union
from webinars.attendance.rows import Found
from webinars.attendance.stays import Stay

MINUTE = timedelta(minutes=1)
NAMED = 5  # people that a note names


@dataclass(frozen=True)
class Attendee:
    """Somebody of a file. Moments are in UTC and inside the webinar's hours, whenever the person really came.

    ``minutes`` are whole ones, rounded down: the union of the stays inside the webinar's hours, so never more than
    the webinar took; None if the file does not say (no leaving time, no times at all).
    """

    identity: str  # "mail:" and the address in lower case, else "name:" and the folded name
    name: str  # as in the file, without "(Guest)"
    email: str  # in lower case, "" if not known
    is_verified: bool  # has an e-mail address
    is_staff: bool  # host, panelist, organizer, presenter
    minutes: int | None
    first_join_at: datetime | None
    last_leave_at: datetime | None
    sessions: int  # stays inside the webinar's hours


def attendees(stays: list[Stay], window: Interval) -> list[Attendee]:
    """One for each identity, in the order in which the file has them."""
    return [_attendee(identity, own, window) for identity, own in _by_identity(stays).items()]


def notes(found: Found, stays: list[Stay], outside: int, window: Interval) -> list[str]:
    """What the person who reads the preview should know, as sentences in the active language."""
    people = _by_identity(stays)
    cut = sum(1 for s in stays if s.interval and clipped(s.interval, window) != s.interval)
    without_times = any(stay.seconds is not None and not stay.interval for stay in stays)
    counted = [
        _counted(found.waiting, _waiting),
        _counted(found.absent, _absent),
        _counted(outside, _outside),
        _counted(cut, _cut),
        without_times and _("The file has totals without times: what was before the start or after the end is in them."),
    ]
    return [note for note in counted + _name_notes(people) if note]


def _by_identity(stays: list[Stay]) -> dict[str, list[Stay]]:
    people: dict[str, list[Stay]] = {}
    for stay in stays:
        people.setdefault(stay.row.identity, []).append(stay)
    return people


def _attendee(identity: str, stays: list[Stay], window: Interval) -> Attendee:
    joins = [max(stay.join, window[0]) for stay in stays if stay.join]
    leaves = [min(stay.leave, window[1]) for stay in stays if stay.leave]
    never_left = any(stay.join and not stay.leave for stay in stays)
    email = stays[0].row.email
    return Attendee(
        identity=identity,
        name=next((stay.row.name for stay in stays if stay.row.name), ""),
        email=email,
        is_verified=bool(email),
        is_staff=any(stay.row.is_staff for stay in stays),
        minutes=_minutes(stays, window),
        first_join_at=min(joins, default=None),
        last_leave_at=None if never_left else max(leaves, default=None),
        sessions=len(stays),
    )


def _minutes(stays: list[Stay], window: Interval) -> int | None:
    if any(stay.is_open for stay in stays) or not any(stay.interval or stay.seconds is not None for stay in stays):
        return None
    times = union((stay.interval for stay in stays if stay.interval and stay.seconds is None), window)
    # two totals of one person may be of the same time: the longer one is what the file proves
    longest = max((_total(stay, window) for stay in stays if stay.seconds is not None), default=timedelta())
    return max(times, longest) // MINUTE


def _total(stay: Stay, window: Interval) -> timedelta:
    """A duration, no longer than the webinar, nor than the part of it between joining and leaving."""
    limit = union([stay.interval], window) if stay.interval else window[1] - window[0]
    return min(timedelta(seconds=stay.seconds), limit)


def _counted(count: int, sentence) -> str:
    return sentence(count) % {"count": thousands(count)} if count else ""


def _waiting(n: int) -> str:
    return ngettext(
        "%(count)s row is of somebody who was in the waiting room only: left out.",
        "%(count)s rows are of people who were in the waiting room only: left out.",
        n,
    )


def _absent(n: int) -> str:
    return ngettext(
        "%(count)s row is of somebody who registered and did not come: left out.",
        "%(count)s rows are of people who registered and did not come: left out.",
        n,
    )


def _outside(n: int) -> str:
    return ngettext(
        "%(count)s row is outside the webinar's hours: left out.",
        "%(count)s rows are outside the webinar's hours: left out.",
        n,
    )


def _cut(n: int) -> str:
    return ngettext(
        "%(count)s row began before the start or lasted beyond the end: that time was cut off.",
        "%(count)s rows began before the start or lasted beyond the end: that time was cut off.",
        n,
    )


def _name_notes(people: dict[str, list[Stay]]) -> list[str]:
    """Names that may hide two people, or split one."""
    unsure = {i: own for i, own in people.items() if not own[0].row.email}
    at_once = [own[0].row.name for own in unsure.values() if _looks_like_two(own)]
    names = {stay.row.name for own in people.values() for stay in own if stay.row.email} if unsure else set()
    with_mail = set(map(normalised_name, names))
    both = [own[0].row.name for i, own in unsure.items() if i.removeprefix("name:") in with_mail]
    sentences = []
    if at_once:
        text = _("Same name without an e-mail address, at the same time: %(names)s. Two people, or two devices.")
        sentences.append(text % _named(at_once))
    if both:
        text = _("Name both with and without an e-mail address: %(names)s. They were kept apart.")
        sentences.append(text % _named(both))
    return sentences


def _looks_like_two(stays: list[Stay]) -> bool:
    if len(stays) < 2:
        return False
    return overlap(stay.interval for stay in stays if stay.interval) or any(stay.seconds is not None for stay in stays)


def _named(names: list[str]) -> dict[str, str]:
    return {"names": ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")}
