"""A coordinator's work on the programme of a webinar: its agenda, who speaks, and the axes it looks at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goodpractices.models import Practice
from network_portal.audit.services import record
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from webinars.models import AgendaItem, Speaker, Webinar, WebinarAxis
from webinars.programme import check_within
from webinars.search import index_webinar
from webinars.services import places
from webinars.services.recordings import link_chapters


@dataclass(frozen=True)
class ProgrammeItem:
    """One line of the agenda; ``speakers`` are (name, role, organisation)."""

    starts_at: datetime
    title: str
    note: str = ""
    is_break: bool = False
    speakers: tuple[tuple[str, str, str], ...] = ()
    practice: Practice | None = None


@transaction.atomic
def save_programme(
    webinar: Webinar, *, by: User, items: Iterable[ProgrammeItem], axes: Iterable[tuple[Term, str]], seen=None
) -> Webinar:
    """Write the agenda and the axes in place of those there were.

    ``seen`` is the ``changed_at`` that the person had before them. Raises OutsideWebinar, ChangedMeanwhile.
    """
    webinar = places.lock(webinar)
    places.check_seen(webinar, seen)
    items, axes = list(items), list(axes)
    for item in items:
        check_within(webinar, item.starts_at)
    webinar.agenda.all().delete()
    for item in items:
        _write_item(webinar, item)
    link_chapters(webinar)
    webinar.axes.all().delete()
    WebinarAxis.objects.bulk_create(WebinarAxis(webinar=webinar, axis=axis, sentence=sentence) for axis, sentence in axes)
    webinar.changed_at = timezone.now()
    webinar.save(update_fields=["changed_at"])
    index_webinar(webinar)
    record("webinar.programme", about=webinar.mail_subject, by=by, items=len(items), axes=len(axes))
    return webinar


def _write_item(webinar: Webinar, item: ProgrammeItem) -> None:
    facts = {"title": item.title, "note": item.note, "is_break": item.is_break, "practice": item.practice}
    row = AgendaItem.objects.create(webinar=webinar, starts_at=item.starts_at, **facts)
    row.speakers.set([_speaker(*facts) for facts in item.speakers])


def _speaker(name: str, role: str, organisation: str) -> Speaker:
    """The person known by exactly these words, else a new one."""
    facts = {"name": name, "role": role, "organisation": organisation}
    return Speaker.objects.filter(**facts).order_by("pk").first() or Speaker.objects.create(**facts)
