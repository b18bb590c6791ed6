"""Practices as the home page shows them: what changed, in one number."""

from dataclasses import dataclass

from django.db.models import F

from goodpractices.models import Practice, Section
from goodpractices.reading import headline_of, is_short


@dataclass(frozen=True)
class Front:
    """A practice with its result: ``before`` is empty where only one number is known, ``after`` where none is."""

    practice: Practice
    before: str = ""
    after: str = ""
    counts: str = ""  # what the numbers count

    @property
    def is_measured(self) -> bool:
        return bool(self.before)


def front_practices(n: int) -> list[Front]:
    """The ``n`` that coordinators chose for the home page, the latest choice first, then the newest; two queries."""
    listed = Practice.objects.listed().select_related("municipality")
    rows = list(listed.order_by(F("featured_at").desc(nulls_last=True), "-published_at", "-pk")[:n])
    results = Section.objects.shown().filter(version__in=[row.public_version_id for row in rows], code="results")
    contents = dict(results.values_list("version_id", "content"))
    return [_front(row, contents.get(row.public_version_id, {})) for row in rows]


def _front(practice: Practice, results: dict) -> Front:
    indicators = results.get("indicators", [])
    if row := headline_of(indicators):
        return Front(practice, row["before"], row["after"], row["name"])
    row = next((row for row in indicators if is_short(row.get("after"))), None)
    return Front(practice, after=row["after"], counts=row["name"]) if row else Front(practice)
