"""What an app gives to the search: its kinds of record, who may see them, and how they are shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.safestring import SafeString

from network_portal.common.search import Query, marked, passage
from network_portal.search.models import Entry
from network_portal.search.services import Document


@dataclass(frozen=True)
class Part:
    """A place inside a record where the words are: a chapter of a recording with its minute."""

    label: str
    text: SafeString
    url: str


@dataclass(frozen=True)
class Hit:
    """A result as it is shown: ``facts`` are (label, value); ``status`` is (kind of the sign, word) or nothing."""

    kind: str
    title: SafeString
    passage: SafeString
    language: str
    url: str
    facts: tuple[tuple[str, str], ...] = ()
    status: tuple[str, str] | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What an app knows of a record that was found; title and passage come from the index."""

    url: str
    facts: tuple[tuple[str, str], ...] = ()
    status: tuple[str, str] | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of record: ``records`` are all, ``documents`` say what of some is found, ``shown`` how those of a page look."""

    code: str
    label: str  # of one
    plural: str
    records: Callable[[], QuerySet]
    visible_to: Callable[[object], QuerySet]
    documents: Callable[[QuerySet], Iterable[Document]]
    shown: Callable[[QuerySet, Query], dict[int, Shown]]  # in one or two queries


def visible_entries(kinds: Iterable[Kind], user) -> QuerySet:
    """The entries whose records ``user`` may see, asked of each kind's own rule."""
    rule = Q(pk__in=[])
    for kind in kinds:
        records = kind.visible_to(user).order_by().filter(pk=OuterRef("object_id"))
        rule |= Q(Exists(records), kind=kind.code)
    return Entry.objects.filter(rule)


def hits_of(entries: list[Entry], query: Query, kinds: Iterable[Kind], user) -> list[Hit]:
    """The results in the order of ``entries``. A record that went meanwhile is left out."""
    shown: dict[tuple[str, int], Shown] = {}
    for kind in kinds:
        wanted = [entry.object_id for entry in entries if entry.kind == kind.code]
        found = kind.shown(_of(kind.visible_to(user), wanted), query) if wanted else {}
        shown |= {(kind.code, pk): facts for pk, facts in found.items()}
    labels = {kind.code: kind.label for kind in kinds}
    found = [(entry, shown.get((entry.kind, entry.object_id))) for entry in entries]
    return [_hit(entry, labels[entry.kind], query, facts) for entry, facts in found if facts]


def _of(records: QuerySet[Model], wanted: list[int]) -> QuerySet:
    return records.filter(pk__in=wanted)


def _hit(entry: Entry, label: str, query: Query, shown: Shown) -> Hit:
    return Hit(
        kind=label,
        title=marked(entry.title, query, entry.language),
        passage=passage_of(entry, query, has_parts=bool(shown.parts)),
        language=entry.language,
        **vars(shown),
    )


def passage_of(entry: Entry, query: Query, *, has_parts: bool = False) -> SafeString:
    """The summary when the words are in it or nowhere else to be shown, else where they are in the text.

    Not the summary when the parts of the record that hold the words are shown.
    """
    summary = marked(entry.summary, query, entry.language)
    if "<mark>" in summary and not has_parts:
        return summary
    return passage(entry.text, query, entry.language) or (SafeString("") if has_parts else summary)
