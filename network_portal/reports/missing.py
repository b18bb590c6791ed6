"""What a report would be better with: said before freezing, never in the way."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network_portal.common.templatetags.portal import day_and_month
from webinars.models import Cycle, Recording, Webinar


@dataclass(frozen=True)
class Missing:
    """One thing, why it matters, and where it is done."""

    title: str
    text: str
    url: str = ""


def missing(cycle: Cycle, *, until: date) -> list[Missing]:
    """By webinar; two queries."""
    webinars = cycle.webinars.filter(state=Webinar.State.PUBLISHED).order_by("number").select_related("recording")
    meant = [w for w in webinars if w.starts_local.date() <= until]
    return [thing for webinar in meant for thing in _of(webinar, until)]


def _of(webinar: Webinar, until: date) -> list[Missing]:
    words = {"number": webinar.number, "title": webinar.title, "day": day_and_month(webinar.starts_local)}
    if webinar.ends_at > timezone.now():
        title = _("Webinar %(number)s is not over yet") % words
        return [Missing(title, _("It does not count before its end: freeze afterwards, or choose the day before.") % words)]
    found = []
    if not webinar.attendance_closed_at:
        title = _("Attendance of webinar %(number)s is still open") % words
        text = _("%(title)s, %(day)s: its figures can still change. Close attendance to seal them.") % words
        found.append(Missing(title, text, reverse("webinars:attendance", args=[webinar.slug])))
    recording = getattr(webinar, "recording", None)
    if not _counts(recording, until):
        title = _("Webinar %(number)s has no published recording") % words
        text = _("%(title)s, %(day)s: it counts once everybody can watch it and the day is known.") % words
        found.append(Missing(title, text, reverse("webinars:recording_edit", args=[webinar.slug])))
    return found


def _counts(recording: Recording | None, until: date) -> bool:
    if recording is None or recording.published_on is None or recording.published_on > until:
        return False
    return recording.state == Recording.State.PUBLISHED and recording.privacy == Recording.Privacy.PUBLIC
