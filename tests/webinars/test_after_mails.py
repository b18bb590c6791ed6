"""After a webinar: who is written to, with what, once each; taken back when the fact no longer holds."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_portal.audit.models import Entry
from network_portal.mail import subscriptions
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_cycle, make_record, make_registration, make_user, make_webinar
from webinars import links
from webinars.models import CycleMail, CycleMailText, Recording
from webinars.services import after, facts, places

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"https?://[^\s<>\"']+")


@pytest.fixture
def webinar():
    start = timezone.now().replace(hour=10, minute=0) - timedelta(days=3)
    return make_webinar(starts_at=start, title="Sharing care", slug="care", platform="Zoom")


def english(name="Rita Quaresma", **fields):
    return make_user(name=name, language="en", **fields)


def publish_recording(webinar, **fields) -> Recording:
    done = {"captions_checked_at": timezone.now(), "published_on": timezone.localdate(), "state": "published"}
    return Recording.objects.create(webinar=webinar, video_id="abcdefghijk", **done | fields)


def mails(kind: str) -> dict[str, OutboxMail]:
    """By address, those that still hold."""
    rows = OutboxMail.objects.filter(template=f"webinars/{kind}").exclude(state="cancelled")
    return {mail.to: mail for mail in rows}


def links_of(mail: OutboxMail) -> set[str]:
    """The addresses of the mail, which text and HTML have in common."""
    in_html = {unescape(found) for found in re.findall(r'href="(http[^"]+)"', mail.html)}
    assert in_html == set(ADDRESS.findall(mail.text))
    return in_html


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


# --- what they say


def test_every_mail_says_date_time_and_place_and_ends_after_thirty_days(webinar):
    make_record(webinar, registration=make_registration(webinar, person=english()))
    make_registration(webinar, person=english())
    after.tell_after(webinar, by=None), after.tell_recording(publish_recording(webinar), by=None)
    hours = f"{webinar.starts_local:%H:%M}–{webinar.ends_local:%H:%M}"
    for mail in OutboxMail.objects.all():
        for part in (mail.text, unescape(mail.html)):
            assert f"{webinar.starts_local.day}\xa0{webinar.starts_local:%B}" in part
            assert hours in part
            assert "Online (Zoom)" in part
            assert "youtu" not in part
        assert len(mail.subject) <= 60
        assert timedelta(days=29) < mail.send_before - timezone.now() <= timedelta(days=30)
    assert {mail.category for mail in mails("thanks").values()} == {"transactional"}
    assert {mail.category for mail in [*mails("missed").values(), *mails("recording_published").values()]} == {"reminder"}


def test_who_stopped_reminders_still_gets_the_certificate():
    assert "transactional" not in subscriptions.OPTIONAL
    assert "reminder" in subscriptions.OPTIONAL


def test_thanks_carry_certificate_survey_and_recording(webinar, settings):
    row = make_registration(webinar, person=english())
    make_record(webinar, registration=row)
    publish_recording(webinar)
    after.tell_after(webinar, by=None)
    mail = mails("thanks")[row.person.email]
    page = f"{settings.SITE_URL}/en/webinars/care/"
    survey = f"{settings.SITE_URL}/en/webinars/place/{links.token_for(row)}/survey/"
    assert links_of(mail) == {f"{page}#certificate", f"{page}#recording", survey, settings.SITE_URL}
    assert mail.subject == "Your certificate: Sharing care"


@pytest.mark.parametrize("why", ["answered", "closed"])
def test_thanks_do_not_ask_who_cannot_answer(webinar, why):
    row = make_registration(webinar, answered_survey=why == "answered")
    if why == "closed":
        webinar.starts_at -= timedelta(days=40)
        webinar.ends_at -= timedelta(days=40)
        webinar.save()
    make_record(webinar, registration=row)
    after.tell_after(webinar, by=None)
    assert "/survey/" not in mails("thanks")[row.person.email].text


def test_without_a_recording_the_mail_promises_one_unless_that_mail_is_off(webinar):
    row = make_registration(webinar, person=english())
    make_record(webinar, registration=row)
    Recording.objects.create(webinar=webinar, video_id="abcdefghijk")  # a draft
    promise = "As soon as the recording is published, we write to you."
    after.tell_after(webinar, by=None)
    mail = mails("thanks")[row.person.email]
    assert promise in mail.text
    assert "#recording" not in mail.text
    links_of(mail)

    after.withdraw_after(webinar)
    CycleMail.objects.create(cycle=webinar.cycle, kind="recording", is_on=False)
    after.tell_after(webinar, by=None)
    assert promise not in mails("thanks")[row.person.email].text


@pytest.mark.parametrize(
    ("recorded", "following", "main"), [(1, 1, "#recording"), (1, 0, "#recording"), (0, 1, "/next/register/"), (0, 0, "/care/")]
)
def test_missed_leads_to_what_there_is(webinar, recorded, following, main, settings):
    row = make_registration(webinar, person=english())
    if recorded:
        publish_recording(webinar)
    if following:
        make_webinar(cycle=webinar.cycle, slug="next", title="What follows")
    make_webinar(cycle=webinar.cycle, state="draft", starts_at=timezone.now() + timedelta(days=1))
    make_webinar(title="Of another cycle")
    after.tell_after(webinar, by=None)
    mail = mails("missed")[row.person.email]
    assert re.search(r'class="button-link" href="([^"]+)"', mail.html)[1].endswith(main)
    assert ("What follows" in mail.text) == bool(following)
    assert any(link.endswith(main) for link in links_of(mail))
    assert "another cycle" not in mail.text


def test_nobody_is_invited_to_what_they_are_registered_for(webinar):
    following = make_webinar(cycle=webinar.cycle, title="What follows", starts_at=timezone.now() + timedelta(days=5))
    there, new = make_registration(webinar, person=english()), make_registration(webinar, person=english())
    make_registration(following, person=there.person)
    after.tell_after(webinar, by=None)
    assert "What follows" not in mails("missed")[there.person.email].text
    assert "What follows" in mails("missed")[new.person.email].text


def test_the_recording_says_how_long_it_is_and_where_chapters_lead(webinar):
    row = make_registration(webinar, person=english())
    recording = publish_recording(webinar, seconds=6_700)
    recording.chapters.create(second=0, title="Opening")
    recording.chapters.create(second=60, title="Care")
    after.tell_recording(recording, by=None)
    mail = mails("recording_published")[row.person.email]
    assert "Duration: 112 minutes." in mail.text
    assert "2 chapters lead to what you are looking for." in mail.text
    assert mail.subject == "Recording published: Sharing care"
    links_of(mail)


def test_a_recording_of_unknown_length_says_none(webinar):
    row = make_registration(webinar, person=english())
    after.tell_recording(publish_recording(webinar), by=None)
    text = mails("recording_published")[row.person.email].text
    assert "Duration" not in text
    assert "chapter" not in text


def test_each_person_reads_their_own_language(webinar):
    make_record(webinar, registration=make_registration(webinar, person=english("Rita")))
    make_record(webinar, registration=make_registration(webinar, person=make_user(name="Rui", language="pt")))
    make_record(webinar, registration=make_registration(webinar, person=make_user(name="Zoe", language="xx")))
    after.tell_after(webinar, by=None)
    assert sorted(OutboxMail.objects.values_list("language", flat=True)) == ["en", "pt", "pt"]
    assert "/en/webinars/care/#certificate" in OutboxMail.objects.get(language="en").text


# --- a coordinator's own words


def own_words(webinar, subject, text, *, kind="thanks", language="en"):
    mail, _made = CycleMail.objects.get_or_create(cycle=webinar.cycle, kind=kind)
    CycleMailText.objects.create(mail=mail, language=language, subject=subject, text=text)


def test_own_words_are_filled_in_and_nothing_else_is_lost(webinar):
    row = make_registration(webinar, person=english())
    rui = make_registration(webinar, person=make_user(name="Rui", language="pt"))
    make_record(webinar, registration=row), make_record(webinar, registration=rui)
    own_words(webinar, "Thanks, {name}", "Dear {name},\n\n{title}, {date}, {hours}, {place}, {cycle}.\nLine two.")
    after.tell_after(webinar, by=None)
    mail = mails("thanks")[row.person.email]
    assert mail.subject == "Thanks, Rita Quaresma"
    assert f"{webinar.cycle.title}.\nLine two." in mail.text
    assert re.search(r"<p[^>]*>Dear Rita Quaresma,</p>", mail.html)
    assert "Line two.</p>" in mail.html
    assert sum("/survey/" in link or "#certificate" in link for link in links_of(mail)) == 2
    assert mails("thanks")[rui.person.email].subject.startswith("O seu certificado")  # the other language is as shipped


def test_words_and_values_are_text_and_never_code(webinar):
    type(webinar).objects.filter(pk=webinar.pk).update(title="{name} & {{ sum }}")
    webinar.refresh_from_db()
    row = make_registration(webinar, person=english("<b>Rita</b>\r\nBcc: x@y.example"))
    make_record(webinar, registration=row)
    own_words(webinar, "{title} {name}", "<script>alert(1)</script> {title} {name} {% now 'Y' %} {name.email}")
    after.tell_after(webinar, by=None)
    mail = mails("thanks")[row.person.email]
    assert "\n" not in mail.subject
    assert "<script" not in mail.html
    assert "<b>Rita" not in mail.html
    assert "{name} & {{ sum }} <b>Rita" in mail.text
    assert "{% now 'Y' %} {name.email}" in mail.text


def test_a_long_title_is_shortened_in_the_subject_alone(webinar):
    type(webinar).objects.filter(pk=webinar.pk).update(title="Palavra " * 24)
    webinar.refresh_from_db()
    row = make_registration(webinar, person=english())
    after.tell_after(webinar, by=None)
    mail = mails("missed")[row.person.email]
    assert len(mail.subject) <= 60
    assert mail.text.count("Palavra") >= 48


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
