"""Writing a call before anybody sees it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from grants.models import Applicant, Call, CallEvent, Criterion, RequiredDocument, Territory
from grants.permissions import can_manage_calls
from grants.search import index_call
from grants.services import acting
from network_portal.users.models import User
from network_portal.vocabularies.models import Term

OURS = ("manage", "following", "files", "new", "deadlines")  # parts of addresses that belong to pages
TRIES = 3


@dataclass(frozen=True)
class CallParts:
    """What hangs on a call: each list replaces the one that was there."""

    themes: Collection[Term] = ()
    axes: Collection[Term] = ()
    applicants: Collection[str] = ()  # of Applicant.Kind
    territories: Collection[tuple[str, str]] = ()  # (level, value)
    criteria: Collection[tuple[str, str, int]] = field(default=())  # (title, text, weight)
    documents: Collection[tuple[str, str]] = ()  # (title, note)


@transaction.atomic
def save_draft(call: Call | None, *, by: User, parts: CallParts, seen=None, **fields) -> Call:
    """Write ``fields`` and ``parts`` to a draft, or to a new one. Raises PermissionDenied, WrongState, ChangedMeanwhile.

    The address part comes from the first title and stays.
    """
    if call is None:
        if not can_manage_calls(by):
            raise PermissionDenied
        call = _create(fields)
        CallEvent.objects.create(call=call, kind=CallEvent.Kind.CREATED, by=by)
        acting.note(call, "created", by=by)
    else:
        call = acting.begin(call, by=by, states=(Call.State.DRAFT,), seen=seen)
        for name, value in fields.items():
            setattr(call, name, value)
        call.changed_at = timezone.now()
        call.version += 1
        call.save()
        acting.note(call, "saved", by=by)
    write_parts(call, parts)
    index_call(call)
    return call


def _create(fields: dict) -> Call:
    """A new row. Who makes a call of the same title in this very moment gets the next free address."""
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                return Call.objects.create(slug=free_slug(fields["title"]), **fields)
        except IntegrityError as error:
            last = error
    raise last


def write_parts(call: Call, parts: CallParts) -> None:
    """Replace what hangs on ``call``."""
    call.themes.set(parts.themes)
    call.axes.set(parts.axes)
    for rows in (call.applicants, call.territories, call.criteria, call.required_documents):
        rows.all().delete()
    Applicant.objects.bulk_create(Applicant(call=call, kind=kind) for kind in parts.applicants)
    Territory.objects.bulk_create(Territory(call=call, level=level, value=value) for level, value in parts.territories)
    Criterion.objects.bulk_create(
        Criterion(call=call, position=n, title=title, text=text, weight=weight)
        for n, (title, text, weight) in enumerate(parts.criteria, start=1)
    )
    RequiredDocument.objects.bulk_create(
        RequiredDocument(call=call, position=n, title=title, note=note)
        for n, (title, note) in enumerate(parts.documents, start=1)
    )


def parts_in_words(call: Call) -> dict[str, str]:
    """What hangs on ``call``, to tell what changed; terms, kinds and places by their codes, which each reader gets in words."""
    return {
        "themes": ", ".join(call.themes.order_by("position", "pk").values_list("code", flat=True)),
        "axes": ", ".join(call.axes.order_by("position", "pk").values_list("code", flat=True)),
        "applicants": ", ".join(call.applicants.order_by("kind").values_list("kind", flat=True)),
        "territories": ", ".join(call.territories.order_by("level", "value").values_list("value", flat=True)),
        "criteria": "; ".join(f"{c.title} ({c.weight})" for c in call.criteria.order_by("position")),
        "documents": "; ".join(d.title for d in call.required_documents.order_by("position")),
    }


def free_slug(title: str) -> str:
    """An address part for ``title`` that no call has and no page of ours uses."""
    base = slugify(title)[:80].strip("-") or "call"
    taken = {*OURS, *Call.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
