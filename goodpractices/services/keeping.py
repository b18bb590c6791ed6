"""What becomes of a practice besides its review: withdrawn, archived, deleted, taken out, shown on the home page."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodpractices import emails
from goodpractices.errors import WrongState
from goodpractices.models import Practice, PracticeEvent, Version
from goodpractices.models.versions import WORKING
from goodpractices.permissions import can_manage_practices, can_send_practice
from goodpractices.services import acting, projection
from network_portal.users.models import User

State, Kind = Practice.State, PracticeEvent.Kind
DELETABLE = (
    Version.State.DRAFT, Version.State.CHANGES_REQUESTED, Version.State.DECLINED, Version.State.WITHDRAWN,
)  # fmt: skip


@transaction.atomic
def withdraw(practice: Practice, *, by: User, reason: str = "", whole: bool = True) -> Practice:
    """Take a practice back, by its authors. Raises PermissionDenied, WrongState, ReasonMissing.

    Without ``whole`` only the version at work goes and a public one stays. What was public needs a reason; it is no longer
    read at its address. A new version can be begun afterwards, and is all that is left to take back of what is withdrawn.
    """
    practice = _begin(practice, by=by, rule=can_send_practice)
    acting.in_state(practice, State.NEW, State.PUBLIC, State.ARCHIVED, State.UNPUBLISHED, State.WITHDRAWN)
    was_public = practice.public_version_id is not None
    whole = practice.state != State.WITHDRAWN and (whole or not was_public)
    version = practice.work_version if practice.work_version and practice.work_version.state in WORKING else None
    if not (whole and was_public):
        version = acting.work_of(practice, *WORKING)
    text = acting.reason_in(reason) if whole and was_public else reason.strip()
    was_waiting = bool(version) and version.state not in (Version.State.DRAFT, Version.State.CHANGES_REQUESTED)
    if version:
        _withdraw_version(practice, version)
    if whole:
        practice.state, practice.featured_at = State.WITHDRAWN, None
        practice.save(update_fields=["state", "featured_at"])
        if was_public:
            projection.touch(practice)
    event = acting.note(practice, Kind.WITHDRAWN, by=by, version=version, text=text, whole=whole, was_waiting=was_waiting)
    emails.tell(event)
    return practice


@transaction.atomic
def archive(practice: Practice, *, by: User, reason: str) -> Practice:
    """It is over: still read at its address, no longer listed. By its authors or a coordinator. Raises as above."""
    practice = _begin(practice, by=by, rule=can_send_practice)
    acting.in_state(practice, State.PUBLIC)
    return _move(practice, State.ARCHIVED, Kind.ARCHIVED, by=by, text=acting.reason_in(reason))


@transaction.atomic
def unpublish(practice: Practice, *, by: User, reason: str) -> Practice:
    """Take it out of the catalogue and off its address. By a coordinator. Raises as above."""
    practice = _begin(practice, by=by, rule=can_manage_practices)
    acting.in_state(practice, State.PUBLIC, State.ARCHIVED)
    return _move(practice, State.UNPUBLISHED, Kind.UNPUBLISHED, by=by, text=acting.reason_in(reason))


@transaction.atomic
def bring_back(practice: Practice, *, by: User) -> Practice:
    """Back into the catalogue what was taken out or archived. By a coordinator. Raises PermissionDenied, WrongState."""
    practice = _begin(practice, by=by, rule=can_manage_practices)
    acting.in_state(practice, State.UNPUBLISHED, State.ARCHIVED)
    return _move(practice, State.PUBLIC, Kind.BROUGHT_BACK, by=by)


@transaction.atomic
def delete(practice: Practice, *, by: User) -> Practice:
    """Delete what never was public and is not being reviewed; it can be restored. Raises PermissionDenied, WrongState."""
    practice = _begin(practice, by=by, rule=can_send_practice)
    if practice.public_version_id:
        raise WrongState(_("What was public once is not deleted. It can be withdrawn."))
    acting.in_state(practice, State.NEW, State.WITHDRAWN)
    acting.work_of(practice, *DELETABLE)
    was, practice.state = practice.state, State.DELETED
    practice.save(update_fields=["state"])
    emails.withdraw(practice)
    acting.note(practice, Kind.DELETED, by=by, version=practice.work_version, was=was)
    return practice


@transaction.atomic
def restore(practice: Practice, *, by: User) -> Practice:
    """Bring back what was deleted, as it was. Raises PermissionDenied, WrongState."""
    practice = _begin(practice, by=by, rule=can_send_practice)
    acting.in_state(practice, State.DELETED)
    deleted = practice.events.filter(kind=Kind.DELETED).order_by("-pk")[0]
    practice.state = deleted.detail["was"]
    practice.save(update_fields=["state"])
    acting.note(practice, Kind.RESTORED, by=by, version=practice.work_version)
    return practice


@transaction.atomic
def feature(practice: Practice, *, by: User) -> Practice:
    """Show it on the home page; twice is once. By a coordinator. Raises PermissionDenied, WrongState."""
    practice = _begin(practice, by=by, rule=can_manage_practices)
    acting.in_state(practice, State.PUBLIC)
    return practice if practice.featured_at else _feature(practice, timezone.now(), Kind.FEATURED, by=by)


@transaction.atomic
def unfeature(practice: Practice, *, by: User) -> Practice:
    """No longer show it on the home page; twice is once. Raises PermissionDenied."""
    practice = _begin(practice, by=by, rule=can_manage_practices)
    return _feature(practice, None, Kind.UNFEATURED, by=by) if practice.featured_at else practice


def _begin(practice: Practice, *, by: User, rule) -> Practice:
    if not rule(by, practice):
        raise PermissionDenied
    return acting.lock(practice)


def _move(practice: Practice, state: str, kind: str, *, by: User, text: str = "") -> Practice:
    practice.state, practice.featured_at = state, None
    practice.save(update_fields=["state", "featured_at"])
    projection.touch(practice)
    emails.tell(acting.note(practice, kind, by=by, text=text))
    return practice


def _feature(practice: Practice, at, kind: str, *, by: User) -> Practice:
    practice.featured_at = at
    practice.save(update_fields=["featured_at"])
    projection.touch(practice)
    acting.note(practice, kind, by=by)
    return practice


def _withdraw_version(practice: Practice, version: Version) -> None:
    version.reviews.filter(decision="").delete()
    version.state, version.waiting_since, version.reviewer = Version.State.WITHDRAWN, None, None
    version.save(update_fields=["state", "waiting_since", "reviewer"])
    acting.end_work(practice)
