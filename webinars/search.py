"""Webinars and recordings as the search finds and shows them."""

from collections.abc import Iterator
from html import unescape

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from network_portal.common.search import Query, marked
from network_portal.common.templatetags.portal import date_in_words, plain_text
from network_portal.search import services as index
from network_portal.search.kinds import Kind, Part, Shown
from network_portal.search.services import Document
from webinars.chapters import clock_of
from webinars.models import Recording, Webinar

BATCH = 200  # rows read at a time
MOST_CHAPTERS = 3  # shown of a recording
BETWEEN = " · "


def index_webinar(webinar: Webinar) -> None:
    """Write what the search knows of ``webinar`` and of its recording anew, in the transaction of who changed it."""
    index.write(WEBINARS.code, webinar_documents(Webinar.objects.filter(pk=webinar.pk)))
    index.write(RECORDINGS.code, recording_documents(Recording.objects.filter(webinar=webinar)))


def webinar_documents(webinars: QuerySet) -> Iterator[Document]:
    """Title, summary, and all the words of the page; themes and axes in every language."""
    related = ("other_themes", "axes__axis", "agenda__speakers", "slides")
    rows = webinars.order_by("pk").select_related("theme", "cycle").prefetch_related(*related)
    for webinar in rows.iterator(chunk_size=BATCH):
        axes = list(webinar.axes.all())
        yield Document(
            object_id=webinar.pk,
            language=webinar.language,
            title=webinar.title,
            summary=webinar.summary,
            text=BETWEEN.join(filter(None, [_plain(webinar.text), *(row.sentence for row in axes), *_rest(webinar)])),
            dated_on=webinar.starts_local.date(),
            subjects=tuple(theme.labels for theme in (webinar.theme, *webinar.other_themes.all())),
            labels=tuple(row.axis.labels for row in axes),
        )


def _rest(webinar: Webinar) -> Iterator[str]:
    for item in webinar.agenda.all():
        yield from (item.title, item.note)
        for speaker in item.speakers.all():
            yield ", ".join(filter(None, [speaker.name, speaker.role, speaker.organisation]))
    yield from (slides.title for slides in webinar.slides.all())
    yield from (webinar.place, webinar.cycle.title)


def recording_documents(recordings: QuerySet) -> Iterator[Document]:
    """The webinar's title, the chapters and the transcript."""
    rows = recordings.order_by("pk").select_related("webinar").prefetch_related("chapters")
    for recording in rows.iterator(chunk_size=BATCH):
        chapters = sorted(recording.chapters.all(), key=lambda chapter: chapter.second)
        yield Document(
            object_id=recording.pk,
            language=recording.language,
            title=recording.webinar.title,
            summary=BETWEEN.join(chapter.title for chapter in chapters),
            text=_plain(recording.transcript),
            dated_on=recording.webinar.starts_local.date(),
        )


def _plain(text: str) -> str:
    return unescape(plain_text(text))


def _shown_webinars(webinars: QuerySet, query: Query) -> dict[int, Shown]:
    return {webinar.pk: _shown_webinar(webinar, query) for webinar in webinars.select_related("theme")}


def _shown_webinar(webinar: Webinar, query: Query) -> Shown:
    theme = marked(webinar.theme.label, query, get_language())
    facts = ((_("Day"), date_in_words(webinar.starts_local)), (_("Theme"), theme))
    return Shown(webinar.get_absolute_url(), facts, _status(webinar))


def _status(webinar: Webinar) -> tuple[str, str]:
    if webinar.state == Webinar.State.DRAFT:
        return "draft", _("Draft: only coordinators see it")
    if webinar.state == Webinar.State.CANCELLED:
        return "off", _("Cancelled")
    return ("ok", _("Held")) if webinar.is_past else ("open", pgettext("webinar", "To come"))


def _shown_recordings(recordings: QuerySet, query: Query) -> dict[int, Shown]:
    rows = recordings.select_related("webinar").defer("transcript").prefetch_related("chapters")
    return {recording.pk: _shown_recording(recording, query) for recording in rows}


def _shown_recording(recording: Recording, query: Query) -> Shown:
    url = f"{recording.webinar.get_absolute_url()}#recording"
    chapters = sorted(recording.chapters.all(), key=lambda chapter: chapter.second)
    titles = [(chapter, marked(chapter.title, query, recording.language)) for chapter in chapters]
    parts = [Part(clock_of(chapter.second), title, url) for chapter, title in titles if "<mark>" in title]
    facts = [(_("Day"), date_in_words(recording.webinar.starts_local))]
    if recording.seconds:
        facts.append((_("Duration"), _("%(minutes)s min") % {"minutes": round(recording.seconds / 60)}))
    is_public = recording.state == Recording.State.PUBLISHED and recording.webinar.state != Webinar.State.DRAFT
    status = None if is_public else ("draft", _("Draft: only coordinators see it"))
    return Shown(url, tuple(facts), status, tuple(parts[:MOST_CHAPTERS]))


WEBINARS = Kind(
    code="webinar",
    label=pgettext_lazy("one result", "Webinar"),
    plural=gettext_lazy("Webinars"),
    records=lambda: Webinar.objects.all(),
    visible_to=lambda user: Webinar.objects.visible_to(user),
    documents=webinar_documents,
    shown=_shown_webinars,
)
RECORDINGS = Kind(
    code="recording",
    label=pgettext_lazy("one result", "Recording"),
    plural=gettext_lazy("Recordings"),
    records=lambda: Recording.objects.all(),
    visible_to=lambda user: Recording.objects.visible_to(user),
    documents=recording_documents,
    shown=_shown_recordings,
)
