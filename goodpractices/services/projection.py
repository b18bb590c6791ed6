"""What the catalogue knows of a practice: columns, terms and files, written from a version and nowhere else."""

import re
from datetime import date
from uuid import uuid4

from django.db.models import F
from django.utils.text import slugify

from goodpractices.completeness import LENGTHS
from goodpractices.evidence import evidence_of
from goodpractices.models import CatalogueState, Practice, PracticeTerm, Version
from goodpractices.search import index_practice
from goodpractices.sections import TERM_FIELDS, end_of, needed
from network_portal.vocabularies.models import Term

COLUMNS = [
    "title", "summary", "language", "practice_type", "cost_band", "staff_hours", "starts_on", "ends_on", "is_running",
    "evidence", "has_video", "picture",
]  # fmt: skip
FIRST_SLUG = re.compile(r"practice-(\d{1,18})", re.ASCII)  # of the practice of that number, for ever
RESERVED_SLUGS = {"new", "write", "files", "queue", "figures", "search", "review", "export", "columns", "mine", "grid", "admin"}


def contents_of(version: Version) -> dict[str, dict]:
    """What stands in the sections of ``version``, for who writes it: {code: content}; one query."""
    return dict(version.sections.values_list("code", "content"))


def shown_of(version: Version) -> dict[str, dict]:
    """What ``version`` shows to others, the same way: the sections of its form."""
    shown = {section.code for section in needed(version.form).shown}
    return {code: content for code, content in contents_of(version).items() if code in shown}


def project(practice: Practice, version: Version, contents: dict[str, dict] | None = None) -> None:
    """Write what ``version`` says into the columns, terms and files of ``practice``; tell the catalogue and the search where
    it is listed.

    For the public version, or for the one at work while nothing was ever public. The practice is locked by who calls.
    """
    contents = shown_of(version) if contents is None else contents
    terms = _terms(contents)
    media, period, resources = (contents.get(code, {}) for code in ("media", "period", "resources"))
    practice.title = contents.get("title", {}).get("title", "")[: LENGTHS["title"]]  # a draft may say more
    practice.language = contents.get("title", {}).get("language") or practice.language
    practice.summary = contents.get("summary", {}).get("summary", "")[: LENGTHS["summary"]]
    practice.practice_type = terms.get(("practice_type", contents.get("classification", {}).get("practice_type")))
    practice.cost_band = terms.get(("cost_band", resources.get("cost_band")))
    practice.staff_hours = resources.get("staff_hours")
    practice.starts_on, practice.ends_on = _period(period)
    practice.is_running = bool(period.get("is_running"))
    practice.evidence = evidence_of(contents)
    practice.has_video = bool(media.get("video"))
    _write_files(practice, contents)
    practice.save(update_fields=COLUMNS)
    _write_terms(practice, [term for (vocabulary, _), term in terms.items() if vocabulary not in ("practice_type", "cost_band")])
    if practice.is_public:  # what is only being written concerns nobody else, and must not wait for who publishes
        touch(practice)


def touch(practice: Practice) -> None:
    """What the catalogue shows of ``practice`` changed: give it the next number, and the search its words."""
    CatalogueState.objects.get_or_create(id=1)
    CatalogueState.objects.filter(id=1).update(version=F("version") + 1)  # locks the row until the transaction ends
    practice.catalogue_version = CatalogueState.objects.values_list("version", flat=True).get(id=1)
    practice.save(update_fields=["catalogue_version"])
    index_practice(practice)


def _lock_catalogue() -> None:
    CatalogueState.objects.get_or_create(id=1)
    CatalogueState.objects.select_for_update().get(id=1)


def renew_catalogue() -> None:
    """Tell every process to read the whole catalogue anew: something beside the practices changed."""
    CatalogueState.objects.filter(id=1).update(history=uuid4())


def free_slug(title: str, practice: Practice) -> str:
    """An address of the title that no other practice has: with a number when it is taken, ``practice-12`` when there is none.

    Until the transaction ends nobody else takes one.
    """
    _lock_catalogue()
    own = f"practice-{practice.pk}"
    base = slugify(title)[:100].strip("-") or own
    if base in RESERVED_SLUGS or (FIRST_SLUG.fullmatch(base) and base != own):
        base = f"{base}-{practice.pk}"
    others = Practice.objects.exclude(pk=practice.pk)
    taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _terms(contents: dict[str, dict]) -> dict[tuple[str, str], Term]:
    """The terms that the contents name, by (vocabulary, code); one query. A code that is no longer known is left out."""
    wanted = {(vocabulary, code) for section, key, vocabulary in TERM_FIELDS for code in contents.get(section, {}).get(key, [])}
    wanted |= {("axis", row["axis"]) for row in contents.get("groups", {}).get("axes", [])}
    wanted |= {("practice_type", contents.get("classification", {}).get("practice_type"))}
    wanted |= {("cost_band", contents.get("resources", {}).get("cost_band"))}
    found = Term.objects.filter(code__in={code for _, code in wanted if code})
    return {(term.vocabulary, term.code): term for term in found if (term.vocabulary, term.code) in wanted}


def _write_terms(practice: Practice, terms: list[Term]) -> None:
    there = set(practice.term_links.values_list("term_id", flat=True))
    wanted = {term.pk for term in terms}
    practice.term_links.filter(term_id__in=there - wanted).delete()
    PracticeTerm.objects.bulk_create(PracticeTerm(practice=practice, term_id=pk) for pk in sorted(wanted - there))


def named_files(contents: dict[str, dict]) -> set[str]:
    """The uuids of all files that the contents name."""
    media = contents.get("media", {})
    named = {row.get("file", "") for key in ("pictures", "documents") for row in media.get(key, [])}
    return named | {contents.get("results", {}).get("evaluation", "")} - {""}


def _write_files(practice: Practice, contents: dict[str, dict]) -> None:
    """The first picture stands for the practice. Files are public that a version names which is or was public."""
    pictures = contents.get("media", {}).get("pictures", [])
    practice.picture = practice.files.filter(uuid=pictures[0]["file"]).first() if pictures else None
    if practice.public_version_id is None:
        return
    named = set(named_files(contents))
    for version in practice.versions.filter(state__in=["published", "replaced"]):
        named |= named_files(shown_of(version))
    practice.files.filter(uuid__in=named).update(is_public=True)
    practice.files.exclude(uuid__in=named).update(is_public=False)


def _period(content: dict) -> tuple[date | None, date | None]:
    """First and last month; an end while it runs, or before the beginning, which a draft may have, is none."""
    starts, ends = _month(content.get("starts")), _month(end_of(content))
    return starts, None if starts and ends and ends < starts else ends


def _month(text: str | None) -> date | None:
    return date.fromisoformat(f"{text}-01") if text else None
