"""Questions about a call, answered in public."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from grants import emails
from grants.errors import ChangedMeanwhile, ReasonMissing, WrongState
from grants.models import Call, CallEvent, Question
from grants.permissions import can_manage_calls
from grants.search import index_call
from grants.services import acting
from network_portal.users.models import User

ASKABLE = ("coming", "open", "closed")


@transaction.atomic
def ask(call: Call, *, by: User, text: str) -> Question:
    """Ask about a published call; the same question twice is one. Raises WrongState."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.phase not in ASKABLE:
        raise WrongState(_("Questions can be asked as long as the call has no result."))
    question, is_new = Question.objects.get_or_create(call=call, asked_by=by, text=text.strip())
    if is_new:
        acting.renew(call)
    return question


@transaction.atomic
def answer(question: Question, *, by: User, text: str, seen: str | None = None) -> Question:
    """Answer in public, or better an answer; the first answer is an event.

    ``seen`` is the answer that stood there when the form was opened. Raises PermissionDenied, ReasonMissing, ChangedMeanwhile.
    """
    if not can_manage_calls(by, question.call):
        raise PermissionDenied
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if seen is not None and question.answer != seen:
        raise ChangedMeanwhile(_("Somebody else answered meanwhile. Nothing was overwritten."))
    if not text.strip():
        raise ReasonMissing(_("Write the answer: it is shown in public."))
    is_first = not question.answer
    question.answer, question.answered_by = text.strip(), by
    question.answered_at = question.answered_at or timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    acting.renew(question.call)
    index_call(question.call)
    acting.note(question.call, "answered", by=by, question=question.pk)
    if is_first:
        CallEvent.objects.create(call=question.call, kind=CallEvent.Kind.ANSWERED, by=by, detail={"question": question.pk})
        emails.queue_answered(question)
    return question
