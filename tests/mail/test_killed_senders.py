"""Senders killed at the very moment of delivery lose no mail, and repeat at most the one in hand."""

import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from email import message_from_bytes
from pathlib import Path

from network_portal.mail.models import OutboxMail
from tests.mail import servers
from tests.processes import environment

MAILS, KILLS, SENDERS, DEADLINE = 1000, 15, 2, 100  # the deadline in seconds
ROOT = Path(__file__).resolve().parents[2]


class KillingSink(servers.Sink):
    """Kills a sender while it waits for the answer to chosen mails: before or after the mail was kept."""

    def __init__(self):
        super().__init__()
        self.senders: list[subprocess.Popen] = []
        self.kill_at = set(random.sample(range(20, MAILS - 20), KILLS))
        self.killed = 0
        self.seen = 0

    async def handle_DATA(self, server, session, envelope):
        self.seen += 1
        is_fatal = self.seen in self.kill_at
        if is_fatal and self.seen % 2:
            self.kill_one()
        answer = await super().handle_DATA(server, session, envelope)
        if is_fatal and not self.seen % 2:
            self.kill_one()
        return answer

    def kill_one(self):
        alive = [sender for sender in self.senders if sender.poll() is None]
        if alive:
            random.choice(alive).kill()
            self.killed += 1


def test_fifteen_kills_lose_none_of_a_thousand_mails(transactional_db):
    for number in range(MAILS):
        servers.queue(number)
    sink = KillingSink()
    server = servers.start(sink)
    try:
        deliver_until_done(sink, environment(EMAIL_URL=f"smtp://127.0.0.1:{server.port}", MAIL_RATE="0", MAIL_LEASE_SECONDS="4"))
    finally:
        stop(sink.senders)
        server.stop()
    assert sink.killed >= KILLS - 1
    state_of = dict(OutboxMail.objects.values_list("to", "state"))
    asked = {to for to, state in state_of.items() if state == "unknown"}  # its sender died twice: listed, not lost
    assert Counter(state_of.values()) == Counter(sent=MAILS - len(asked), unknown=len(asked))
    assert len(asked) <= 2
    copies = defaultdict(list)
    for to, content in sink.received:
        copies[to].append(message_from_bytes(content)["Message-ID"])
    assert set(copies) | asked == set(state_of)
    assert max(len(ids) for ids in copies.values()) <= 2
    ids = dict(OutboxMail.objects.values_list("to", "message_id"))
    assert all(set(found) == {ids[to]} for to, found in copies.items())


def deliver_until_done(sink, env):
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end and OutboxMail.objects.filter(state__in=["queued", "sending"]).exists():
        alive = [sender for sender in sink.senders if sender.poll() is None]
        for _ in range(SENDERS - len(alive)):
            sink.senders.append(start_sender(env))
        time.sleep(0.1)


def start_sender(env) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "deliver_mail", "--loop"]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def stop(senders):
    """SIGTERM is enough: each sender finishes the mail in hand and goes."""
    for sender in senders:
        while sender.poll() is None and not listens(sender):  # just started in the place of another
            time.sleep(0.05)
        sender.send_signal(signal.SIGTERM)  # nothing for one that is gone
    assert all(sender.wait(timeout=10) in (0, -signal.SIGKILL) for sender in senders)


def listens(sender) -> bool:
    """Whether the process has said what is to happen at SIGTERM."""
    caught = re.search(r"SigCgt:\s*(\w+)", Path(f"/proc/{sender.pid}/status").read_text())
    return bool(caught and int(caught[1], 16) & 1 << (signal.SIGTERM - 1))
