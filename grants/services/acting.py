"""What every deed on a call begins and ends with: the lock, the person, the state, and the event that stays."""

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.errors import ChangedMeanwhile, ReasonMissing, WrongState
from grants.models import Call, CallEvent
from grants.permissions import can_manage_calls
from grants.search import index_call
from network_portal.audit.services import record
from network_portal.users.models import User


def begin(call: Call, *, by: User, states: tuple[str, ...], seen=None) -> Call:
    """The call as it is now, locked. Raises PermissionDenied, WrongState, ChangedMeanwhile.

    ``seen`` is the ``changed_at`` that the person saw when the form was opened.
    """
    if not can_manage_calls(by, call):
        raise PermissionDenied
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state not in states:
        words = {"state": call.get_state_display()}
        raise WrongState(_("This cannot be done with a call in the state “%(state)s”.") % words)
    if seen is not None and call.changed_at != seen:
        raise ChangedMeanwhile(_("Somebody else changed this call meanwhile. Nothing was overwritten."))
    return call


def reason_in(text: str) -> str:
    """``text`` without blanks around it. Raises ReasonMissing."""
    if not text.strip():
        raise ReasonMissing(_("Give the reason: it is shown in public."))
    return text.strip()


def note(call: Call, action: str, *, by: User, **detail) -> None:
    """Who did what, in the log of the whole portal."""
    record(f"call.{action}", about=call.mail_subject, by=by, **detail)


def renew(call: Call) -> None:
    """Pages show something new of ``call``, which itself is as it was: what is kept of them no longer holds."""
    Call.objects.filter(pk=call.pk).update(version=F("version") + 1)


def finish(call: Call, kind: str, *, by: User, text: str = "", changed: dict | None = None, **detail) -> CallEvent:
    """Save the call and write the event; mails are owed for it by ``grants.emails``. ``changed`` is by the names of columns."""
    call.changed_at = timezone.now()
    call.version += 1
    call.save()
    index_call(call)
    note(call, kind, by=by)
    detail |= changed or {}
    return CallEvent.objects.create(call=call, kind=kind, by=by, text=text, detail=detail, at=call.changed_at)
