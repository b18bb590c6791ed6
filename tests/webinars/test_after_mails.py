"""After a webinar: who is written to, once each; taken back when the fact no longer holds."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_portal.audit.models import Entry
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_cycle, make_record, make_registration, make_user, make_webinar
from tests.webinars.after_webinar import english, held_webinar, mails, publish_recording
from webinars.models import CycleMail
from webinars.services import after, facts, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinar():
    return held_webinar()


# --- to whom


def test_thanks_to_who_came_and_missed_to_who_did_not(webinar):
    came, missed = make_registration(webinar, person=english()), make_registration(webinar, person=english())
    make_registration(webinar, status="waiting"), make_registration(webinar, status="cancelled")
    make_record(webinar, registration=came)
    make_record(webinar, registration=missed, attended=False)

    assert after.mails_after(webinar) == {"thanks": 1, "missed": 1}
    assert after.tell_after(webinar, by=None) == 2
    assert (set(mails("thanks")), set(mails("missed"))) == ({came.person.email}, {missed.person.email})
    assert after.mails_after(webinar) == {"thanks": 0, "missed": 0}


def test_somebody_added_by_hand_is_thanked_without_a_survey(webinar):
    """A person without registration; and a name without a person, to whom nobody can write."""
    person, row = english("Nova Pessoa"), make_registration(make_webinar())
    make_record(webinar, registration=row, source="by_hand", reason="Sat beside Rita", person=person, name="Nova Pessoa")
    webinar.attendance.update(registration=None)
    other = make_record(webinar, source="by_hand", reason="Sat beside Rita")
    webinar.attendance.filter(pk=other.pk).update(person=None, registration=None)

    after.tell_after(webinar, by=None)
    mail = mails("thanks")[person.email]
    assert "Hello Nova Pessoa," in mail.text
    assert "/survey/" not in mail.text
    assert len(mails("thanks")) == 1


def test_nobody_is_written_to_who_left_or_was_anonymised(webinar):
    gone = make_registration(webinar, person=make_user(is_active=False))
    make_registration(webinar, anonymised_at=timezone.now(), person=None, name="")
    make_record(webinar, registration=gone)
    make_record(webinar, name="", person=english())
    missed = make_registration(webinar)
    assert after.mails_after(webinar) == {"thanks": 0, "missed": 1}
    webinar.registrations.filter(pk=missed.pk).update(anonymised_at=timezone.now())
    assert after.mails_after(webinar) == {"thanks": 0, "missed": 0}


def test_a_webinar_of_half_a_year_ago_is_history(webinar):
    make_record(webinar)
    recording = publish_recording(webinar)
    start = timezone.now() - timedelta(days=181)
    type(webinar).objects.filter(pk=webinar.pk).update(starts_at=start, ends_at=start + timedelta(hours=3))
    webinar.refresh_from_db()
    recording.refresh_from_db()
    assert (after.tell_after(webinar, by=None), after.tell_recording(recording, by=None)) == (0, 0)


def test_the_recording_goes_to_places_and_to_who_was_there(webinar):
    came, missed = make_registration(webinar, person=english()), make_registration(webinar, person=english())
    make_registration(webinar, status="waiting")
    make_record(webinar, registration=came)
    guest = make_record(webinar, registration=make_registration(make_webinar(), person=english()))
    webinar.attendance.filter(pk=guest.pk).update(registration=None, source="by_hand", reason="Came in")
    recording = publish_recording(webinar)

    assert after.mails_of_recording(webinar) == 3
    assert after.tell_recording(recording, by=None) == 3
    assert set(mails("recording_published")) == {came.person.email, missed.person.email, guest.person.email}
    assert after.tell_recording(recording, by=None) == 0


# --- once


def test_closing_reopening_and_closing_writes_once(webinar):
    row = make_registration(webinar, person=english())
    make_record(webinar, registration=row)
    assert after.tell_after(webinar, by=None) == 1
    assert after.withdraw_after(webinar) == 1
    assert mails("thanks") == {}
    assert after.tell_after(webinar, by=None) == 1  # it had not been sent, and is owed again
    OutboxMail.objects.filter(state="queued").update(state="sent", sent_at=timezone.now())
    assert after.withdraw_after(webinar) == 0
    assert after.tell_after(webinar, by=None) == 0
    assert len(mails("thanks")) == 1


def test_who_turns_out_to_have_come_is_thanked_but_never_the_other_way_round(webinar):
    late, early = make_registration(webinar, person=english()), make_registration(webinar, person=english())
    record = make_record(webinar, registration=early)
    after.tell_after(webinar, by=None)
    OutboxMail.objects.update(state="sent", sent_at=timezone.now())

    make_record(webinar, registration=late)
    webinar.attendance.filter(pk=record.pk).update(attended=False)
    assert after.mails_after(webinar) == {"thanks": 1, "missed": 0}
    assert after.tell_after(webinar, by=None) == 1
    assert set(mails("thanks")) == {late.person.email, early.person.email}


def test_a_record_made_anew_is_the_same_person(webinar):
    """An import that is undone and done again."""
    row = make_registration(webinar)
    make_record(webinar, registration=row)
    after.tell_after(webinar, by=None)
    webinar.attendance.all().delete()
    make_record(webinar, registration=row)
    assert after.tell_after(webinar, by=None) == 0


def test_withdrawing_touches_no_other_mail(webinar):
    row = make_registration(webinar)
    make_record(webinar, registration=row)
    recording = publish_recording(webinar)
    other = make_record(make_webinar(starts_at=webinar.starts_at))
    after.tell_after(webinar, by=None), after.tell_after(other.webinar, by=None)
    after.tell_recording(recording, by=None)

    assert after.withdraw_after(webinar) == 1
    assert OutboxMail.objects.filter(state="queued").count() == 2
    assert after.withdraw_recording(recording) == 1
    assert set(mails("thanks")) == {other.person.email}
    assert mails("recording_published") == {}


def test_a_removed_person_loses_what_is_still_queued(webinar):
    row = make_registration(webinar)
    after.tell_after(webinar, by=None)
    places.emails.withdraw(row)
    assert mails("missed") == {}


def test_the_deed_is_noted_with_how_many(webinar):
    coordinator = make_coordinator()
    make_record(webinar)
    after.tell_after(webinar, by=coordinator)
    after.tell_after(webinar, by=coordinator)
    after.tell_recording(publish_recording(webinar), by=coordinator)
    notes = list(Entry.objects.filter(about=webinar.mail_subject).order_by("pk").values_list("action", "by", "detail"))
    assert notes == [
        ("webinar.told_after", coordinator.pk, {"thanks": 1, "missed": 0}),
        ("webinar.told_recording", coordinator.pk, {"mails": 1}),
    ]


# --- switched off


@pytest.mark.parametrize(("off", "left"), [("thanks", (0, 1, 2)), ("missed", (1, 0, 2)), ("recording", (1, 1, 0))])
def test_a_mail_that_is_switched_off_is_not_written(webinar, off, left):
    make_record(webinar), make_registration(webinar)
    recording = publish_recording(webinar)
    CycleMail.objects.create(cycle=webinar.cycle, kind=off, is_on=False)
    CycleMail.objects.create(cycle=make_cycle(), kind="thanks", is_on=False)
    after.tell_after(webinar, by=None), after.tell_recording(recording, by=None)
    assert tuple(len(mails(name)) for name in ("thanks", "missed", "recording_published")) == left


# --- what it costs


def test_the_queries_grow_by_one_insert_per_mail(webinar):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            after.tell_after(webinar, by=None)
        return len(caught)

    make_record(webinar), make_registration(webinar)
    few = queries()
    for _n in range(5):
        make_record(webinar), make_registration(webinar)
    assert queries() == few + 8


def test_check_ins_alone_are_enough(webinar):
    row = make_registration(webinar, person=english(), checked_in_at=webinar.starts_at)
    facts.settle(webinar)
    assert after.mails_after(webinar) == {"thanks": 1, "missed": 0}
    after.tell_after(webinar, by=None)
    assert set(mails("thanks")) == {row.person.email}
