"""What should no longer go out does not, up to the last moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network_portal.mail import claims, outbox, services
from network_portal.mail.models import AddressState, OutboxMail
from tests.mail.servers import after, before, deliver, queue


def move_deadline(mail):
    OutboxMail.objects.filter(pk=mail.pk).update(send_before=timezone.now() - timedelta(seconds=1))


STOPS = {
    "withdrawn": (lambda mail: outbox.withdraw(about=mail.about), "cancelled"),
    "too late": (move_deadline, "expired"),
    "refused address": (lambda mail: AddressState.objects.create(address=mail.to), "cancelled"),
    "unsubscribed": (lambda mail: AddressState.objects.create(address=mail.to, category="reminder"), "cancelled"),
    "paused": (lambda mail: services.pause(), "queued"),
    "marked as done": (services.mark_done, "cancelled"),
}


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("moment", ["before the claim", "after the claim", "just before DATA"])
def test_what_should_no_longer_go_out_does_not(transactional_db, sink, monkeypatch, stop, moment):
    act, state = STOPS[stop]
    queue(1, category="reminder", about="registration:1")
    if moment == "before the claim":
        act(OutboxMail.objects.get())
    if moment == "after the claim":
        after(monkeypatch, claims, "claim", act)
    if moment == "just before DATA":
        before(monkeypatch, claims, "begin", act)
    mail = deliver()
    assert (mail.state, mail.lease_token) == (state, None)
    assert sink.received == []


def test_withdrawn_while_being_sent_is_not_tried_again(transactional_db, sink, monkeypatch):
    queue(1, about="registration:1")
    sink.answers["DATA"] = "451 later"
    before(monkeypatch, claims, "refuse", lambda mail: outbox.withdraw(about=mail.about))
    assert deliver().state == "cancelled"
