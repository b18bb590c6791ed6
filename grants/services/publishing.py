"""From draft to public, and what may change afterwards: only with a notice, and the deadline only forwards."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants import emails
from grants.errors import NotLater, NotReady, WrongState
from grants.models import Call, CallEvent
from grants.services import acting
from grants.services.drafting import CallParts, write_parts
from network_portal.users.models import User

PUBLISHED = (Call.State.PUBLISHED,)
FIXED = {"kind", "opens_at", "closes_at", "time_zone"}  # a correction leaves them; the deadline is extended


def still_missing(call: Call, *, now=None) -> list[str]:
    """Sentences that say what ``call`` needs before it can be published."""
    now = now or timezone.now()
    needs_money = call.kind != Call.Kind.LOAN
    is_judged = call.kind in (Call.Kind.SUBSIDY, Call.Kind.PRIZE)
    weights = list(call.criteria.values_list("weight", flat=True))
    checks = [
        (call.summary, _("Write the summary.")),
        (call.text, _("Write the text.")),
        (call.applicants.exists(), _("Say who may apply.")),
        (not needs_money or call.budget is not None, _("Enter the total budget.")),
        (needs_money or call.lent, _("Say what is lent.")),
        (weights or not is_judged, _("Add the criteria with their weights.")),
        (not weights or sum(weights) == 100, weights_sentence(sum(weights))),
        (call.opens_at and call.closes_at, _("Enter when the call opens and closes.")),
        (not call.closes_at or call.closes_at > now, _("The closing moment is past. Enter a later one.")),
        (call.how_to_apply or call.apply_url, _("Say how and where to apply.")),
        (call.contact_email, _("Enter the e-mail address of the contact.")),
        (call.kind == Call.Kind.LOAN or call.regulatory_basis, _("Name the regulatory basis.")),
    ]
    return [sentence for holds, sentence in checks if not holds]


def weights_sentence(total: int) -> str:
    """Why weights that add up to ``total`` are refused: both numbers named."""
    return _("The weights add up to %(total)s. Change them so that they add up to 100.") % {"total": total}


@transaction.atomic
def publish(call: Call, *, by: User, seen=None) -> Call:
    """Show it to everybody, and tell those who follow its themes. Raises NotReady."""
    call = acting.begin(call, by=by, states=(Call.State.DRAFT,), seen=seen)
    if missing := still_missing(call):
        raise NotReady(missing)
    call.state, call.published_at = Call.State.PUBLISHED, timezone.now()
    event = acting.finish(call, CallEvent.Kind.PUBLISHED, by=by)
    emails.queue_event(event)
    return call


@transaction.atomic
def correct(call: Call, *, by: User, notice: str, parts: CallParts, seen=None, **fields) -> Call:
    """Change a published call, with a ``notice`` that says what and why. Raises ReasonMissing, NotReady, WrongState."""
    call = acting.begin(call, by=by, states=PUBLISHED, seen=seen)
    notice = acting.reason_in(notice)
    changed = {name: value for name, value in fields.items() if name not in FIXED and value != getattr(call, name)}
    before = {name: str(getattr(call, name) or "") for name in changed}
    for name, value in changed.items():
        setattr(call, name, value)
    write_parts(call, parts)
    if missing := still_missing(call, now=call.published_at):
        raise NotReady(missing)
    detail = {name: [before[name], str(value or "")] for name, value in changed.items()}
    emails.queue_event(acting.finish(call, CallEvent.Kind.CORRECTED, by=by, text=notice, **detail))
    return call


@transaction.atomic
def extend(call: Call, *, by: User, closes_at: datetime, reason: str, now=None) -> Call:
    """Move the closing later, before it has come. Raises WrongState after it, NotLater, ReasonMissing."""
    now = now or timezone.now()
    call = acting.begin(call, by=by, states=PUBLISHED)
    if now > call.closes_at:
        raise WrongState(_("The call closed on %(moment)s: it can no longer be extended.") % {"moment": _in_words(call)})
    if closes_at <= call.closes_at:
        raise NotLater(_("The call closes on %(moment)s. Enter a later moment.") % {"moment": _in_words(call)})
    reason, before = acting.reason_in(reason), call.closes_at
    call.closes_at = closes_at
    event = acting.finish(
        call, CallEvent.Kind.EXTENDED, by=by, text=reason, closes_at=[before.isoformat(), closes_at.isoformat()]
    )
    emails.withdraw_closing(call)
    emails.queue_event(event)
    return call


def _in_words(call: Call) -> str:
    return date_format(call.closes_local, "DATETIME_FORMAT")
