"""The catalogue in the memory of a process (docs/adr/0011): which of the listed practices have which value of a facet.

A position is a practice's place in time, the oldest 0. Each value of each facet is a set of positions (``bitsets``). An
``Index`` is never changed: one that has followed what was published since takes its place.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from goodpractices import bitsets
from goodpractices.facets import FACETS
from goodpractices.facts import Facts, Value, facts_of, pk_of
from goodpractices.models import CatalogueState, Practice

FOLLOWED = 300  # changes from which on it is faster to read all anew
State = tuple[UUID | None, int]


@dataclass(frozen=True)
class Index:
    """``history`` and ``version`` say up to where it has followed (see CatalogueState)."""

    history: UUID | None
    version: int
    keys: array  # of each position, ascending
    positions: dict[int, int]  # {pk: position}
    values: dict[str, dict[str, int]]  # {facet: {code: positions}}

    @property
    def everything(self) -> int:
        return (1 << len(self.keys)) - 1

    def having(self, facet: str, codes: Iterable[str]) -> int:
        """The practices with at least one of ``codes``."""
        bits = 0
        for code in codes:
            bits |= self.values[facet].get(code, 0)
        return bits

    def pks(self, positions: Iterable[int]) -> list[int]:
        return [pk_of(self.keys[position]) for position in positions]

    def codes_of(self, pk: int, facet: str) -> list[str]:
        """Which values of ``facet`` a listed practice has; none of others."""
        bit = 1 << self.positions[pk] if pk in self.positions else 0
        return [code for code, bits in self.values[facet].items() if bits & bit]


EMPTY = Index(None, 0, array("q"), {}, {facet.parameter: {} for facet in FACETS})
_lock = Lock()
_index = EMPTY


def current() -> Index:
    """The index as the database is now; one query when nothing changed since. Not for use inside of a transaction that
    changes the catalogue: what is rolled back must not be remembered."""
    history, version = _state()
    known = _index
    if known.history == history and known.version >= version:
        return known
    with _lock:
        return _follow(history, version)


def lately() -> Index:
    """The index as this process knows it, without a query; it may lack what was published in the last minutes."""
    return _index if _index.history else current()


def _state() -> State:
    return CatalogueState.objects.values_list("history", "version").first() or (None, 0)


def _follow(history: UUID | None, version: int) -> Index:
    """Read what is newer than what is known, or all. The number was read before the rows: whatever is published while they
    are read has a greater one, and is read again by the next request."""
    global _index
    known = _index
    if known.history == history and known.version >= version:  # another thread was faster
        return known
    if known.history == history:
        newer = Practice.objects.filter(catalogue_version__gt=known.version)
        changed = list(newer.values_list("pk", flat=True)[: FOLLOWED + 1])
        if len(changed) <= FOLLOWED:
            _index = _followed(known, version, changed)
            return _index
    _index = _built(history, version)
    return _index


def _built(history: UUID | None, version: int) -> Index:
    found = sorted(facts_of(Practice.objects.listed()))
    keys = array("q", (facts.key for facts in found))
    held: dict[Value, list[int]] = defaultdict(list)
    for position, facts in enumerate(found):
        for value in facts.values:
            held[value].append(position)
    values = {facet.parameter: {} for facet in FACETS}
    for (facet, code), positions in held.items():
        values[facet][code] = bitsets.from_positions(positions, len(keys))
    return Index(history, version, keys, _positions(keys), values)


def _followed(known: Index, version: int, changed: list[int]) -> Index:
    keys = known.keys[:]
    values = {facet: dict(codes) for facet, codes in known.values.items()}
    listed = list(facts_of(Practice.objects.listed().filter(pk__in=changed)))
    for pk in changed:
        if pk in known.positions:
            _take_out(keys, values, known.keys[known.positions[pk]])
    for facts in listed:
        _put_in(keys, values, facts)
    return Index(known.history, version, keys, _positions(keys), values)


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
