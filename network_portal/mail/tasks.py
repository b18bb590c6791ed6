"""Beat's two tasks; both find their work in the database."""

from threading import Event, Lock

from celery import shared_task
from celery.signals import worker_shutting_down
from django.utils import timezone

from network_portal.mail import claims
from network_portal.mail.delivery import Sender

stopping = Event()
one_at_a_time = Lock()


@worker_shutting_down.connect
def stop_sending(**kwargs) -> None:
    """Finish the mail in hand, release the others."""
    stopping.set()


@shared_task(name="mail.deliver_due", ignore_result=True)
def deliver_due() -> None:
    """A slow server must not pile up senders in one worker: the one at work goes on."""
    if one_at_a_time.acquire(blocking=False):
        try:
            Sender(stop=stopping).deliver_due()
        finally:
            one_at_a_time.release()


@shared_task(name="mail.blank_old_bodies", ignore_result=True)
def blank_old_bodies() -> None:
    claims.blank_old_bodies(timezone.now())
