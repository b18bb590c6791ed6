"""Practices that are like another one."""

from goodpractices import bitsets, catalogue_index
from goodpractices.models import Practice

LIKE = (  # what is shared, the likest first; ``residents`` is the band of the town
    ("theme", "type", "residents"),
    ("theme", "type"),
    ("theme", "residents"),
    ("theme",),
    ("type", "residents"),
)


def related_to(practice: Practice, n: int = 3) -> list[Practice]:
    """The ``n`` listed practices that share most with ``practice``, the newest of those that share as much; one query, and
    one more when ``practice`` was read without the moment of the catalogue."""
    has_moment = hasattr(practice, "moment_version")
    index = catalogue_index.at_moment(catalogue_index.moment_of(practice)) if has_moment else catalogue_index.current()
    shared = {facet: index.having(facet, index.codes_of(practice.pk, facet)) for facet in ("theme", "type", "residents")}
    itself = 1 << index.positions[practice.pk] if practice.pk in index.positions else 0
    chosen: list[int] = []
    for facets in LIKE:
        bits = ~itself & index.everything
        for facet in facets:
            bits &= shared[facet]
        for position in chosen:
            bits &= ~(1 << position)
        chosen += bitsets.highest(bits, n - len(chosen))
    found = Practice.objects.listed().select_related("municipality").in_bulk(index.pks(chosen)) if chosen else {}
    return [found[pk] for pk in index.pks(chosen) if pk in found]
