"""Handing a mail over, in two steps: the envelope, then, if it is still wanted, the mail itself."""

import re
import smtplib
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import sanitize_address

from network_portal.mail.message import bytes_for
from network_portal.mail.models import OutboxMail

ADDRESS = re.compile(r"\S+@\S+")


class NoConnection(Exception):
    """No mail server answers, or it does not let us in; no mail is to blame."""


@dataclass
class Refused(Exception):
    """The server's answer to one mail. ``code`` is 0 when the connection broke; ``at`` the step: MAIL, RCPT or DATA."""

    code: int
    text: str
    at: str

    @property
    def is_final(self) -> bool:
        return 500 <= self.code < 600

    @property
    def is_without_answer(self) -> bool:
        """The mail may have been taken although nobody said so."""
        return self.code == 0 and self.at == "DATA"

    def __str__(self):
        return ADDRESS.sub("…", " ".join(filter(None, [f"{self.at}:", str(self.code or ""), self.text])))[:300]


def is_demonstration() -> bool:
    """Mails stay in the portal and are shown there."""
    return settings.DEMO and not settings.EMAIL_URL


def can_send() -> bool:
    return bool(settings.EMAIL_URL) or settings.DEMO


def new_transport():
    return DemonstrationMailbox() if is_demonstration() else SmtpTransport()


class DemonstrationMailbox:
    """Delivers by leaving the mail where it is."""

    seconds_between = 0.0

    def open(self) -> None:
        pass

    def offer(self, mail: OutboxMail) -> None:
        pass

    def withdraw_offer(self) -> None:
        pass

    def send(self, mail: OutboxMail) -> None:
        pass

    def close(self) -> None:
        pass


class SmtpTransport:
    """One connection for many mails; ``EMAIL_URL`` says to where."""

    def __init__(self):
        self.backend = get_connection("django.core.mail.backends.smtp.EmailBackend")
        self.seconds_between = 1 / settings.MAIL_RATE if settings.MAIL_RATE > 0 else 0.0

    @property
    def smtp(self) -> smtplib.SMTP:
        return self.backend.connection

    def open(self) -> None:
        """Raises NoConnection."""
        if self.smtp is not None:
            return
        try:
            self.backend.open()
            self.smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NoConnection(ADDRESS.sub("…", str(error))[:200]) from error

    def offer(self, mail: OutboxMail) -> None:
        """MAIL and RCPT; raises Refused."""
        sender = sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8")
        self._ask("MAIL", self.smtp.mail, parseaddr(sender)[1])
        self._ask("RCPT", self.smtp.rcpt, sanitize_address(mail.to, "utf-8"))

    def withdraw_offer(self) -> None:
        try:
            self.smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def send(self, mail: OutboxMail) -> None:
        """DATA; raises Refused."""
        self._ask("DATA", self.smtp.data, bytes_for(mail))

    def close(self) -> None:
        """Say QUIT if the server still listens."""
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self.backend.connection = None

    def _ask(self, step: str, command, value) -> None:
        try:
            code, answer = command(value)
        except smtplib.SMTPResponseException as error:
            code, answer = error.smtp_code, error.smtp_error
        except (OSError, smtplib.SMTPException) as error:
            self.backend.connection = None
            raise Refused(0, type(error).__name__, step) from error
        if code not in (250, 251):
            self.close() if code == 421 else self.withdraw_offer()
            raise Refused(code, answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer), step)
