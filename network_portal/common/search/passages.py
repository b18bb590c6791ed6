"""The original words that a search found, marked."""

from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString

from network_portal.common.search.queries import Query
from network_portal.common.search.words import Word, words_of

BEFORE, LENGTH = 80, 260  # characters: before the first word found, and in all


def marked(text: str, query: Query, language: str) -> SafeString:
    """``text`` as HTML with a ``<mark>`` around each word found."""
    return _mark(text, list(_found(text, query, language)))


def passage(text: str, query: Query, language: str) -> SafeString | None:
    """About ``LENGTH`` characters of ``text`` around the first word found, cut between words; None when there is none."""
    first = next(_found(text, query, language), None)
    if first is None:
        return None
    start = _word_begins(text, max(first.start - BEFORE, 0))
    end = _word_ends(text, max(start + LENGTH, first.end))
    cut = marked(" ".join(text[start:end].split()), query, language)
    return SafeString(f"{'… ' if start else ''}{cut}{' …' if end < len(text) else ''}")


def _found(text: str, query: Query, language: str) -> Iterator[Word]:
    if not query:
        return iter(())
    return (word for word in words_of(text, query.pattern) if any(term.is_in(word.text, language) for term in query.terms))


def _mark(text: str, words: list[Word]) -> SafeString:
    parts, end = [], 0
    for word in words:
        parts += [escape(text[end : word.start]), "<mark>", escape(text[word.start : word.end]), "</mark>"]
        end = word.end
    return SafeString("".join([*parts, escape(text[end:])]))


def _word_begins(text: str, position: int) -> int:
    """The beginning of the word after ``position``, unless that is the beginning of the text."""
    while 0 < position < len(text) and not text[position - 1].isspace():
        position += 1
    return position


def _word_ends(text: str, position: int) -> int:
    while position < len(text) and not text[position].isspace():
        position += 1
    return min(position, len(text))
