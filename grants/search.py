"""Calls for support as the search finds and shows them."""

from collections.abc import Iterator
from html import unescape

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grants.models import Call, CallFile
from grants.templatetags.calls import status_of
from grants.words import distance
from network_portal.common.search import Query
from network_portal.common.templatetags.portal import plain_text
from network_portal.search import services as index
from network_portal.search.kinds import Kind, Shown
from network_portal.search.services import Document

BATCH = 200  # rows read at a time
RELATED = ("themes", "axes", "criteria", "required_documents", "territories", "questions", "files", "award_lines")


def index_call(call: Call) -> None:
    """Write what the search knows of ``call`` anew, in the transaction of who changed it."""
    index.write(CALLS.code, call_documents(Call.objects.filter(pk=call.pk)))


def call_documents(calls: QuerySet) -> Iterator[Document]:
    """Title, summary, and the words of the page; themes and axes in every language. Of questions those with an answer."""
    for call in calls.order_by("pk").prefetch_related(*RELATED).iterator(chunk_size=BATCH):
        closes = call.closes_local or call.opens_local
        yield Document(
            object_id=call.pk,
            language=call.language,
            title=call.title,
            summary=call.summary,
            text=" · ".join(filter(None, [*_own_words(call), *_words_of_parts(call)])),
            dated_on=closes.date() if closes else None,
            subjects=tuple(theme.labels for theme in call.themes.all()),
            labels=tuple(axis.labels for axis in call.axes.all()),
        )


def _own_words(call: Call) -> Iterator[str]:
    yield from (unescape(plain_text(text)) for text in (call.text, call.how_to_apply, call.result_text))
    yield from (call.who_note, call.lent, call.regulatory_basis, call.official_notice)


def _words_of_parts(call: Call) -> Iterator[str]:
    for criterion in call.criteria.all():
        yield from (criterion.title, criterion.text)
    for document in call.required_documents.all():
        yield from (document.title, document.note)
    yield from (territory.value for territory in call.territories.all())
    is_resolved = call.state == Call.State.RESOLVED  # before, files of the result are the coordinators' own
    yield from (file.title for file in call.files.all() if is_resolved or file.kind != CallFile.Kind.RESULT)
    for line in call.award_lines.all():
        yield from (line.beneficiary, line.project)
    for question in call.questions.all():
        if question.answered_at:
            yield from (question.text, unescape(plain_text(question.answer)))


def _shown(calls: QuerySet, query: Query) -> dict[int, Shown]:
    return {call.pk: _shown_call(call) for call in calls.without_texts()}


def _shown_call(call: Call) -> Shown:
    now = timezone.now()
    words = _("Draft: only coordinators see it") if call.state == Call.State.DRAFT else distance(call, now)
    facts = ((_("Kind of support"), capfirst(call.get_kind_display())),)
    return Shown(call.get_absolute_url(), facts, (status_of(call), capfirst(words)))


CALLS = Kind(
    code="call",
    label=pgettext_lazy("one result", "Call for support"),
    plural=gettext_lazy("Calls for support"),
    records=lambda: Call.objects.all(),
    visible_to=lambda user: Call.objects.visible_to(user),
    documents=call_documents,
    shown=_shown,
)
