"""What was queued and no longer holds does not go out; what is owed again is made again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from network_portal.mail import outbox
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_registration, make_webinar
from tests.webinars.test_places import register
from tests.webinars.test_reminders import START, remind, webinar_with_rules
from webinars import services

pytestmark = pytest.mark.django_db
DAY_BEFORE = START - timedelta(hours=20)


def reminders(**fields):
    return OutboxMail.objects.filter(category="reminder", **fields)


def edit(webinar, **fields):
    with time_machine.travel(DAY_BEFORE, tick=False):
        services.edit_webinar(webinar, by=make_coordinator(), **fields)
        services.queue_due_reminders(now=timezone.now())


@pytest.fixture
def reminded():
    """A webinar with one person whose reminder of the day before is queued."""
    webinar = webinar_with_rules()
    make_registration(webinar, confirmed_at=START - timedelta(days=20))
    assert remind(DAY_BEFORE) == 1
    return webinar


def test_who_is_promoted_is_no_longer_told_to_wait():
    webinar = make_webinar(capacity=1)
    first, second = register(webinar), register(webinar)
    services.cancel_registration(first, by=first.person)
    mails = OutboxMail.objects.filter(to=second.person.email).order_by("pk").values_list("template", "state")
    assert list(mails) == [("webinars/waiting", "cancelled"), ("webinars/promoted", "queued")]


def test_a_new_title_owes_the_reminder_that_was_not_sent_with_the_new_title(reminded):
    edit(reminded, title="Outro nome")
    assert "Outro nome" in reminders(state="queued").get().text
    assert reminders(state="cancelled").count() == 1


def test_a_new_title_does_not_repeat_a_reminder_that_was_sent(reminded):
    reminders().update(state="sent", sent_at=timezone.now())
    edit(reminded, title="Outro nome")
    assert reminders().count() == 1


def test_a_reminder_withdrawn_by_hand_does_not_come_back(reminded):
    outbox.withdraw(about=reminders().get().about)
    assert remind(DAY_BEFORE) == 0
    edit(reminded, title="Outro nome")
    assert not reminders(state="queued").exists()


def test_moved_and_moved_back_owes_the_reminder_again(reminded):
    later = START + timedelta(days=7)
    edit(reminded, starts_at=later, ends_at=later + timedelta(hours=3))
    assert not reminders(state="queued").exists()
    edit(reminded, starts_at=START, ends_at=START + timedelta(hours=3))
    assert reminders(state="queued").count() == 1


def test_a_webinar_that_is_over_gets_a_new_title_without_a_mail():
    webinar = make_webinar(starts_at=timezone.now() - timedelta(days=3))
    make_registration(webinar)
    assert services.mails_owed_by(webinar, {"title": "Gralha corrigida"}) == 0
    services.edit_webinar(webinar, by=make_coordinator(), title="Gralha corrigida")
    assert not OutboxMail.objects.exists()
