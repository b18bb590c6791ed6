"""``manage.py deliver_mail [--loop]``: what beat does, without Celery."""

import logging
import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from network_portal.mail.delivery import Sender

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sends the mails that are due; with --loop goes on until it is told to stop."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="go on; SIGTERM finishes the mail in hand and stops")

    def handle(self, loop, **options):
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *args: stop.set())
        sender = Sender(stop=stop)
        if not loop:
            sender.deliver_due(seconds=60)
        while loop and not stop.is_set():
            if not self._deliver(sender):
                stop.wait(1)
        self.stdout.write(f"Mails sent: {sender.sent}")

    def _deliver(self, sender: Sender) -> int:
        try:
            close_old_connections()
            return sender.deliver_due()
        except OperationalError as error:
            logger.warning("The database does not answer: %s", error)
            return 0
