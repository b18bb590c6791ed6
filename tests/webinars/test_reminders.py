"""Reminders are derived from facts: no tick is ever missed, none is made twice."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_cycle, make_registration, make_webinar
from tests.webinars.test_places import register
from webinars import emails, services
from webinars.models import ReminderRule

pytestmark = pytest.mark.django_db
START = datetime(2027, 3, 11, 10, 0, tzinfo=UTC)  # a Thursday, 10:00 in Lisbon


def webinar_with_rules(**fields):
    cycle = make_cycle()
    ReminderRule.objects.create(cycle=cycle, code="day", days_before=1, at="09:00")
    ReminderRule.objects.create(cycle=cycle, code="hour", minutes_before=60)
    return make_webinar(cycle=cycle, starts_at=START, **fields)


def remind(at):
    with time_machine.travel(at, tick=False):
        return services.queue_due_reminders(now=timezone.now())


def keys():
    return list(OutboxMail.objects.filter(category="reminder").order_by("pk").values_list("key", flat=True))


def test_each_rule_reminds_once_at_its_time():
    make_registration(webinar_with_rules(), confirmed_at=START - timedelta(days=20))
    assert remind(START - timedelta(days=1, hours=1, minutes=1)) == 0
    assert remind(START - timedelta(days=1, hours=1)) == 1
    assert remind(START - timedelta(hours=5)) == 0
    assert remind(START - timedelta(hours=1)) == 1
    assert remind(START) == 0
    assert [key.split(":")[1] for key in keys()] == ["day", "hour"]


def test_after_downtime_only_the_newest_is_made():
    make_registration(webinar_with_rules(), confirmed_at=START - timedelta(days=20))
    assert remind(START - timedelta(minutes=30)) == 1
    assert [key.split(":")[1] for key in keys()] == ["hour"]


def test_a_scheduler_that_runs_fifty_times_makes_one():
    make_registration(webinar_with_rules(), confirmed_at=START - timedelta(days=20))
    assert [remind(START - timedelta(hours=20)) for _ in range(50)] == [1] + [0] * 49


def test_registering_three_hours_before_owes_one_mail_with_the_join_page_and_no_tomorrow():
    webinar = webinar_with_rules()
    with time_machine.travel(START - timedelta(hours=3), tick=False):
        registration = register(webinar)
        services.queue_due_reminders(now=timezone.now())
    mails = OutboxMail.objects.all()
    assert [mail.key for mail in mails] == [f"registered:{registration.uuid}:confirmed"]
    assert "/webinars/place/" in mails[0].text
    assert "/webinars/place/" in mails[0].html


def test_who_waits_or_cancelled_is_not_reminded():
    webinar = webinar_with_rules()
    make_registration(webinar, status="waiting")
    make_registration(webinar, status="cancelled")
    assert remind(START - timedelta(hours=20)) == 0


def test_a_webinar_that_moved_owes_a_new_reminder():
    webinar = webinar_with_rules()
    make_registration(webinar, confirmed_at=START - timedelta(days=20))
    remind(START - timedelta(hours=20))
    with time_machine.travel(START - timedelta(hours=19), tick=False):
        later = START + timedelta(days=7)
        services.edit_webinar(webinar, by=make_coordinator(), starts_at=later, ends_at=later + timedelta(hours=3))
    assert OutboxMail.objects.get(key=keys()[0]).state == "cancelled"
    assert remind(START + timedelta(days=6)) == 1
    assert len(keys()) == 2


@pytest.mark.parametrize(("zone", "hour"), [("Europe/Lisbon", 9), ("Atlantic/Azores", 10), ("Europe/Madrid", 8)])
def test_nine_in_the_morning_is_nine_where_the_webinar_is(zone, hour):
    webinar = webinar_with_rules(time_zone=zone)
    rule = webinar.cycle.reminder_rules.get(code="day")
    assert rule.due_at(webinar).astimezone(UTC) == datetime(2027, 3, 10, hour, 0, tzinfo=UTC)


def test_a_reminder_that_says_tomorrow_expires_at_midnight():
    make_registration(webinar_with_rules(), confirmed_at=START - timedelta(days=20))
    remind(START - timedelta(hours=20))
    mail = OutboxMail.objects.get()
    assert mail.send_before == datetime(2027, 3, 11, 0, 0, tzinfo=UTC)


def test_reminding_costs_queries_by_webinar_not_by_person_already_reminded(django_assert_max_num_queries):
    webinar = webinar_with_rules()
    for _ in range(10):
        make_registration(webinar, confirmed_at=START - timedelta(days=20))
    remind(START - timedelta(hours=20))
    with django_assert_max_num_queries(8):
        assert remind(START - timedelta(hours=19)) == 0


def test_a_webinar_whose_mail_cannot_be_made_keeps_no_other_back(monkeypatch, caplog):
    broken, sound = webinar_with_rules(), webinar_with_rules()
    for webinar in (broken, sound):
        make_registration(webinar, confirmed_at=START - timedelta(days=20))
    queue = emails.queue_reminder

    def fail_for_one(registration, rule):
        if registration.webinar_id == broken.pk:
            raise RuntimeError("a template that breaks")
        queue(registration, rule)

    monkeypatch.setattr(emails, "queue_reminder", fail_for_one)
    assert remind(START - timedelta(hours=1)) == 1
    assert OutboxMail.objects.get().about == sound.registrations.get().mail_subject
    assert "reminders of webinar" in caplog.text
    monkeypatch.undo()
    assert remind(START - timedelta(minutes=59)) == 1
