"""The catalogue in the memory of a process (docs/adr/0011): which of the listed practices have which value of a facet.

A position is a practice's place in time, the oldest 0. Each value of each facet is a set of positions (``bitsets``). An
``Index`` is never changed, but for remembering answers: one that has followed what was published since takes its place.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from django.db.models import Subquery

from goodpractices import bitsets
from goodpractices.facets import FACETS
from goodpractices.facts import Facts, Value, facts_of, pk_of
from goodpractices.models import CatalogueState, Practice
from network_portal.common.search import Query
from network_portal.vocabularies.models import Vocabulary
from network_portal.vocabularies.reading import Vocabularies, at, version_column
from network_portal.vocabularies.reading import current as current_terms

Answer = tuple[Query, tuple[int, ...]]  # the search that was made in the end, and the positions by rank, the best first
FOLLOWED = 300  # changes from which on it is faster to read all anew


class State(NamedTuple):
    """What tells one moment of the catalogue from another (see CatalogueState and VocabularyState)."""

    history: UUID | None = None
    version: int = 0
    terms: UUID | None = None


@dataclass(frozen=True)
class Index:
    """``state`` is the moment up to which it has followed."""

    state: State
    terms: Vocabularies
    keys: array  # of each position, ascending
    positions: dict[int, int]  # {pk: position}
    values: dict[str, dict[str, int]]  # {facet: {code: positions}}
    answers: dict[Query, Answer] = field(default_factory=dict)  # what searches have found since this moment

    @property
    def everything(self) -> int:
        return (1 << len(self.keys)) - 1

    def having(self, facet: str, codes: Iterable[str]) -> int:
        """The practices with at least one of ``codes``."""
        bits = 0
        for code in codes:
            bits |= self.values[facet].get(code, 0)
        return bits

    def listed(self, pks: Iterable[int]) -> int:
        """Those of ``pks`` that are listed."""
        positions = [position for position in map(self.positions.get, pks) if position is not None]
        return bitsets.from_positions(positions, len(self.keys))

    def pks(self, positions: Iterable[int]) -> list[int]:
        return [pk_of(self.keys[position]) for position in positions]

    def codes_of(self, pk: int, facet: str) -> list[str]:
        """Which values of ``facet`` a listed practice has; none of others."""
        bit = 1 << self.positions[pk] if pk in self.positions else 0
        return [code for code, bits in self.values[facet].items() if bits & bit]

    def has_followed(self, state: State) -> bool:
        mine = self.state
        return (mine.history, mine.terms) == (state.history, state.terms) and mine.version >= state.version


_lock = Lock()
_kept: list[Index] = []  # one at most


def current() -> Index:
    """The index as the database is now; one query when nothing changed since. Not for use inside of a transaction that
    changes the catalogue: what is rolled back must not be remembered."""
    return at_moment(_state())


def moment_columns() -> dict[str, Subquery]:
    """The moment as columns of another query, for pages that count their queries; ``moment_of`` reads them from a row."""
    rows = CatalogueState.objects.filter(id=1)
    return {"moment_history": Subquery(rows.values("history")), "moment_version": Subquery(rows.values("version"))}


def moment_of(row) -> State:
    """Of a row with ``moment_columns`` and ``terms_version``."""
    return State(row.moment_history, row.moment_version or 0, row.terms_version)


def at_moment(state: State) -> Index:
    """The index at a moment that was just read."""
    if _kept and _kept[0].has_followed(state):
        return _kept[0]
    with _lock:
        if not (_kept and _kept[0].has_followed(state)):  # no other thread was faster
            _kept[:] = [_read(_kept[0] if _kept else None, state)]
        return _kept[0]


def _state() -> State:
    rows = CatalogueState.objects.filter(id=1).annotate(terms=version_column()).values_list("history", "version", "terms")
    return State(*next(iter(rows), ()))


def _read(known: Index | None, state: State) -> Index:
    """Read what is newer than what is known, or all. The state was read before the rows: whatever is published while they are
    read has a greater number, and is read again by the next request."""
    terms = at(state.terms) if state.terms else current_terms()
    if known and known.state.history == state.history and _bands(known.terms) == _bands(terms):
        newer = Practice.objects.filter(catalogue_version__gt=known.state.version)
        changed = list(newer.values_list("pk", flat=True)[: FOLLOWED + 1])
        if len(changed) <= FOLLOWED:
            return _followed(known, state, terms, changed)
    return _built(state, terms)


def _bands(terms: Vocabularies) -> list[tuple]:
    """Which band a town is in follows from these; all else is known by the codes of terms, which never change."""
    bands = terms.of(Vocabulary.POPULATION_BAND, with_retired=True)
    return [(term.code, term.lower, term.upper, term.is_retired) for term in bands]


def _built(state: State, terms: Vocabularies) -> Index:
    found = sorted(facts_of(Practice.objects.listed(), terms))
    keys = array("q", (facts.key for facts in found))
    held: dict[Value, list[int]] = defaultdict(list)
    for position, facts in enumerate(found):
        for value in facts.values:
            held[value].append(position)
    values = {facet.parameter: {} for facet in FACETS}
    for (facet, code), positions in held.items():
        values[facet][code] = bitsets.from_positions(positions, len(keys))
    return Index(state, terms, keys, _positions(keys), values)


def _followed(known: Index, state: State, terms: Vocabularies, changed: list[int]) -> Index:
    keys = known.keys[:]
    values = {facet: dict(codes) for facet, codes in known.values.items()}
    listed = list(facts_of(Practice.objects.listed().filter(pk__in=changed), terms))
    for pk in changed:
        if pk in known.positions:
            _take_out(keys, values, known.keys[known.positions[pk]])
    for facts in listed:
        _put_in(keys, values, facts)
    return Index(state, terms, keys, _positions(keys), values)


def _take_out(keys: array, values: dict[str, dict[str, int]], key: int) -> None:
    position = bisect_left(keys, key)
    keys.pop(position)
    for codes in values.values():
        for code, bits in codes.items():
            codes[code] = bitsets.closed(bits, position)


def _put_in(keys: array, values: dict[str, dict[str, int]], facts: Facts) -> None:
    position = bisect_left(keys, facts.key)
    keys.insert(position, facts.key)
    for codes in values.values():
        for code, bits in codes.items():
            codes[code] = bitsets.opened(bits, position)
    for facet, code in facts.values:
        values[facet][code] = values[facet].get(code, 0) | 1 << position


def _positions(keys: array) -> dict[int, int]:
    return {pk_of(key): position for position, key in enumerate(keys)}
