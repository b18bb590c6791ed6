"""The review: one reviewer at a time, the second never the first, and never of one's own municipality."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodpractices import emails
from goodpractices.errors import (
    CommentMissing,
    GridIncomplete,
    NoSecondReviewer,
    NotYours,
    OwnMunicipality,
    ReasonMissing,
    SameReviewer,
    SecondLookNeeded,
)
from goodpractices.grid import unjudged
from goodpractices.models import Practice, PracticeEvent, Review, SectionComment, Version
from goodpractices.people import COORDINATION, first_reviewer, second_reviewers
from goodpractices.permissions import can_manage_practices, can_review_practice
from goodpractices.services import acting
from goodpractices.services.publishing import make_public
from network_portal.users.models import User

State, Kind, Decision = Version.State, PracticeEvent.Kind, Review.Decision
WAITING = (State.SUBMITTED, State.IN_REVIEW, State.SECOND_REVIEW)
HELD = (State.IN_REVIEW, State.SECOND_REVIEW)


@dataclass(frozen=True)
class Notes:
    """What a reviewer writes: {criterion: {"level", "comment"}} on the grid, {code of a section: text}, and in general."""

    grid: dict[str, dict] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    text: str = ""


@transaction.atomic
def take(practice: Practice, *, by: User, reason: str = "") -> Review:
    """Begin the review, or the second look; taking one's own again changes nothing.

    A colleague's review is taken over with a ``reason``, and what they noted goes with it. Raises PermissionDenied,
    OwnMunicipality, SameReviewer, WrongState, ReasonMissing.
    """
    _check_may_review(by, practice)
    practice = acting.lock(practice)
    version = acting.work_of(practice, *WAITING)
    step = 2 if version.state == State.SECOND_REVIEW else 1
    if step == 2 and first_reviewer(version) == by:
        raise SameReviewer(_("You took the first look. The second is for somebody else."))
    review = version.reviews.filter(decision="").first()
    if review and version.reviewer_id == by.pk:
        return review
    is_taken_over = bool(review and version.reviewer_id)
    if is_taken_over and not reason.strip():
        raise ReasonMissing(_("Somebody else has this review. Give the reason why you take it over."))
    review = review or Review(version=version, step=step)
    review.reviewer, review.reviewer_role = by, COORDINATION
    review.save()
    version.reviewer, version.state = by, State.SECOND_REVIEW if step == 2 else State.IN_REVIEW
    version.save(update_fields=["reviewer", "state"])
    text = reason.strip() if is_taken_over else ""
    event = acting.note(practice, Kind.TAKEN, by=by, version=version, text=text, step=step, is_taken_over=is_taken_over)
    emails.tell(event)
    return review


@transaction.atomic
def save_review(practice: Practice, *, by: User, notes: Notes) -> Review:
    """Keep what was noted without deciding. Raises as ``request_changes``, but nothing needs to be complete."""
    _practice, _version, review = _begin(practice, by=by)
    return _write(review, notes)


@transaction.atomic
def request_changes(practice: Practice, *, by: User, notes: Notes) -> Version:
    """Give the version back to its authors, with a comment on at least one section.

    Raises PermissionDenied, OwnMunicipality, WrongState, NotYours, CommentMissing.
    """
    practice, version, review = _begin(practice, by=by)
    if not any(text.strip() for text in notes.comments.values()):
        raise CommentMissing(_("Write at least one comment beside the section that should change."))
    _decide(review, Decision.CHANGES, notes)
    _turn(version, State.CHANGES_REQUESTED)
    _tell(practice, Kind.CHANGES_REQUESTED, by=by, version=version, review=review)
    return version


@transaction.atomic
def pass_on(practice: Practice, *, by: User, notes: Notes) -> Version:
    """The first reviewer agrees: somebody else takes the second look. Raises NoSecondReviewer, GridIncomplete, and as above."""
    practice, version, review = _begin(practice, by=by, states=(State.IN_REVIEW,))
    if not second_reviewers(practice, besides=[by]):
        raise NoSecondReviewer(_("Nobody else can take the second look: publish it, or ask for changes."))
    _check_grid(notes)
    _decide(review, Decision.PASS_ON, notes)
    _turn(version, State.SECOND_REVIEW)
    _tell(practice, Kind.PASSED_ON, by=by, version=version, review=review)
    return version


@transaction.atomic
def publish(practice: Practice, *, by: User, notes: Notes, without_second: str = "") -> Practice:
    """Publish it: after the second look, or where nobody can take it; else only with the reason ``without_second``.

    The reason stays in the history. With it the first reviewer also publishes what waits for a second look that nobody
    took. Raises SecondLookNeeded, GridIncomplete, NotReady, and as above.
    """
    reason = without_second.strip()
    if reason and _waits_for_a_second_look(practice, by=by):
        return _publish_unseen(practice, by=by, reason=reason)
    practice, _version, review = _begin(practice, by=by)
    if review.step == 1 and not reason and second_reviewers(practice, besides=[by]):
        raise SecondLookNeeded(_("Somebody else can take the second look. Pass it on, or say why it is published without."))
    _check_grid(notes)
    _decide(review, Decision.PUBLISH, notes)
    return _make_public(practice, by=by, text=reason if review.step == 1 else "", review=review.pk, step=review.step)


@transaction.atomic
def decline(practice: Practice, *, by: User, reason: str, notes: Notes = Notes()) -> Version:
    """Refuse the version, with reasons that its authors read. Raises ReasonMissing, and as above.

    A practice that is public stays as it is; one that never was keeps the declined version, from which a new one can begin.
    """
    practice, version, review = _begin(practice, by=by)
    if not reason.strip():
        raise ReasonMissing(_("Give the reasons: the authors read them."))
    _decide(review, Decision.DECLINE, Notes(notes.grid, notes.comments, reason.strip()))
    _turn(version, State.DECLINED)
    acting.end_work(practice)
    _tell(practice, Kind.DECLINED, by=by, version=version, review=review, text=reason.strip())
    return version


def _check_may_review(by: User, practice: Practice) -> None:
    if not can_manage_practices(by):
        raise PermissionDenied
    if not can_review_practice(by, practice):
        raise OwnMunicipality(_("You belong to the municipality of this practice: somebody else reviews it."))


def _begin(practice: Practice, *, by: User, states=HELD) -> tuple[Practice, Version, Review]:
    """The practice under lock, its version, and the open review that ``by`` has."""
    _check_may_review(by, practice)
    practice = acting.lock(practice)
    version = acting.work_of(practice, *states)
    review = version.reviews.filter(decision="").first()
    if review is None:
        raise NotYours(_("Nobody has this review. Take it before you decide."))
    if version.reviewer_id != by.pk:
        raise NotYours(_("Somebody else has taken this review over. What you wrote was not saved."))
    return practice, version, review


def _check_grid(notes: Notes) -> None:
    if missing := unjudged(notes.grid):
        words = {"criteria": ", ".join(str(criterion.title) for criterion in missing)}
        raise GridIncomplete(_("Say how far each criterion is met: %(criteria)s.") % words, [c.code for c in missing])


def _write(review: Review, notes: Notes) -> Review:
    review.grid, review.text = notes.grid, notes.text.strip()
    review.save()
    review.comments.all().delete()
    written = {code: text.strip() for code, text in notes.comments.items() if text.strip()}
    SectionComment.objects.bulk_create(SectionComment(review=review, code=code, text=text) for code, text in written.items())
    return review


def _decide(review: Review, decision: str, notes: Notes) -> None:
    review.decision, review.decided_at = decision, timezone.now()
    _write(review, notes)


def _turn(version: Version, state: str) -> None:
    """It is somebody else's turn, from now."""
    version.state, version.waiting_since, version.reviewer = state, timezone.now(), None
    version.save(update_fields=["state", "waiting_since", "reviewer"])


def _tell(practice: Practice, kind: str, *, by: User, version: Version, review: Review, text: str = "") -> None:
    event = acting.note(practice, kind, by=by, version=version, text=text, review=review.pk, step=review.step)
    emails.tell(event)


def _waits_for_a_second_look(practice: Practice, *, by: User) -> bool:
    version = Practice.objects.select_related("work_version").get(pk=practice.pk).work_version
    waits = version and version.state == State.SECOND_REVIEW and version.reviewer_id is None
    return bool(waits) and first_reviewer(version) == by


def _publish_unseen(practice: Practice, *, by: User, reason: str) -> Practice:
    """What waits for a second look that nobody took, by who took the first."""
    _check_may_review(by, practice)
    practice = acting.lock(practice)
    version = acting.work_of(practice, State.SECOND_REVIEW)
    if version.reviewer_id:
        raise NotYours(_("Somebody has begun the second look meanwhile."))
    return _make_public(practice, by=by, text=reason, step=1)


def _make_public(practice: Practice, *, by: User, text: str, **detail) -> Practice:
    practice = make_public(practice, by=by, text=text, **detail)
    emails.tell(practice.events.filter(kind=Kind.PUBLISHED).order_by("-pk")[0])
    return practice
