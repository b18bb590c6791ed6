"""Practices that are like another one: of the same themes, axes and type, and of towns of the same size first."""

from collections.abc import Iterator

from goodpractices import bitsets, catalogue_index
from goodpractices.catalogue_index import Index
from goodpractices.models import Practice

READ = (
    "slug", "title", "summary", "language",
    "municipality__name", "municipality__has_namesake", "municipality__district", "municipality__code",
)  # fmt: skip
LISTED = Practice.objects.listed().select_related("municipality").only(*READ)


def related_to(practice: Practice, n: int = 3) -> list[Practice]:
    """At most ``n`` practices of the catalogue with their towns, the nearest first; none for one that is not in it. One query,
    and one more when ``practice`` was read without the moment of the catalogue."""
    has_moment = hasattr(practice, "moment_version")
    index = catalogue_index.at_moment(catalogue_index.moment_of(practice)) if has_moment else catalogue_index.current()
    pks = _nearest(index, practice.pk, n) if practice.pk in index.positions else []
    found = LISTED.in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def _nearest(index: Index, pk: int, n: int) -> list[int]:
    """The newest of each step, until there are enough: no practice stands in two of them."""
    left, chosen = index.everything ^ (1 << index.positions[pk]), []
    for step in _steps(index, pk):
        chosen += bitsets.highest(step & left, n - len(chosen))
        left &= ~step
        if len(chosen) == n:
            break
    return index.pks(chosen)


def _steps(index: Index, pk: int) -> Iterator[int]:
    """Sets of practices, the nearest first: all of its themes before one of them, with its axes and type before without."""
    theme, axis, kind, size = (index.having(facet, index.codes_of(pk, facet)) for facet in ("theme", "axis", "type", "residents"))
    themes = index.everything
    for code in index.codes_of(pk, "theme"):
        themes &= index.values["theme"][code]
    near = (themes & axis & kind, theme & axis & kind, themes & (axis | kind), theme & (axis | kind), theme, axis & kind)
    yield from (step & size for step in near)
    yield from near
