"""Handing a version to the reviewers."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from goodpractices import emails
from goodpractices.completeness import still_missing
from goodpractices.errors import NotReady
from goodpractices.models import Practice, PracticeEvent, Version
from goodpractices.permissions import can_send_practice
from goodpractices.services import acting, projection
from goodpractices.services.writing import OPEN
from network_portal.users.models import User


@transaction.atomic
def submit(practice: Practice, *, by: User) -> Version:
    """Send the version at work for review, the first time or after changes were requested.

    From then on nobody writes in it. Raises PermissionDenied, WrongState, NotReady.
    """
    if not can_send_practice(by, practice):
        raise PermissionDenied
    practice = acting.lock(practice)
    version = acting.work_of(practice, *OPEN)
    if missing := still_missing(version.form, projection.contents_of(version), to_publish=False):
        raise NotReady(missing)
    now = timezone.now()
    version.state, version.submitted_at, version.submitted_by = Version.State.SUBMITTED, now, by
    version.waiting_since, version.reviewer = now, None
    version.save(update_fields=["state", "submitted_at", "submitted_by", "waiting_since", "reviewer"])
    emails.tell(acting.note(practice, PracticeEvent.Kind.SUBMITTED, by=by, version=version))
    return version
