"""Write the corpus into the tables of the catalogue in bulk, as ``goodpractices.services`` would leave it."""

import os
import random
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, time

from django.db import connection, transaction

from bench.corpus.records import LEVELS, Record, record
from goodpractices.evidence import evidence_of
from goodpractices.models import CatalogueState, Practice, PracticeTerm, Section, Version
from goodpractices.search import PRACTICES
from municipalities.models import Municipality
from network_portal.search import services as index
from network_portal.vocabularies.models import Term

BATCH = 1_000
LINKED = ("theme", "axis", "target_group", "area", "charter_article", "sdg_target")


def towns_by_size() -> list[Municipality]:
    """The towns of the register, the largest first; those with a name of their own only, as searches name them."""
    return list(Municipality.objects.filter(has_namesake=False, residents__isnull=False).order_by("-residents", "pk"))


def load(count: int, *, first: int = 0) -> list[Record]:
    """Write ``count`` records from number ``first`` on, without the index of the search; the records, in order.

    Records, their practices and versions have one number: ``first`` + 1 is the primary key of the first.
    """
    made = write(range(first, first + count))
    settle(first + count)
    return made


def load_with_all_cores(count: int, *, first: int) -> None:
    """As ``load``, in several processes where the database takes more than one writer."""
    parts = [range(start, min(start + BATCH, first + count)) for start in range(first, first + count, BATCH)]
    connection.close()  # none of it for the others
    with ProcessPoolExecutor(max_workers=os.cpu_count() if connection.vendor == "postgresql" else 1) as processes:
        list(processes.map(_write_part, parts))
    settle(first + count)
    analyse()


def _write_part(numbers: range) -> int:
    return len(write(numbers))


def write(numbers: range) -> list[Record]:
    """The records of ``numbers``, written."""
    towns, terms = towns_by_size(), _terms()
    names = [town.name for town in towns]
    made = [record(number, names) for number in numbers]
    for batch in _batches(made):
        _write(batch, towns, terms)
    return made


def settle(version: int) -> None:
    """What the portal counts after records were written: changes of the catalogue, and keys."""
    CatalogueState.objects.update_or_create(id=1, defaults={"version": version})
    _go_on_counting()


def build_index() -> int:
    """Write the index of the search anew for every practice; how many there are in it."""
    return index.rewrite(PRACTICES.code, PRACTICES.documents(PRACTICES.records()))


def _batches(made: list[Record]) -> Iterator[list[Record]]:
    for start in range(0, len(made), BATCH):
        yield made[start : start + BATCH]


def _terms() -> dict[str, list[Term]]:
    found = defaultdict(list)
    for term in Term.objects.order_by("vocabulary", "position", "pk"):
        found[term.vocabulary].append(term)
    return found


@transaction.atomic
def _write(batch: list[Record], towns: list[Municipality], terms: dict[str, list[Term]]) -> None:
    """A practice names its version and the version its practice: the database looks at both when the transaction ends."""
    chosen = {made.number: _classify(made, terms) for made in batch}
    Practice.objects.bulk_create(_practice(made, towns, chosen[made.number]) for made in batch)
    Version.objects.bulk_create(_version(made) for made in batch)
    Section.objects.bulk_create(
        (
            Section(version_id=made.number + 1, code=code, content=content)
            for made in batch
            for code, content in made.contents.items()
        ),
        batch_size=2 * BATCH,
    )
    links = ((made, term) for made in batch for vocabulary in LINKED for term in chosen[made.number].get(vocabulary, []))
    PracticeTerm.objects.bulk_create(
        (PracticeTerm(practice_id=m.number + 1, term=term) for m, term in links), batch_size=5 * BATCH
    )


def _classify(made: Record, terms: dict[str, list[Term]]) -> dict[str, list[Term]]:
    """Terms of the record by vocabulary, written into its contents too."""
    draw, contents = random.Random(f"terms:{made.number}"), made.contents
    themes = {term.code: term for term in terms["theme"]}
    found = {"theme": [themes[code] for code in contents["classification"]["themes"] if code in themes]}
    for vocabulary, most in (("axis", 2), ("target_group", 2), ("area", 1), ("charter_article", 2), ("sdg_target", 1)):
        known = terms[vocabulary]
        found[vocabulary] = draw.sample(known, min(draw.randrange(most + 1), len(known)))
    for vocabulary in ("practice_type", "cost_band"):
        found[vocabulary] = draw.sample(terms[vocabulary], min(1, len(terms[vocabulary])))
    contents["groups"] = {
        "groups": [term.code for term in found["target_group"]],
        "axes": [{"axis": term.code, "level": draw.choice(LEVELS), "sentence": "Sim."} for term in found["axis"]],
    }
    contents["classification"] |= {
        "areas": [t.code for t in found["area"]], "charter": [t.code for t in found["charter_article"]],
        "sdg": [t.code for t in found["sdg_target"]], "practice_type": "".join(t.code for t in found["practice_type"]),
    }  # fmt: skip
    contents["resources"]["cost_band"] = "".join(t.code for t in found["cost_band"])
    return found


def _practice(made: Record, towns: list[Municipality], chosen: dict) -> Practice:
    pk, contents, is_new = made.number + 1, made.contents, made.state == "new"
    moment = datetime.combine(made.published_on, time(10), tzinfo=UTC)
    life = {"work_version_id": pk} if is_new else {"public_version_id": pk, "published_at": moment, "first_published_at": moment}
    return Practice(
        pk=pk, municipality=towns[made.slots.town], slug=f"corpus-{pk}", state=made.state, title=contents["title"]["title"],
        summary=contents["summary"]["summary"], language=made.language, practice_type=next(iter(chosen["practice_type"]), None),
        cost_band=next(iter(chosen["cost_band"]), None), staff_hours=contents["resources"]["staff_hours"],
        starts_on=f"{contents['period']['starts']}-01", is_running=True, evidence=evidence_of(contents),
        has_video=bool(contents["media"]["video"]), confirmed_on=made.published_on, catalogue_version=pk, **life,
    )  # fmt: skip


def _version(made: Record) -> Version:
    moment = datetime.combine(made.published_on, time(10), tzinfo=UTC)
    pk, is_new = made.number + 1, made.state == "new"
    facts = {"state": "draft"} if is_new else {"state": "published", "published_at": moment}
    return Version(pk=pk, practice_id=pk, number=1, **facts)


def _go_on_counting() -> None:
    """PostgreSQL counts primary keys apart from the rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Practice, Version):
                table = model._meta.db_table
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def analyse() -> None:
    """Let the database look at what it holds and tidy up, as it does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
