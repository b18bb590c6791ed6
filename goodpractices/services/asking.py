"""“Is it still true?”: asked once a year, once more when nobody answers, and then it stands on the page."""

import logging
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from goodpractices import emails
from goodpractices.models import Practice, PracticeEvent
from goodpractices.models.practices import ANSWER_WITHIN
from goodpractices.permissions import can_write_practice
from goodpractices.services import acting, projection
from network_portal.users.models import User

logger = logging.getLogger(__name__)
YEAR = timedelta(days=365)
REVIEWED = ("submitted", "in_review", "second_review")  # a new version says more than a button


def queue_due_questions(*, today: date) -> int:
    """Ask the authors of every practice whose question is due and was not asked; how many were asked.

    Derived from the days they last confirmed and were last asked, so days off repair themselves.
    """
    maybe = Practice.objects.listed().filter(confirmed_on__lte=today - YEAR).exclude(work_version__state__in=REVIEWED)
    rows = maybe.only("confirmed_on", "asked_on", "unanswered").order_by("pk")
    due = [practice for practice in rows if is_due(practice, today=today)]
    return sum(_ask_or_log(practice, today=today) for practice in due)


def _ask_or_log(practice: Practice, *, today: date) -> bool:
    """What goes wrong with one practice must not keep the questions to the others back; the next day tries it again."""
    try:
        return ask_still_true(practice, today=today)
    except Exception:  # a border: one practice of many
        logger.exception("The yearly question about practice %s was not asked", practice.pk)
        return False


def is_due(practice: Practice, *, today: date) -> bool:
    """A year after they last confirmed; 30 days after a first question without an answer; then again every year."""
    if practice.asked_on is None:
        return practice.confirmed_on + YEAR <= today
    return practice.asked_on + (ANSWER_WITHIN if practice.unanswered == 1 else YEAR) <= today


@transaction.atomic
def ask_still_true(practice: Practice, *, today: date | None = None) -> bool:
    """Ask now when it is due; whether it was asked. Of many who ask at once one does."""
    today = today or timezone.localdate()
    practice = acting.lock(practice)
    if not practice.is_public or not is_due(practice, today=today):
        return False
    practice.asked_on, practice.unanswered = today, practice.unanswered + 1
    practice.save(update_fields=["asked_on", "unanswered"])
    event = acting.note(practice, PracticeEvent.Kind.ASKED, by=None, version=practice.public_version)
    emails.queue_still_true(practice, event)
    return True


@transaction.atomic
def confirm_still_true(practice: Practice, *, by: User | None) -> Practice:
    """Its authors say that it is still true, today; ``by`` is None when they came by the link of the mail.

    Twice on a day is once. Raises PermissionDenied, and WrongState when it is not public.
    """
    if by is not None and not can_write_practice(by, practice):
        raise PermissionDenied
    practice = acting.lock(practice)
    acting.in_state(practice, Practice.State.PUBLIC)
    today = timezone.localdate()
    if practice.confirmed_on == today and practice.asked_on is None:
        return practice
    practice.confirmed_on, practice.asked_on, practice.unanswered = today, None, 0
    practice.save(update_fields=["confirmed_on", "asked_on", "unanswered"])
    projection.touch(practice)
    emails.withdraw_still_true(practice)
    acting.note(practice, PracticeEvent.Kind.CONFIRMED, by=by, version=practice.public_version, by_link=by is None)
    return practice


@transaction.atomic
def answer_with_update(practice: Practice, *, by: User) -> Practice:
    """They began a new version instead: the question is answered, and comes again a year after it was asked."""
    if not can_write_practice(by, practice):
        raise PermissionDenied
    practice = acting.lock(practice)
    practice.unanswered = 0
    practice.save(update_fields=["unanswered"])
    emails.withdraw_still_true(practice)
    return practice
