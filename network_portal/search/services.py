"""Keeping the index in step: each app says what its records are, whoever writes a record writes its entry too."""

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import transaction

from network_portal.common.search import distinct_words, keys_of, title_key
from network_portal.common.search.stems import LANGUAGES, fold_word
from network_portal.search import fields
from network_portal.search.models import Entry, IndexedWord

LEAST_LETTERS = 4  # of a word that is offered to who misspells it
BATCH = 200
LETTERS = re.compile(r"[^\W\d_]+")
WRITTEN = ["language", "title", "summary", "text", "dated_on", "title_key", "keys"]


@dataclass(frozen=True)
class Document:
    """A record in words. ``subjects`` and ``labels`` are of vocabularies, {language: label} each, found in every language.

    ``subjects`` (themes, whom it is for) and ``place`` (its town) say what the record is about: they count as its title does.
    """

    object_id: int
    language: str
    title: str
    summary: str = ""
    text: str = ""
    dated_on: date | None = None
    labels: tuple[dict[str, str], ...] = ()
    subjects: tuple[dict[str, str], ...] = ()
    place: str = ""


@transaction.atomic
def write(kind: str, documents: Iterable[Document]) -> int:
    """Write the entry of each document, new or not; how many."""
    return _write(kind, documents, list)


@transaction.atomic
def rewrite(kind: str, documents: Iterable[Document]) -> int:
    """Write every entry of ``kind`` that is not there as it should be, and forget those of records that are gone; how many
    there are."""
    there = set(Entry.objects.filter(kind=kind).values_list("object_id", flat=True))

    def noted():
        for document in documents:
            there.discard(document.object_id)
            yield document

    fields.expect_many()
    count = _write(kind, noted(), _changed)
    forget(kind, there)
    return count


def _write(kind: str, documents: Iterable[Document], choose: Callable[[list[Entry]], list[Entry]]) -> int:
    """``choose`` says which entries of a batch are written. The next batch is made ready while the database writes one."""
    count, known = 0, set()
    for batch, entries in _prepared(kind, documents):
        Entry.objects.bulk_create(
            choose(entries), update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=WRITTEN
        )
        _write_words(batch, known)
        count += len(batch)
    if count:
        fields.settle()
    return count


def _changed(entries: list[Entry]) -> list[Entry]:
    """Those that are not in the index as they are: most of them are, when all are written anew each night; one query."""
    kinds, numbers = {entry.kind for entry in entries}, [entry.object_id for entry in entries]
    rows = Entry.objects.filter(kind__in=kinds, object_id__in=numbers).values_list("kind", "object_id", *WRITTEN)
    known = {(kind, object_id): written for kind, object_id, *written in rows}
    return [one for one in entries if known.get((one.kind, one.object_id)) != [getattr(one, name) for name in WRITTEN]]


def forget(kind: str, object_ids: Iterable[int]) -> None:
    """Take records out of the index."""
    for batch in _in_batches(object_ids):
        Entry.objects.filter(kind=kind, object_id__in=batch).delete()


def forget_words() -> None:
    """Forget every word that is offered, before all records are written anew."""
    IndexedWord.objects.all().delete()


def _prepared(kind: str, documents: Iterable[Document]) -> Iterator[tuple[list[Document], list[Entry]]]:
    """Batches with their entries, each made ready by a thread while the one before is in use."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        waiting = None
        for batch in _in_batches(documents):
            begun = batch, aside.submit(_entries, kind, batch)
            if waiting:
                yield waiting[0], waiting[1].result()
            waiting = begun
        if waiting:
            yield waiting[0], waiting[1].result()


def _entries(kind: str, batch: list[Document]) -> list[Entry]:
    return [_entry(kind, document) for document in batch]


def _in_batches(things: Iterable) -> Iterator[list]:
    left = iter(things)
    while batch := list(islice(left, BATCH)):
        yield batch


def _entry(kind: str, document: Document) -> Entry:
    language = document.language
    names = keys_of((document.title, language), (document.place, language), *_in_languages(document.subjects))
    summary = keys_of((document.summary, language))
    rest = keys_of((document.text, language), *_in_languages(document.labels))
    return Entry(
        kind=kind, object_id=document.object_id, language=language, title=document.title[:300], summary=document.summary,
        text=document.text, dated_on=document.dated_on, title_key=title_key(document.title)[:400],
        keys=_all_keys(names, summary, rest),
    )  # fmt: skip


def _all_keys(names: set[str], summary: set[str], rest: set[str]) -> str:
    """Every key once; those of names and summary once more with their signs."""
    plain = sorted(names | summary | rest)
    signed = [sign + key for sign, keys in ((fields.IN_NAMES, names), (fields.IN_SUMMARY, summary)) for key in sorted(keys)]
    return " ".join([*plain, *signed])


def _in_languages(terms: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    """The labels of ``terms`` as ``keys_of`` takes them."""
    return [(label, code) for labels in terms for code, label in labels.items() if code in LANGUAGES]


def _write_words(documents: list[Document], known: set[str]) -> None:
    """The words of titles, summaries and labels that are not yet ``known``, which grows.

    A word stays: it is offered only where it finds something.
    """
    words = set().union(*(distinct_words(text) for text in {text for document in documents for text in _offered(document)}))
    found: dict[str, str] = {}
    for word in sorted(words - known):
        folded = fold_word(word)
        if LEAST_LETTERS <= len(folded) <= 60 and LETTERS.fullmatch(folded):
            found.setdefault(folded, word.lower())
    rows = [IndexedWord(folded=folded, shown=shown, length=len(folded)) for folded, shown in sorted(found.items())]
    IndexedWord.objects.bulk_create(rows, ignore_conflicts=True)
    known |= words


def _offered(document: Document) -> Iterator[str]:
    """The texts whose words are offered to who misspells one."""
    yield from (document.title, document.summary, document.place)
    yield from (labels.get(document.language, "") for labels in (*document.subjects, *document.labels))
