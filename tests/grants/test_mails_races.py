"""Many schedulers at once owe each person one reminder; real threads on both databases."""

from datetime import timedelta

import pytest

from grants import services
from network_portal.mail.models import OutboxMail
from tests.concurrency.threads import at_once
from tests.grants.calls import close, make_call, make_follower

pytestmark = pytest.mark.django_db(transaction=True)


def test_fifty_schedulers_owe_one_reminder_to_each():
    call = make_call()
    close(call, call.closes_at)
    people = {make_follower(call).email for _ in range(3)}
    call.published_at -= timedelta(days=30)
    call.save(update_fields=["published_at"])
    now = call.closes_at - timedelta(days=1)
    _, errors = at_once(lambda _n: services.queue_due_closings(now=now), range(50), in_flight=10)
    assert errors == []
    mails = list(OutboxMail.objects.values_list("to", flat=True))
    assert sorted(mails) == sorted(people)
