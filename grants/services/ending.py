"""The three ends of a call: its result, its cancelling, and that nobody gets anything."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from grants import emails
from grants.errors import OverBudget, WrongState
from grants.models import AwardLine, Call, CallEvent
from grants.services import acting
from municipalities.models import Municipality
from network_portal.common.amounts import euros
from network_portal.users.models import User


@dataclass(frozen=True)
class Award:
    """A line of the result, until awards are objects of their own."""

    beneficiary: str
    municipality: Municipality | None = None
    project: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True)
class Result:
    text: str
    cut_off: Decimal | None = None
    applications: int | None = None
    awards: Collection[Award] = ()


@transaction.atomic
def resolve(call: Call, *, by: User, result: Result, now=None) -> Call:
    """Give the result of a call that is closed. Raises WrongState, ReasonMissing, OverBudget."""
    call = _begin_closed(call, by=by, now=now)
    call.result_text = acting.reason_in(result.text)
    _check_budget(call, result)
    call.result_cut_off, call.result_applications = result.cut_off, result.applications
    call.award_lines.all().delete()
    AwardLine.objects.bulk_create(
        AwardLine(call=call, position=n, **vars(award)) for n, award in enumerate(result.awards, start=1)
    )
    return _end(call, Call.State.RESOLVED, CallEvent.Kind.RESOLVED, by=by, awards=len(result.awards))


def _check_budget(call: Call, result: Result) -> None:
    """No more is given than there is; more money is a correction of the call first."""
    total = sum((award.amount for award in result.awards if award.amount), Decimal(0))
    if call.budget is not None and total > call.budget:
        raise OverBudget(budget_sentence(total, call.budget))


def budget_sentence(total: Decimal, budget: Decimal) -> str:
    """Why awards of ``total`` are refused: both numbers named."""
    text = _("The awards add up to %(total)s, but the budget is %(budget)s. Change an amount, or correct the budget first.")
    return text % {"total": euros(total), "budget": euros(budget)}


@transaction.atomic
def declare_void(call: Call, *, by: User, reason: str, now=None) -> Call:
    """Nobody applied, or nobody can be supported. Raises WrongState before the closing, ReasonMissing."""
    call = _begin_closed(call, by=by, now=now)
    return _end(call, Call.State.VOID, CallEvent.Kind.VOID, by=by, text=acting.reason_in(reason))


@transaction.atomic
def cancel(call: Call, *, by: User, reason: str) -> Call:
    """Call it off, open or closed, as long as there is no result. Raises WrongState, ReasonMissing."""
    call = acting.begin(call, by=by, states=(Call.State.PUBLISHED,))
    return _end(call, Call.State.CANCELLED, CallEvent.Kind.CANCELLED, by=by, text=acting.reason_in(reason))


def _begin_closed(call: Call, *, by: User, now) -> Call:
    call = acting.begin(call, by=by, states=(Call.State.PUBLISHED,))
    if call.phase_at(now or timezone.now()) != "closed":
        raise WrongState(_("The call is not closed yet: wait for the closing moment, or cancel it."))
    return call


def _end(call: Call, state: str, kind: str, *, by: User, text: str = "", **detail) -> Call:
    call.state, call.ended_at = state, timezone.now()
    event = acting.finish(call, kind, by=by, text=text, **detail)
    emails.withdraw_closing(call)
    emails.withdraw_news(call)
    emails.queue_event(event)
    return call
