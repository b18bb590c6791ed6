"""Bringing a version before everybody."""

from django.db import transaction
from django.utils import timezone

from goodpractices.completeness import still_missing
from goodpractices.errors import NotReady
from goodpractices.models import Practice, PracticeEvent, Version
from goodpractices.services import acting, projection
from network_portal.users.models import User


@transaction.atomic
def make_public(practice: Practice, *, by: User, text: str = "", **detail) -> Practice:
    """Publish the version at work of a practice: the one before is replaced.

    For ``services.reviewing``, which decides who may and whether the version is in the right state, and for builders of
    what is published already. Raises NotReady.
    """
    practice = acting.lock(practice)
    version, contents = practice.work_version, projection.shown_of(practice.work_version)
    if missing := still_missing(version.form, contents, to_publish=True):
        raise NotReady(missing)
    now = timezone.now()
    _put_behind(practice)
    version.state, version.published_at, version.waiting_since = Version.State.PUBLISHED, now, None
    version.save(update_fields=["state", "published_at", "waiting_since"])
    if practice.first_published_at is None:
        practice.slug = projection.free_slug(contents["title"]["title"], practice)
    practice.public_version, practice.work_version = version, None
    practice.state, practice.published_at = Practice.State.PUBLIC, now
    practice.first_published_at = practice.first_published_at or now
    practice.confirmed_on, practice.asked_on, practice.unanswered = timezone.localdate(), None, 0
    practice.save()
    projection.project(practice, version, contents)
    acting.note(practice, PracticeEvent.Kind.PUBLISHED, by=by, version=version, text=text, **detail)
    return practice


def _put_behind(practice: Practice) -> None:
    """What was public until now stays at its address; where it was taken out or withdrawn for a reason it does not come back
    with the new version, nor do its files."""
    public, replaced = Version.State.PUBLISHED, Version.State.REPLACED
    if practice.state in (Practice.State.UNPUBLISHED, Practice.State.WITHDRAWN):
        practice.versions.filter(state__in=[public, replaced]).update(state=Version.State.WITHDRAWN)
    else:
        practice.versions.filter(state=public).update(state=replaced)
