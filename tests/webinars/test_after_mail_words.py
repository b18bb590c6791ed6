"""What the mails after a webinar say: facts and links always, words as shipped or a coordinator's own."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from network_portal.mail import subscriptions
from network_portal.mail.models import OutboxMail
from tests.factories import make_record, make_registration, make_user, make_webinar
from tests.webinars.after_webinar import english, held_webinar, links_of, mails, publish_recording
from webinars import links
from webinars.models import CycleMail, CycleMailText, Recording
from webinars.services import after

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinar():
    return held_webinar()


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


def test_the_links_lead_to_what_they_say(client, webinar):
    """Who is not signed in is asked to, and comes back to the certificate; who is sees it."""
    row = make_registration(webinar, person=english())
    make_record(webinar, registration=row)
    publish_recording(webinar)
    page = client.get("/en/webinars/care/").content.decode()
    assert page.count('id="recording"') == page.count('id="certificate"') == 1
    sign_in = re.search(r'href="(/en/account/login/\?next=[^"]+)"', page)[1]
    assert sign_in.endswith("/en/webinars/care/%23certificate")
    assert "%23certificate" in client.get(sign_in).content.decode() or "#certificate" in client.get(sign_in).content.decode()
    client.force_login(row.person)
    assert client.get("/en/webinars/care/").content.decode().count('id="certificate"') == 1
    assert client.get(sign_in).url == "/en/webinars/care/#certificate"


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
