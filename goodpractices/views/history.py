"""What happened to a practice, its versions and what differs between them; and the grid that everybody reads beforehand."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from goodpractices.diffs import differences
from goodpractices.grid import GRID, LEVELS
from goodpractices.models import Practice, PracticeEvent, Review, Version
from goodpractices.people import COORDINATION, ROLES
from goodpractices.permissions import can_manage_practices, can_send_practice, can_write_practice
from goodpractices.plain import parts_of
from goodpractices.reviewing import judged
from goodpractices.services.keeping import DELETABLE
from goodpractices.services.projection import shown_of
from goodpractices.steps import next_step
from goodpractices.views.own import PARTS
from network_portal.vocabularies.reading import current

Kind = PracticeEvent.Kind
BY_REVIEWERS = {
    Kind.TAKEN, Kind.CHANGES_REQUESTED, Kind.PASSED_ON, Kind.PUBLISHED, Kind.DECLINED, Kind.UNPUBLISHED, Kind.BROUGHT_BACK,
    Kind.FEATURED, Kind.UNFEATURED,
}  # fmt: skip


@login_not_required
@require_safe
def review_grid(request):
    """What reviewers look at, in plain words."""
    return render(request, "goodpractices/review/grid.html", {"grid": GRID, "levels": LEVELS})


@never_cache
@require_safe
def practice_history(request, slug):
    """For who writes the practice, and for coordinators."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user).select_related(*PARTS), slug=slug)
    if not can_write_practice(request.user, practice):
        raise PermissionDenied
    sees_names = can_manage_practices(request.user)
    versions = list(practice.versions.order_by("-number"))
    reviews = Review.objects.filter(version__practice=practice).exclude(decision="").select_related("reviewer", "version")
    context = {
        "practice": practice,
        "step": next_step(practice, request.user),
        "versions": versions,
        "happened": _happened(practice, sees_names=sees_names),
        "reviews": [(review.version, judged(review, with_names=sees_names)) for review in _latest_first(reviews)],
        "deeds": _deeds(practice, request.user),
    }
    return render(request, "goodpractices/review/history.html", context | _compared(versions, request.GET))


def _latest_first(reviews):
    return reviews.prefetch_related("comments").order_by("-decided_at", "-pk")


def _happened(practice: Practice, *, sees_names: bool) -> list[dict]:
    """The events, the latest first; authors read the role of reviewers and the names of each other."""
    rows = practice.events.select_related("by", "version").order_by("-at", "-pk")
    return [{"event": event, "who": _who(event, sees_names), "text": _text(event, sees_names)} for event in rows]


def _who(event: PracticeEvent, sees_names: bool) -> str:
    if event.by is None or (not event.by.is_active and not event.by.name):
        return ""
    return str(event.by) if sees_names or event.kind not in BY_REVIEWERS else str(ROLES[COORDINATION])


def _text(event: PracticeEvent, sees_names: bool) -> str:
    return event.text if sees_names else event.authors_text


def _compared(versions: list[Version], asked: dict) -> dict:
    """The two versions that the address names, else the two latest; with one there is nothing to compare, and it is shown."""
    by_number = {str(version.number): version for version in versions}
    new = by_number.get(asked.get("new", ""), versions[0])
    older = next((version for version in versions if version.number < new.number), None)
    old = by_number.get(asked.get("old", ""), older)
    if old is None or old.pk == new.pk:
        return {"new": new, "old": None, "parts": parts_of(new.form, shown_of(new), current())}
    found = differences(shown_of(old), shown_of(new), current())
    return {"new": new, "old": old, "differences": found, "is_compared": "old" in asked or "new" in asked}


def _deeds(practice: Practice, user) -> list[str]:
    """What the person can do with the practice as it stands: names of addresses."""
    state, version = practice.state, practice.work_version
    is_at_work = version is not None and version.state in Version.AT_WORK
    found = []
    if can_manage_practices(user):
        if state == Practice.State.PUBLIC:
            found.append("unfeature" if practice.featured_at else "feature")
        if state in (Practice.State.UNPUBLISHED, Practice.State.ARCHIVED):
            found.append("bring_back")
        if state in (Practice.State.PUBLIC, Practice.State.ARCHIVED):
            found.append("unpublish")
    if can_send_practice(user, practice):
        if state == Practice.State.PUBLIC:
            found.append("archive")
        if is_at_work or state in (Practice.State.PUBLIC, Practice.State.ARCHIVED, Practice.State.UNPUBLISHED):
            found.append("withdraw")
        was_public = practice.public_version_id is not None
        if not was_public and state != Practice.State.DELETED and version and version.state in DELETABLE:
            found.append("delete")
    return found
