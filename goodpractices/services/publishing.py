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
    """Publish the version at work of a practice: the one before is replaced, and stays at its own address.

    For ``services.reviewing``, which decides who may and whether the version is in the right state, and for builders of
    what is published already. Raises NotReady.
    """
    practice = acting.lock(practice)
    version, contents = practice.work_version, projection.shown_of(practice.work_version)
    if missing := still_missing(version.form, contents, to_publish=True):
        raise NotReady(missing)
    now = timezone.now()
    if practice.public_version:
        Version.objects.filter(pk=practice.public_version_id, state=Version.State.PUBLISHED).update(state=Version.State.REPLACED)
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
