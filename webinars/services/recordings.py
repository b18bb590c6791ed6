"""A coordinator's work on the recording of a webinar: write it, publish it, take it back."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.common.text import fold
from network_portal.users.models import User
from webinars.chapters import ChapterLine
from webinars.errors import ChangedMeanwhile, RecordingNotReady, VideoTaken
from webinars.models import Chapter, Recording, Webinar
from webinars.search import index_webinar
from webinars.services import after, places

State, Privacy = Recording.State, Recording.Privacy
NOBODY_SEES = {Privacy.PRIVATE, Privacy.ABSENT}


@transaction.atomic
def save_recording(
    webinar: Webinar,
    *,
    by: User,
    seen: datetime | None,
    video_id: str,
    captions_checked: bool,
    chapters: Iterable[ChapterLine],
    **fields,
) -> Recording:
    """Write the recording of ``webinar`` and its chapters; it is made when there is none.

    ``seen`` is the ``changed_at`` that the person had before them, None when there was no recording. ``fields`` are
    language and transcript, and what YouTube was not asked about: privacy, published_on, seconds, views.
    Raises ChangedMeanwhile, VideoTaken, RecordingNotReady.
    """
    webinar = places.lock(webinar)
    recording = Recording.objects.filter(webinar=webinar).first() or Recording(webinar=webinar, video_id=video_id)
    if (recording.changed_at if recording.pk else None) != seen:
        raise ChangedMeanwhile(_("Somebody else changed this recording meanwhile. Nothing was overwritten."))
    before = {name: getattr(recording, name) for name in ("video_id", *fields)} if recording.pk else {}
    if recording.video_id != video_id:
        _change_video(recording, video_id)
    for name, value in fields.items():
        setattr(recording, name, value)
    _mark_captions(recording, captions_checked, by)
    _check_published(recording)
    recording.state = _state(recording)
    recording.changed_at = timezone.now()
    _write(recording)
    _write_chapters(recording, chapters)
    index_webinar(webinar)
    changed = sorted(name for name, value in before.items() if getattr(recording, name) != value)
    record("webinar.recording", about=webinar.mail_subject, by=by, video=recording.video_id, changed=changed)
    return recording


def _change_video(recording: Recording, video_id: str) -> None:
    """Another video: what was known of the first says nothing about it."""
    if recording.state == State.PUBLISHED:
        raise RecordingNotReady(_("Take the recording back before you change its address."))
    recording.video_id, recording.read_at, recording.title = video_id, None, ""
    recording.privacy, recording.published_on, recording.has_captions = Privacy.UNKNOWN, None, None
    recording.seconds = recording.views = recording.captions_checked_by = recording.captions_checked_at = None


def _mark_captions(recording: Recording, checked: bool, by: User) -> None:
    if checked and recording.captions_checked_at is None:
        recording.captions_checked_by, recording.captions_checked_at = by, timezone.now()
    elif not checked:
        recording.captions_checked_by = recording.captions_checked_at = None


def _check_published(recording: Recording) -> None:
    """What is published stays dated and captioned."""
    if recording.state == State.PUBLISHED and not (recording.captions_checked_at and recording.published_on):
        raise RecordingNotReady(_("A published recording keeps its date and its checked captions. Take it back first."))


def _state(recording: Recording) -> str:
    """Before it is published: it waits for its captions as soon as the video is online and dated."""
    if recording.state == State.PUBLISHED:
        return State.PUBLISHED
    return State.CAPTIONS if recording.published_on and not recording.captions_checked_at else State.DRAFT


def _write(recording: Recording) -> None:
    other = Recording.objects.filter(video_id=recording.video_id).exclude(pk=recording.pk).select_related("webinar").first()
    if other:
        raise VideoTaken(_("This video is already the recording of “%(title)s”") % {"title": other.webinar.title})
    try:
        with transaction.atomic():
            recording.save()
    except IntegrityError as error:  # another webinar got it in this very moment
        raise VideoTaken(_("This video is already the recording of another webinar")) from error


def _write_chapters(recording: Recording, chapters: Iterable[ChapterLine]) -> None:
    recording.chapters.all().delete()
    items = _items_by_title(recording.webinar)
    Chapter.objects.bulk_create(
        Chapter(recording=recording, second=line.second, title=line.title, agenda_item=items.get(fold(line.title)))
        for line in chapters
    )


def _items_by_title(webinar: Webinar) -> dict:
    """Items of the agenda by their folded title; the first of equal ones."""
    return {fold(item.title): item for item in webinar.agenda.order_by("-starts_at", "-pk")}


def link_chapters(webinar: Webinar) -> None:
    """Point each chapter to the item of the agenda with the same title, whose rows were written anew."""
    items = _items_by_title(webinar)
    rows = list(Chapter.objects.filter(recording__webinar=webinar))
    for chapter in rows:
        chapter.agenda_item = items.get(fold(chapter.title))
    Chapter.objects.bulk_update(rows, ["agenda_item"])


def missing_for_publishing(recording: Recording) -> list[str]:
    """What stands in the way of publishing, in words; empty when nothing does. Needs the webinar."""
    webinar = recording.webinar
    wanted = [
        (webinar.state != Webinar.State.PUBLISHED, _("The webinar itself is not published.")),
        (not webinar.is_past, _("The webinar is not over.")),
        (not recording.published_on, _("The day on which the video was published on YouTube is not known.")),
        (recording.privacy in NOBODY_SEES, _("Nobody can see the video on YouTube: it is private or deleted.")),
        (not recording.captions_checked_at, _("Nobody has checked the captions.")),
    ]
    return [text for is_missing, text in wanted if is_missing]


@transaction.atomic
def publish_recording(recording: Recording, *, by: User, tell: bool = True) -> Recording:
    """Show it to everybody; with ``tell`` everybody who had a place is written to. Raises RecordingNotReady.

    It counts towards the cycle's target once it is public on YouTube, too.
    """
    recording = _lock(recording)
    if recording.state == State.PUBLISHED:
        return recording
    if missing := missing_for_publishing(recording):
        raise RecordingNotReady(" ".join(missing))
    _set_state(recording, State.PUBLISHED)
    record("webinar.recording_published", about=recording.webinar.mail_subject, by=by, video=recording.video_id, told=tell)
    if tell:
        after.tell_recording(recording, by=by)
    return recording


@transaction.atomic
def take_back_recording(recording: Recording, *, by: User) -> Recording:
    """Show it to coordinators only; mails about it that have not gone out are withdrawn."""
    recording = _lock(recording)
    if recording.state == State.PUBLISHED:
        _set_state(recording, State.DRAFT)
        after.withdraw_recording(recording)
        record("webinar.recording_taken_back", about=recording.webinar.mail_subject, by=by, video=recording.video_id)
    return recording


def _lock(recording: Recording) -> Recording:
    """The recording as it is now; the webinar's row is locked first, as when it is written."""
    webinar = places.lock(recording.webinar)
    recording = Recording.objects.get(pk=recording.pk)
    recording.webinar = webinar
    return recording


def _set_state(recording: Recording, state: str) -> None:
    recording.state, recording.changed_at = state, timezone.now()
    recording.save(update_fields=["state", "changed_at"])


def published_day(moment: datetime | None) -> date | None:
    """The day of a moment where the network is."""
    return timezone.localdate(moment) if moment else None
