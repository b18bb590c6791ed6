"""Mail servers that tests can make fail, and the senders' side of them."""

import asyncio
import socket
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.db import DatabaseError, connection

from network_portal.mail import outbox
from network_portal.mail.delivery import Sender
from network_portal.mail.models import OutboxMail


class Sink:
    """Takes mail; ``answers`` maps MAIL, RCPT or DATA to what is said instead of yes; ``hangs`` names a silent step."""

    def __init__(self):
        self.answers: dict[str, str] = {}
        self.hangs = ""
        self.received: list[tuple[str, bytes]] = []
        self.lock = threading.Lock()

    async def _answer(self, step: str) -> str:
        if self.hangs == step:
            await asyncio.sleep(5)
        return self.answers.get(step, "250 OK")

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = await self._answer("MAIL")
        envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = await self._answer("RCPT")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = await self._answer("DATA")
        if answer.startswith("250"):
            with self.lock:
                self.received.append((envelope.rcpt_tos[0], envelope.content))
        return answer


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True)


def start(sink) -> Controller:
    server = Server(sink, hostname="127.0.0.1", port=free_port())
    server.start()
    return server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def queue(number: int = 1, **changes) -> str:
    """One queued mail that needs no other app's template; its key."""
    fields = {
        "to": f"person{number}@example.org",
        "language": "pt",
        "key": f"test:{number}",
        "category": "transactional",
        "context": {"code": f"{number:06}", "minutes": 30},
    }
    fields.update(changes)
    outbox.queue("users/sign_in_code", **fields)
    return fields["key"]


def in_threads(number: int, work) -> list:
    """What ``work(i)`` returned in ``number`` threads that began together; an error fails the test."""
    start_line, results, errors = threading.Barrier(number), [], []

    def run(index):
        try:
            start_line.wait()
            results.append(work(index))
        except (AssertionError, ValueError, RuntimeError, DatabaseError) as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    return results


def deliver() -> OutboxMail:
    """One run of a sender; the mail that the test queued last."""
    Sender().deliver_due(seconds=10)
    return OutboxMail.objects.order_by("-pk").first()


def after(monkeypatch, module, name, act):
    original = getattr(module, name)

    def wrapped(*args, **kwargs):
        mails = original(*args, **kwargs)
        for mail in mails:
            act(mail)
        return mails

    monkeypatch.setattr(module, name, wrapped)


def before(monkeypatch, module, name, act):
    original = getattr(module, name)

    def wrapped(mail, *args, **kwargs):
        act(mail)
        return original(mail, *args, **kwargs)

    monkeypatch.setattr(module, name, wrapped)
