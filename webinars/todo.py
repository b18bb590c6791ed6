"""What does not go on without a coordinator, as the lines of the overview."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import Municipality
from webinars.models import Recording, Webinar

SOON = timedelta(days=7)  # within which a webinar needs its meeting link


@dataclass(frozen=True)
class Todo:
    """A number, what and why, since or until when, and the one thing to do."""

    number: int
    title: str
    text: str
    day: datetime | None
    act_url: str
    act: str
    url: str = ""  # what the number leads to


def todos(
    webinars: Iterable[Webinar], lost: Iterable[Recording], asking: Iterable[Municipality], without: Iterable[Municipality]
) -> list[Todo]:
    """The most urgent first. ``webinars`` with their places and recordings; ``lost`` are videos that nobody can watch;
    in the towns ``asking`` people wait whom no focal point answers; the towns ``without`` lost theirs."""
    published = [webinar for webinar in webinars if webinar.state == Webinar.State.PUBLISHED]
    coming = [webinar for webinar in published if not webinar.is_past]
    held = sorted((webinar for webinar in published if webinar.is_past), key=lambda webinar: webinar.starts_at)
    drafts = (webinar for webinar in webinars if webinar.state == Webinar.State.DRAFT)
    people = [*map(_asking, asking), *map(_without_focal_point, without)]
    afterwards = [*_open(held), *_unpublished(held), *map(_lost, lost)]
    return [*_full(coming), *_without_link(coming), *people, *afterwards, *map(_draft, drafts)]


def _full(coming: Iterable[Webinar]) -> Iterator[Todo]:
    for webinar in coming:
        if webinar.people_waiting:
            text = _("%(title)s: all %(capacity)s places are taken. More places go to them at once.")
            yield Todo(
                number=webinar.people_waiting,
                title=_("People waiting for webinar %(number)s") % {"number": webinar.number},
                text=text % {"title": webinar.title, "capacity": webinar.capacity},
                day=webinar.starts_local,
                act_url=f"{_page(webinar, 'edit')}#id_capacity",
                act=_("Add places"),
                url=f"{_page(webinar, 'people')}?status=waiting",
            )


def _without_link(coming: Iterable[Webinar]) -> Iterator[Todo]:
    soon = timezone.now() + SOON
    for webinar in coming:
        if not webinar.join_url and webinar.mode != Webinar.Mode.ON_SITE and webinar.starts_at < soon:
            yield Todo(
                number=webinar.places_taken,
                title=_("Webinar %(number)s has no meeting link") % {"number": webinar.number},
                text=_("%(title)s: without it nobody can enter.") % {"title": webinar.title},
                day=webinar.starts_local,
                act_url=f"{_page(webinar, 'edit')}#id_join_url",
                act=_("Add the link"),
            )


def _open(held: Iterable[Webinar]) -> Iterator[Todo]:
    for webinar in held:
        if webinar.attendance_closed_at is None:
            text = _("%(title)s: import the list of the meeting and close attendance. Then certificates can be had.")
            yield Todo(
                number=webinar.number,
                title=_("Attendance of webinar %(number)s is open") % {"number": webinar.number},
                text=text % {"title": webinar.title},
                day=webinar.starts_local,
                act_url=_page(webinar, "attendance"),
                act=_("Attendance"),
            )


def _unpublished(held: Iterable[Webinar]) -> Iterator[Todo]:
    for webinar in held:
        recording = getattr(webinar, "recording", None)
        if recording is None or recording.state != Recording.State.PUBLISHED:
            yield Todo(
                number=webinar.number,
                title=_("The recording of webinar %(number)s is not published") % {"number": webinar.number},
                text=_why_unpublished(recording) % {"title": webinar.title},
                day=webinar.starts_local,
                act_url=_page(webinar, "recording_edit"),
                act=_("Recording"),
            )


def _why_unpublished(recording: Recording | None) -> str:
    if recording is None:
        return _("%(title)s: there is no address of a video yet.")
    if recording.captions_checked_at is None:
        return _("%(title)s: nobody has checked the captions yet.")
    return _("%(title)s: everything is there but your word.")


def _lost(recording: Recording) -> Todo:
    webinar = recording.webinar
    text = _("%(title)s: on YouTube it is private or deleted, and it no longer counts.")
    return Todo(
        number=webinar.number,
        title=_("The recording of webinar %(number)s cannot be watched") % {"number": webinar.number},
        text=text % {"title": webinar.title},
        day=recording.read_at,
        act_url=_page(webinar, "recording_edit"),
        act=_("Recording"),
    )


def _asking(town: Municipality) -> Todo:
    text = ngettext(
        "%(n)s person asks to belong. No focal point can answer: you do.",
        "%(n)s people ask to belong. No focal point can answer: you do.",
        town.people_asking,
    )
    return Todo(
        number=town.people_asking,
        title=_("Requests to belong to %(town)s") % {"town": town.label},
        text=text % {"n": town.people_asking},
        day=town.asked_since,
        act_url=_people(town),
        act=_("Answer"),
    )


def _without_focal_point(town: Municipality) -> Todo:
    return Todo(
        number=0,
        title=_("%(town)s has no focal point any more") % {"town": town.label},
        text=_("The last one’s account was closed or erased. Make one of its people a focal point, or invite somebody."),
        day=None,
        act_url=_people(town),
        act=_("People"),
    )


def _people(town: Municipality) -> str:
    return reverse("municipalities:colleagues", args=[town.slug])


def _draft(webinar: Webinar) -> Todo:
    return Todo(
        number=webinar.number,
        title=_("Draft: %(title)s") % {"title": webinar.title},
        text=_("Nobody sees it, and nobody can register, before it is published."),
        day=webinar.starts_local,
        act_url=_page(webinar, "edit"),
        act=_("Go on"),
    )


def _page(webinar: Webinar, name: str) -> str:
    return reverse(f"webinars:{name}", args=[webinar.slug])
