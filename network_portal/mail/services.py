"""What a person does to the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from network_portal.mail.claims import FREE, control
from network_portal.mail.errors import CannotMarkDone, CannotRetry
from network_portal.mail.models import AddressState, OutboxControl, OutboxMail

State = OutboxMail.State
RETRIABLE = (State.FAILED, State.UNKNOWN)
OPEN = (State.QUEUED, State.FAILED, State.UNKNOWN)
A_WEEK = timedelta(days=7)
NOBODY = "erased@erased.invalid"


@transaction.atomic
def retry(mail: OutboxMail) -> None:
    """Queue it again with the same Message-ID; an address that was refused is given another chance.

    Raises CannotRetry for mails that did not fail, came too late or whose text was deleted.
    """
    now = timezone.now()
    mails = OutboxMail.objects.filter(pk=mail.pk, state__in=RETRIABLE).in_time(now).exclude(text="")
    fresh = {"attempts": 0, "resends": 0, "next_attempt_at": now, "last_error": "", "withdrawn_at": None}
    if not mails.update(state=State.QUEUED, **FREE, **fresh):
        raise CannotRetry(_("This e-mail cannot be sent again: it came too late, or its text was deleted."))
    AddressState.objects.filter(address=mail.to, category="").delete()


def mark_done(mail: OutboxMail) -> None:
    """Nothing more will be done about it; raises CannotMarkDone when it is being sent or is over already."""
    mails = OutboxMail.objects.filter(pk=mail.pk, state__in=OPEN)
    if not mails.update(state=State.CANCELLED, withdrawn_at=timezone.now(), **FREE):
        raise CannotMarkDone(_("This e-mail is being sent or is finished. Load the page again."))


def pause() -> None:
    control()
    OutboxControl.objects.filter(pk=1).update(is_paused=True)


def resume() -> None:
    """Also ends the minute of rest after errors of connection."""
    OutboxControl.objects.filter(pk=1).update(is_paused=False, paused_until=None, connection_errors=0)


@dataclass(frozen=True)
class Missed:
    """Mails of the last week that came too late; ``was_down`` when no sender ran from ``since`` until ``until``."""

    count: int
    since: datetime
    until: datetime
    was_down: bool


def missed_reminders(now: datetime) -> Missed | None:
    expired = OutboxMail.objects.filter(state=State.EXPIRED, category=OutboxMail.Category.REMINDER, send_before__gt=now - A_WEEK)
    state = control()
    if state.down_from and (count := expired.filter(send_before__range=(state.down_from, state.down_until)).count()):
        return Missed(count, state.down_from, state.down_until, True)
    found = expired.aggregate(since=Min("send_before"), until=Max("send_before"))
    return Missed(expired.count(), **found, was_down=False) if found["since"] else None


@transaction.atomic
def forget_address(address: str) -> None:
    """Nothing more goes to ``address``, and no row names it: the mails stay for the counts, without address and words."""
    mails = OutboxMail.objects.filter(to=address)
    mails.filter(state__in=OPEN).update(state=State.CANCELLED, withdrawn_at=timezone.now(), **FREE)
    mails.filter(state=State.SENDING).update(withdrawn_at=timezone.now())
    mails.update(to=NOBODY, subject="", text="", html="", calendar="", last_error="")
    AddressState.objects.filter(address=address).delete()
