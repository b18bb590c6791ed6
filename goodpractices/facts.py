"""What the index of the catalogue reads of practices: where each stands in time, and the values that facets find it by."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from goodpractices.facets import HOURS, OF_VOCABULARY, RESIDENTS, band_of
from goodpractices.models import PracticeTerm
from network_portal.vocabularies.models import Term

BATCH = 5_000  # rows read at a time
PK_BITS = 40  # of a key; the day stands above them
Value = tuple[str, str]  # the parameter of a facet, and a code


class Row(NamedTuple):
    pk: int
    published_at: datetime
    language: str
    practice_type_id: int | None
    cost_band_id: int | None
    staff_hours: int | None
    starts_on: object
    is_running: bool
    evidence: int
    has_video: bool
    municipality__district: str
    municipality__nuts3: str
    municipality__residents: int | None


class Facts(NamedTuple):
    """``key`` orders practices in time, as the search does: by day, then by number."""

    key: int
    values: list[Value]


def key_of(pk: int, published_at: datetime) -> int:
    return published_at.date().toordinal() << PK_BITS | pk


def pk_of(key: int) -> int:
    return key & ((1 << PK_BITS) - 1)


def facts_of(practices: QuerySet) -> Iterator[Facts]:
    """The facts of ``practices``, in no order; three queries."""
    terms = {pk: (OF_VOCABULARY[vocabulary], code) for pk, vocabulary, code in _terms()}
    links: dict[int, list[Value]] = defaultdict(list)
    rows = PracticeTerm.objects.filter(practice__in=practices).values_list("practice_id", "term_id")
    for practice_id, term_id in rows.iterator(chunk_size=BATCH):
        if term_id in terms:
            links[practice_id].append(terms[term_id])
    for row in map(Row._make, practices.values_list(*Row._fields).iterator(chunk_size=BATCH)):
        own = (terms[pk] for pk in (row.practice_type_id, row.cost_band_id) if pk)
        yield Facts(key_of(row.pk, row.published_at), [*links.get(row.pk, ()), *own, *_columns(row)])


def _terms():
    return Term.objects.filter(vocabulary__in=OF_VOCABULARY).values_list("pk", "vocabulary", "code")


def _columns(row: Row) -> Iterator[Value]:
    yield "evidence", f"E{row.evidence}"
    yield "language", row.language
    yield "running", "yes" if row.is_running else "no"
    if row.has_video:
        yield "video", "yes"
    if row.starts_on:
        yield "year", str(row.starts_on.year)
    if row.staff_hours is not None:
        yield "hours", band_of(row.staff_hours, HOURS)
    if row.municipality__residents is not None:
        yield "residents", band_of(row.municipality__residents, RESIDENTS)
    if row.municipality__district:
        yield "district", row.municipality__district
    if row.municipality__nuts3:
        yield "region", row.municipality__nuts3
