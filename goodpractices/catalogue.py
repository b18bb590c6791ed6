"""Searching the catalogue: the words in the database, everything else in the memory of the process (docs/adr/0011)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import and_

from goodpractices import bitsets, catalogue_index
from goodpractices.addresses import Asked
from goodpractices.catalogue_index import Answer, Index
from goodpractices.search import found_by_words
from network_portal.common.search import Query
from network_portal.search.ranks import Ranked

ANSWERS = 200  # searches that a process remembers


@dataclass(frozen=True)
class Found:
    """What an address finds. Sets of practices are whole numbers (``bitsets``); ``words`` are those that the words found,
    by rank, the best first, and None when nothing was typed."""

    asked: Asked
    index: Index
    words: tuple[int, ...] | None

    @cached_property
    def by_words(self) -> int:
        """All that the words found, whatever is chosen beside."""
        return self.index.everything if self.words is None else reduce(int.__or__, self.words, 0)

    @cached_property
    def narrowed(self) -> dict[str, int]:
        return {facet: self.index.having(facet, codes) for facet, codes in self.asked.chosen.items()}

    @cached_property
    def all(self) -> int:
        return reduce(and_, self.narrowed.values(), self.by_words)

    @cached_property
    def total(self) -> int:
        return self.all.bit_count()

    def beside(self, facet: str) -> int:
        """What is found by everything that was asked but ``facet``: among these its values are counted."""
        if facet not in self.narrowed:
            return self.all
        return reduce(and_, (bits for other, bits in self.narrowed.items() if other != facet), self.by_words)

    def counts(self, facet: str) -> dict[str, int]:
        """How many practices each value of ``facet`` would show; those with none are left out."""
        among = self.beside(facet)
        counted = ((code, (bits & among).bit_count()) for code, bits in self.index.values[facet].items())
        return {code: count for code, count in counted if count}

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: slice) -> list[int]:
        """The numbers of the practices from ``part.start`` to ``part.stop``, in the order that was asked for."""
        return self.index.pks(self._positions(part.start or 0, part.stop - (part.start or 0)))

    def everything(self) -> list[int]:
        return self[: self.total]

    def loosened(self) -> list[tuple[str, int]]:
        """What would be found without one of the facets that were chosen: [(facet, how many)], the most first."""
        more = ((facet, self.beside(facet).bit_count()) for facet in self.narrowed)
        return sorted(((facet, count) for facet, count in more if count), key=lambda pair: -pair[1])

    def _positions(self, start: int, count: int) -> Iterator[int]:
        for part in self._parts():
            held = part.bit_count()
            if start < held and count > 0:
                shown = bitsets.highest(part, count, skip=start)
                yield from shown
                count -= len(shown)
            start = max(start - held, 0)

    def _parts(self) -> Iterator[int]:
        """The practices in parts that follow each other; within a part the latest come first."""
        if self.asked.by_relevance:
            return (part & self.all for part in self.words)
        return iter([self.all])


def find(asked: Asked) -> Found:
    """At most two queries, whatever is chosen; a few more where the words find little, which may have been misspelt. One query
    when the same words were searched for since the catalogue changed: with another facet, or for the next page."""
    index = catalogue_index.current()
    if not asked.query.text:
        return Found(asked, index, None)
    query, ranks = index.answers.get(asked.query) or _answer(index, asked.query)
    return Found(replace(asked, query=query), index, ranks)


def _answer(index: Index, words: Query) -> Answer:
    query, found = found_by_words(words)
    if len(index.answers) >= ANSWERS:
        index.answers.clear()
    index.answers[words] = query, _by_rank(index, found)
    return index.answers[words]


def _by_rank(index: Index, ranked: Ranked) -> tuple[int, ...]:
    """One set for each rank, the best first. What is not listed by now is left out."""
    ranks = {0: index.listed(ranked.found)}
    for points, numbers in ranked.marks:
        ranks = _raised(ranks, index.listed(numbers), points)
    return tuple(ranks[rank] for rank in sorted(ranks, reverse=True))


def _raised(ranks: dict[int, int], marked: int, points: int) -> dict[int, int]:
    """``ranks`` when those that are ``marked`` have as many ``points`` more."""
    raised = defaultdict(int)
    for rank, practices in ranks.items():
        raised[rank] |= practices & ~marked
        raised[rank + points] |= practices & marked
    return {rank: practices for rank, practices in raised.items() if practices}
