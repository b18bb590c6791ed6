"""Delivering: claim (commit), hand over without a transaction, mark that one row, then the next."""

import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone

from network_portal.mail import claims, transport
from network_portal.mail.models import OutboxControl, OutboxMail

logger = logging.getLogger(__name__)
BATCH = 10  # small, so that a sign-in code waits at most for the rest of one
CONNECTION_ERRORS = 5  # in a row pause all sending
PAUSE = timedelta(seconds=60)
SILENCE = timedelta(minutes=10)  # without any sender, this counts as the system being down


@dataclass
class Sender:
    """One sender with its own token; ``stop`` is set by SIGTERM and heeded between two mails."""

    stop: Event = field(default_factory=Event)
    token: UUID = field(default_factory=uuid4)
    sent: int = 0
    next_at: float = 0.0

    def deliver_due(self, *, seconds: float = 4.0) -> int:
        """Send what is due, for about ``seconds``; the number of mails taken in hand."""
        if not transport.can_send():
            return 0
        end, taken = time.monotonic() + seconds, 0
        now = timezone.now()
        note_run(now)
        claims.settle(now)
        wire = transport.new_transport()
        try:
            while not self.stop.is_set() and time.monotonic() < end:
                mails = claims.claim(self.token, now=timezone.now(), limit=BATCH)
                if not mails or not self._send_all(mails, wire, end):
                    break
                taken += len(mails)
        except claims.LeaseLost:
            logger.warning("A sender was away longer than its lease and stops")
        finally:
            claims.release(self.token)
            wire.close()
        return taken

    def _send_all(self, mails: list[OutboxMail], wire, end: float) -> bool:
        """False when there is no connection."""
        for mail in mails:
            self._keep_rate(wire.seconds_between)
            if self.stop.is_set() or time.monotonic() >= end:
                return True
            try:
                wire.open()
            except transport.NoConnection as error:
                note_connection_error(timezone.now(), str(error))
                return False
            self._send(mail, wire)
        note_connection()
        return True

    def _send(self, mail: OutboxMail, wire) -> None:
        try:
            wire.offer(mail)
            if not claims.begin(mail, self.token, now=timezone.now()):
                wire.withdraw_offer()
                claims.settle(timezone.now())
                return
            wire.send(mail)
        except transport.Refused as refusal:
            claims.refuse(mail, self.token, refusal, now=timezone.now())
        else:
            claims.finish(mail, self.token, now=timezone.now())
            self.sent += 1

    def _keep_rate(self, seconds_between: float) -> None:
        if seconds_between:
            self.stop.wait(max(0.0, self.next_at - time.monotonic()))
            self.next_at = time.monotonic() + seconds_between


def note_run(now: datetime) -> None:
    """Keep when a sender last ran, at most once a minute, and the gap when there was none for long."""
    control = claims.control()
    last = control.last_run_at
    if last and now - last > SILENCE:
        OutboxControl.objects.filter(pk=1, last_run_at=last).update(last_run_at=now, down_from=last, down_until=now)
    elif last is None or now - last > timedelta(minutes=1):
        OutboxControl.objects.filter(pk=1).update(last_run_at=now)


def note_connection_error(now: datetime, text: str) -> None:
    """Count it; the fifth in a row pauses all sending for a minute. No mail is blamed."""
    logger.warning("No connection to the mail server: %s", text)
    rows = OutboxControl.objects.filter(pk=1)
    rows.update(connection_errors=F("connection_errors") + 1)
    rows.filter(connection_errors__gte=CONNECTION_ERRORS).update(connection_errors=0, paused_until=now + PAUSE)


def note_connection() -> None:
    OutboxControl.objects.filter(pk=1, connection_errors__gt=0).update(connection_errors=0)
