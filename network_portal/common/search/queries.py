"""What a person typed into a search."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from network_portal.common.search.stems import fold_word, keys_in_any_language, keys_of_word
from network_portal.common.search.words import beginning_with, title_key, words_of
from network_portal.common.text import clean_line

MOST_CHARACTERS = 200
MOST_TERMS = 12
LEAST_PREFIX = 3  # letters from which the last word finds what begins with it
# articles, prepositions and conjunctions of the six languages, folded: they decide nothing beside another word
SMALL_WORDS = """
    a o e as os um uma de da do das dos em na no nas nos ao aos para por pelo pela com que se ou unha unhas polo pola
    el la lo los las y un una unos unas del al en con i els les dels als per pel amb il gli le di della dei delle degli nel
    nella alla ed the an and of in for to on at or by with
"""
SMALL = frozenset(SMALL_WORDS.split())


@dataclass(frozen=True)
class Term:
    """A typed word: a record has it when it has one of ``keys``, or a key that begins with ``prefix`` (empty: none).

    ``meant`` is another spelling that is looked for as well (empty: none).
    """

    word: str
    keys: tuple[str, ...]
    prefix: str = ""
    meant: str = ""

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """The word as it was typed or meant, but for case and accents."""
        return tuple(fold_word(word) for word in (self.word, self.meant) if word)

    def with_meant(self, word: str) -> "Term":
        """The term that is found with either spelling."""
        keys = tuple(sorted({*self.keys, *keys_in_any_language(word)}))
        return self if word == self.word else replace(self, keys=keys, meant=word)

    def is_in(self, word: str, language: str) -> bool:
        """Whether a word of a text in ``language`` is why a record was found."""
        keys = keys_of_word(word, language)
        return any(key in keys for key in self.keys) or bool(self.prefix and fold_word(word).startswith(self.prefix))


@dataclass(frozen=True)
class Query:
    """A search: every term must be found. ``was_cut`` when more was typed than is read.

    ``typed`` is the search as it was typed, where other spellings are looked for as well.
    """

    text: str
    terms: tuple[Term, ...] = ()
    title_key: str = ""
    was_cut: bool = False
    typed: "Query | None" = None

    def __bool__(self):
        return bool(self.terms)

    @property
    def meant(self) -> str:
        """What else is looked for, as it could have been typed; empty when nothing is."""
        return " ".join(term.meant or term.word for term in self.terms) if self.typed else ""

    def with_meant(self, words: list[str]) -> "Query":
        """The search that finds this or ``words``, one for each term."""
        terms = tuple(term.with_meant(word) for term, word in zip(self.terms, words, strict=True))
        return self if terms == self.terms else replace(self, terms=terms, typed=self)

    @cached_property
    def pattern(self) -> re.Pattern:
        """Finds the words of a text that can be one of the terms."""
        return beginning_with(frozenset(key[0] for term in self.terms for key in term.keys))


def read_query(typed: str) -> Query:
    """The search that was typed; without terms (and false) when there is no word in it. Never an error."""
    line = clean_line(typed.replace("\x00", " "))
    text, was_cut = line[:MOST_CHARACTERS].strip(), len(line) > MOST_CHARACTERS
    words = [word.text for word in words_of(text) if fold_word(word.text)]  # an accent alone is no word
    telling = [word for word in words if fold_word(word) not in SMALL] or words
    terms = [Term(word, tuple(sorted(keys_in_any_language(word)))) for word in dict.fromkeys(telling[:MOST_TERMS])]
    if terms and terms[-1].word == words[-1] and len(fold_word(words[-1])) >= LEAST_PREFIX:
        terms[-1] = Term(terms[-1].word, terms[-1].keys, fold_word(words[-1]))
    return Query(text, tuple(terms), title_key(text), was_cut)
