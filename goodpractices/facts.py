"""What the index of the catalogue reads of practices: where each stands in time, and the values that facets find it by."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from goodpractices.facets import OF_VOCABULARY, hours_code
from goodpractices.models import PracticeTerm
from network_portal.vocabularies.models import Vocabulary
from network_portal.vocabularies.reading import Vocabularies

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


def facts_of(practices: QuerySet, terms: Vocabularies) -> Iterator[Facts]:
    """The facts of ``practices``, in no order; two queries."""
    of_term = {
        pk: (OF_VOCABULARY[term.vocabulary], term.code) for pk, term in terms.by_pk.items() if term.vocabulary in OF_VOCABULARY
    }
    links: dict[int, list[Value]] = defaultdict(list)
    rows = PracticeTerm.objects.filter(practice__in=practices).values_list("practice_id", "term_id")
    for practice_id, term_id in rows.iterator(chunk_size=BATCH):
        if term_id in of_term:
            links[practice_id].append(of_term[term_id])
    for row in map(Row._make, practices.values_list(*Row._fields).iterator(chunk_size=BATCH)):
        own = (of_term[pk] for pk in (row.practice_type_id, row.cost_band_id) if pk in of_term)
        yield Facts(key_of(row.pk, row.published_at), [*links.get(row.pk, ()), *own, *_columns(row, terms)])


def _columns(row: Row, terms: Vocabularies) -> Iterator[Value]:
    yield "evidence", f"E{row.evidence}"
    yield "language", row.language
    yield "running", "yes" if row.is_running else "no"
    if row.has_video:
        yield "video", "yes"
    if row.starts_on:
        yield "year", str(row.starts_on.year)
    if row.staff_hours is not None:
        yield "hours", hours_code(row.staff_hours)
    if band := terms.band_of(Vocabulary.POPULATION_BAND, row.municipality__residents):
        yield "residents", band.code
    if row.municipality__district:
        yield "district", row.municipality__district
    if row.municipality__nuts3:
        yield "region", row.municipality__nuts3
