"""What the page of a practice asks the database for, and by what the parts of it that a process keeps are known."""

from functools import partial
from hashlib import sha256
from threading import local

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from goodpractices.catalogue_index import moment_columns
from goodpractices.models import Practice, Version
from goodpractices.permissions import can_see_contact_person, can_write_practice
from goodpractices.querysets import PracticeQuerySet
from goodpractices.reading import Sheet
from goodpractices.related import related_to
from goodpractices.structured import practice_data
from network_portal.vocabularies.reading import version_column

READ = (
    "slug", "state", "language", "evidence", "first_published_at", "confirmed_on", "asked_on", "unanswered",
    *(f"municipality__{name}" for name in ("code", "name", "slug", "district", "nuts3", "residents", "has_namesake")),
    *(f"public_version__{name}" for name in ("number", "form", "state", "created_at", "published_at")),
)  # fmt: skip


def whole(user) -> PracticeQuerySet:
    """The practices that ``user`` may see, with what their page needs."""
    if not user.is_authenticated:
        return _prepared.for_everybody.all()
    visible = Practice.objects.visible_to(user).exclude(state=Practice.State.DELETED)
    return _with_what_it_needs(visible).select_related("work_version")


def _with_what_it_needs(practices: PracticeQuerySet) -> PracticeQuerySet:
    items = apps.get_model("webinars", "AgendaItem").objects.filter(practice=OuterRef("pk"))
    joined = practices.select_related("municipality", "public_version")
    return joined.annotate(terms_version=version_column(), has_agenda_items=Exists(items), **moment_columns())


class Prepared(local):
    """What readers who are not signed in ask for, put together once in each thread instead of for each page. Threads share
    none, because Django counts in a subquery while it writes its SQL."""

    def __init__(self):
        self.for_everybody = _with_what_it_needs(Practice.objects.visible_to(AnonymousUser())).only(*READ)


_prepared = Prepared()


def page_of(practice: Practice, version: Version, user) -> dict:
    """What the page of ``version`` shows to ``user``."""
    is_known = user.is_authenticated
    version.practice = practice  # so that its address asks for nothing
    shown = {
        "practice": practice,
        "version": version,
        "sheet": Sheet(practice, version),
        "is_current": version.pk == practice.public_version_id,
        "is_hidden": not (practice.is_readable and version.was_public),
        "others": _earlier(practice),
        "related": related_to(practice) if practice.is_public else [],
    }
    return shown | {
        "fingerprint": fingerprint_of(**shown),
        "structured": partial(practice_data, shown["sheet"]),  # asked for when the head is not kept
        "can_write": is_known and can_write_practice(user, practice),
        "sees_person": can_see_contact_person(user, practice),
    }


def fingerprint_of(*, practice: Practice, version: Version, sheet: Sheet, others: list, related: list, **flags: bool) -> str:
    """Of everything that the kept parts of a page show, but for its language: two pages of the same are alike.

    What only some may see (the contact person, what is said to authors) stands outside of the kept parts.
    """
    town = practice.municipality
    shown = (
        (practice.pk, practice.slug, practice.state, practice.confirmed_on, practice.first_published_at),
        (version.pk, version.number, version.state, version.created_at, version.published_at),
        (town.slug, town.code, town.label, town.residents, town.nuts3),
        [(one.pk, one.number, one.published_at) for one in others],
        [(one.slug, one.title, one.summary, one.language, one.municipality.label) for one in related],
        sheet.read,
        sorted(flags.items()),
    )
    return sha256(repr(shown).encode()).hexdigest()


def _earlier(practice: Practice) -> list[Version]:
    """All versions that were public, the latest first; nothing is asked of who has one only."""
    latest = practice.public_version
    if latest is None or latest.number == 1:
        return []
    return list(practice.versions.filter(state__in=["published", "replaced"]).order_by("-number"))
