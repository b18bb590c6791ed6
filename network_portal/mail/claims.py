"""Every change of a mail's state while it is delivered: conditional updates whose row counts are checked."""

import random
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, F, Value, When

from network_portal.mail.models import AddressState, OutboxControl, OutboxMail
from network_portal.mail.transport import Refused, is_demonstration

RETRY_MINUTES = (1, 5, 15, 60, 120, 240, *[240] * 10)  # two days in all
State = OutboxMail.State
FREE = {"lease_until": None, "lease_token": None}


class LeaseLost(Exception):
    """This sender was away longer than its lease; others have its mails now."""


def lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.MAIL_LEASE_SECONDS)


@transaction.atomic
def claim(token: UUID, *, now: datetime, limit: int) -> list[OutboxMail]:
    """Up to ``limit`` due mails, kept from other senders until the lease ends.

    SQLite has one writer at a time (transactions are IMMEDIATE); PostgreSQL's senders skip each other's rows.
    """
    due = OutboxMail.objects.due(now).in_time(now).wanted().unless_paused(now)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    ids = list(due.values_list("pk", flat=True)[:limit])
    OutboxMail.objects.filter(pk__in=ids).update(lease_token=token, lease_until=lease_end(now))
    return sorted(OutboxMail.objects.filter(pk__in=ids), key=lambda mail: (mail.priority, mail.next_attempt_at, mail.pk))


def begin(mail: OutboxMail, token: UUID, *, now: datetime) -> bool:
    """Just before DATA: from here on the mail may be out. False when a reason not to send it has come up."""
    mine = OutboxMail.objects.queued().filter(pk=mail.pk, lease_token=token)
    allowed = mine.in_time(now).wanted().unless_paused(now)
    return allowed.update(state=State.SENDING, lease_until=lease_end(now)) == 1


def finish(mail: OutboxMail, token: UUID, *, now: datetime) -> None:
    """The server has it; raises LeaseLost."""
    _leave(State.SENDING, mail, token, state=State.SENT, sent_at=now, last_error="", **_blank_if_secret(mail))


def refuse(mail: OutboxMail, token: UUID, refusal: Refused, *, now: datetime) -> None:
    """Try again later, give up, or ask a person, as the server's answer says; raises LeaseLost."""
    if refusal.is_final and refusal.at == "RCPT":
        AddressState.objects.get_or_create(address=mail.to, category="", defaults={"reason": str(refusal)})
    if refusal.is_final or mail.attempts >= len(RETRY_MINUTES):
        change = {"state": State.FAILED, **_blank_if_secret(mail)}
    elif refusal.is_without_answer and (settings.MAIL_AMBIGUOUS == "hold" or mail.resends):
        change = {"state": State.UNKNOWN}
    else:
        wait = timedelta(minutes=RETRY_MINUTES[mail.attempts]) * random.uniform(0.8, 1.2)
        change = {"state": _queued_unless_withdrawn(), "next_attempt_at": now + wait}
        change["resends"] = F("resends") + int(refusal.is_without_answer)
    if refusal.at == "DATA":
        _leave(State.SENDING, mail, token, last_error=str(refusal), **change)
        return
    with suppress(LeaseLost):  # withdrawn meanwhile: there is nothing left to say about it
        _leave(State.QUEUED, mail, token, last_error=str(refusal), **change)


def _leave(left: State, mail: OutboxMail, token: UUID, **change) -> None:
    mine = OutboxMail.objects.filter(pk=mail.pk, state=left, lease_token=token)
    if mine.update(attempts=F("attempts") + 1, **FREE, **change) != 1:
        raise LeaseLost


def _queued_unless_withdrawn() -> Case:
    return Case(When(withdrawn_at=None, then=Value(State.QUEUED)), default=Value(State.CANCELLED))


def _blank_if_secret(mail: OutboxMail) -> dict[str, str]:
    """A sign-in code is not kept, except where the demonstration's mailbox is the only place to read it."""
    is_kept = mail.category != OutboxMail.Category.SECURITY or is_demonstration()
    return {} if is_kept else {"subject": "", "text": "", "html": ""}


def release(token: UUID) -> None:
    """Give back what this sender claimed and has not begun."""
    OutboxMail.objects.queued().filter(lease_token=token).update(**FREE)


def settle(now: datetime) -> None:
    """What is too late or unwanted leaves the queue; what a dead sender had in hand goes back or to a person."""
    queued = OutboxMail.objects.queued()
    queued.too_late(now).update(state=State.EXPIRED, **FREE)
    queued.filter(next_attempt_at__lte=now).unwanted().update(state=State.CANCELLED, **FREE)
    abandoned = OutboxMail.objects.abandoned(now)
    held = abandoned if settings.MAIL_AMBIGUOUS == "hold" else abandoned.filter(resends__gt=0)
    held.update(state=State.UNKNOWN, attempts=F("attempts") + 1, **FREE)
    abandoned.update(
        state=_queued_unless_withdrawn(),
        attempts=F("attempts") + 1,
        resends=F("resends") + 1,
        next_attempt_at=now,
        **FREE,
    )


def blank_old_bodies(now: datetime) -> int:
    """Empty what mails said 30 days ago, and every secret that is no longer on its way; the number of mails."""
    over = OutboxMail.objects.exclude(state__in=[State.QUEUED, State.SENDING])
    blank = {"text": "", "html": "", "calendar": ""}
    old = over.filter(created_at__lt=now - timedelta(days=30)).exclude(text="", html="", calendar="").update(**blank)
    if is_demonstration():
        return old
    secrets = over.filter(category=OutboxMail.Category.SECURITY).exclude(text="", html="", subject="")
    return old + secrets.update(subject="", **blank)


def control() -> OutboxControl:
    return OutboxControl.objects.get_or_create(pk=1)[0]
