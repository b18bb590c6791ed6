"""The official register, brought in step with files."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.utils.text import slugify

from municipalities.models import Municipality
from municipalities.register_file import COLUMNS, Row, read_rows
from municipalities.search import index_municipalities
from network_portal.audit import services as audit
from network_portal.common.text import fold

RESERVED_SLUGS = {"search", "memberships", "belong", "affiliations", "invitations"}  # addresses beside the pages of the towns


@dataclass(frozen=True)
class ImportResult:
    created: int
    updated: int
    unchanged: int


@transaction.atomic
def import_register(file: BinaryIO, *, dry_run: bool = False, progress: Callable[[int, int], None] | None = None) -> ImportResult:
    """Bring the register in step with an exchange CSV: all rows or none; towns are known by scheme and code.

    A town keeps its slug for good, and none is ever deleted. ``progress`` gets (rows done, rows in all).
    Raises ImportRejected.
    """
    rows = read_rows(file.read())
    known = {(m.code_scheme, m.code): m for m in Municipality.objects.select_for_update()}
    namesakes = _names_borne_twice(rows, known)
    taken = {m.slug for m in known.values()} | RESERVED_SLUGS
    created, updated = [], []
    for done, row in enumerate(rows, start=1):
        town = known.get((row.values["code_scheme"], row.values["code"]))
        values = row.values | {"name_folded": fold(row.values["name"])}
        if town is None:
            slug = _free_slug(values, taken, named_twice=values["name_folded"] in namesakes)
            created.append(Municipality(slug=slug, **values))
        elif any(getattr(town, field) != value for field, value in values.items()):
            _set(town, values)
            updated.append(town)
        if progress:
            progress(done, len(rows))
    Municipality.objects.bulk_create(created, batch_size=500)
    Municipality.objects.bulk_update(updated, [*COLUMNS.values(), "name_folded"], batch_size=200)
    _mark_namesakes(namesakes)
    index_municipalities([*created, *updated])
    result = ImportResult(len(created), len(updated), len(rows) - len(created) - len(updated))
    if created or updated:
        audit.record("municipalities.imported", about="register", created=len(created), updated=len(updated))
    if dry_run:
        transaction.set_rollback(True)
    return result


def _names_borne_twice(rows: list[Row], known: dict) -> set[str]:
    """Folded names that two towns share once the rows are in."""
    names = {key: town.name_folded for key, town in known.items()}
    names |= {(row.values["code_scheme"], row.values["code"]): fold(row.values["name"]) for row in rows}
    return {name for name, times in Counter(names.values()).items() if times > 1}


def _free_slug(values: dict, taken: set[str], *, named_twice: bool) -> str:
    """The name; for namesakes the name and the district; when both are taken, the code as well."""
    name = slugify(values["name"])[:80]
    qualified = slugify(f"{name} {values['district'][:40]}")
    coded = slugify(f"{name} {values['code_scheme']} {values['code']}")
    choices = [qualified, coded] if named_twice else [name, qualified, coded]
    slug = next(slug for slug in [*choices, f"{coded}-2"] if slug and slug not in taken)
    taken.add(slug)
    return slug


def _set(town: Municipality, values: dict) -> None:
    for field, value in values.items():
        setattr(town, field, value)


def _mark_namesakes(namesakes: set[str]) -> None:
    towns = Municipality.objects
    towns.filter(has_namesake=False, name_folded__in=namesakes).update(has_namesake=True)
    towns.filter(has_namesake=True).exclude(name_folded__in=namesakes).update(has_namesake=False)
