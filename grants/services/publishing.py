"""From draft to public, and what may change afterwards: only with a notice, and the deadline only forwards."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from grants import emails
from grants.errors import Missing, NotLater, NotReady, WrongState
from grants.models import Call, CallEvent
from grants.services import acting
from grants.services.drafting import CallParts, parts_in_words, write_parts
from network_portal.common.templatetags.portal import clock, day_in_words
from network_portal.users.models import User

PUBLISHED = (Call.State.PUBLISHED,)
FIXED = {"kind", "opens_at", "closes_at", "time_zone"}  # a correction leaves them; the deadline is extended


def still_missing(call: Call, *, now=None) -> list[Missing]:
    """What ``call`` needs before it can be published, in the order of the form."""
    now = now or timezone.now()
    needs_money = call.kind != Call.Kind.LOAN
    is_judged = call.kind in (Call.Kind.SUBSIDY, Call.Kind.PRIZE)
    weights = list(call.criteria.values_list("weight", flat=True))
    checks = [
        ("summary", call.summary, _("Write the summary.")),
        ("text", call.text, _("Write the text.")),
        ("applicants", call.applicants.exists(), _("Say who may apply.")),
        ("budget", not needs_money or call.budget is not None, _("Enter the total budget.")),
        ("lent", needs_money or call.lent, _("Say what is lent.")),
        ("opens_at", call.opens_at and call.closes_at, _("Enter when the call opens and closes.")),
        ("closes_at", not call.closes_at or call.closes_at > now, _("The closing moment is past. Enter a later one.")),
        ("criteria", weights or not is_judged, _("Add the criteria with their weights.")),
        ("criteria", not weights or sum(weights) == 100, weights_sentence(sum(weights))),
        ("how_to_apply", call.how_to_apply or call.apply_url, _("Say how and where to apply.")),
        ("regulatory_basis", not needs_money or call.regulatory_basis, _("Name the regulatory basis.")),
        ("contact_email", call.contact_email, _("Enter the e-mail address of the contact.")),
    ]
    return [Missing(field, sentence) for field, holds, sentence in checks if not holds]


def weights_sentence(total: int) -> str:
    """Why weights that add up to ``total`` are refused: both numbers named."""
    return _("The weights add up to %(total)s. Change them so that they add up to 100.") % {"total": total}


@transaction.atomic
def publish(call: Call, *, by: User, seen=None, now=None) -> Call:
    """Show it to everybody, and tell those who follow its themes. Raises NotReady, WrongState, ChangedMeanwhile."""
    call = acting.begin(call, by=by, states=(Call.State.DRAFT,), seen=seen)
    if missing := still_missing(call, now=now):
        raise NotReady(missing)
    call.state, call.published_at = Call.State.PUBLISHED, timezone.now()
    event = acting.finish(call, CallEvent.Kind.PUBLISHED, by=by)
    emails.queue_event(event)
    return call


@transaction.atomic
def correct(call: Call, *, by: User, notice: str, parts: CallParts, seen=None, **fields) -> Call:
    """Change a published call, with a ``notice`` that says what and why. Raises ReasonMissing, NotReady, WrongState,
    ChangedMeanwhile. The event keeps what stood there before."""
    call = acting.begin(call, by=by, states=PUBLISHED, seen=seen)
    notice = acting.reason_in(notice)
    before, parts_before = {name: getattr(call, name) for name in fields if name not in FIXED}, parts_in_words(call)
    for name in before:
        setattr(call, name, fields[name])
    write_parts(call, parts)
    if missing := still_missing(call, now=call.published_at):
        raise NotReady(missing)
    pairs = {name: (value, fields[name]) for name, value in before.items()}
    pairs |= {name: (parts_before[name], words) for name, words in parts_in_words(call).items()}
    # values, not their words: 500 and 500.00 are one amount
    detail = {name: [_word(value) for value in pair] for name, pair in pairs.items() if pair[0] != pair[1]}
    emails.queue_event(acting.finish(call, CallEvent.Kind.CORRECTED, by=by, text=notice, changed=detail))
    return call


def _word(value) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def extend(
    call: Call, *, by: User, closes_at: datetime, reason: str, resolution_due_on: date | None = None, now: datetime | None = None
) -> Call:
    """Move the closing later, before it has come. Raises WrongState after it, NotLater, ReasonMissing.

    ``resolution_due_on`` is the new day of the result, for it cannot come before the closing. Reminders and news that name
    the old deadline are taken back.
    """
    call = acting.begin(call, by=by, states=PUBLISHED)
    moment = {"moment": _in_words(call)}
    if (now or timezone.now()) > call.closes_at:  # the clock is read when the lock is held
        raise WrongState(_("The call closed on %(moment)s: it can no longer be extended.") % moment)
    if closes_at <= call.closes_at:
        raise NotLater(_("The call closes on %(moment)s. Enter a later moment.") % moment)
    due_on = resolution_due_on or call.resolution_due_on
    if due_on and due_on < closes_at.astimezone(call.zone).date():
        raise NotLater(_("The result cannot be expected before the call closes. Enter a later day for the result."))
    reason, before = acting.reason_in(reason), call.closes_at
    call.closes_at, call.resolution_due_on = closes_at, due_on
    moments = [before.isoformat(), closes_at.isoformat()]
    emails.withdraw_closing(call)
    emails.renew_news(call)
    emails.queue_event(acting.finish(call, CallEvent.Kind.EXTENDED, by=by, text=reason, closes_at=moments))
    return call


def _in_words(call: Call) -> str:
    closes = call.closes_local
    return _("%(day)s at %(hour)s") % {"day": day_in_words(closes), "hour": clock(closes)}
