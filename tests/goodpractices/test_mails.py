"""The mails of practices: each kind in each language, to whom, with what, and what takes them back."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from goodpractices import services
from goodpractices.emails import TO_AUTHORS, TO_REVIEWERS
from goodpractices.models import Practice
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_user
from tests.goodpractices.belonging import make_focal_point, make_staff
from tests.goodpractices.reviews import COMMENTS, NOTES, Town, queued, reread

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def _passed_on(town):
    make_coordinator()
    town.passed_on()


def _published(town):
    services.publish(town.taken(), by=town.coordinator, notes=NOTES)


def _new_version(town):
    practice = town.public()
    services.start_version(practice, by=town.focal)
    services.submit(practice, by=town.focal)
    services.take(practice, by=town.coordinator)
    services.publish(practice, by=town.coordinator, notes=NOTES)


HAPPENINGS = {  # what happens, and how the subject of the authors' mail begins in English
    "submitted": (lambda town: town.submitted(), "Received for review:"),
    "taken": (lambda town: town.taken(), "Being reviewed:"),
    "changes_requested": (lambda town: town.asked(), "Changes requested:"),
    "passed_on": (_passed_on, "A second look:"),
    "published": (_published, "Published:"),
    "published again": (_new_version, "Published:"),
    "declined": (
        lambda town: services.decline(town.taken(), by=town.coordinator, reason="Um evento.", notes=COMMENTS), "Declined:",
    ),
    "withdrawn": (lambda town: services.withdraw(town.submitted(), by=town.focal), "Withdrawn:"),
    "unpublished": (lambda town: services.unpublish(town.public(), by=town.coordinator, reason="Foto."), "Taken out of"),
    "brought_back": (
        lambda town: services.bring_back(services.archive(town.public(), by=town.focal, reason="x"), by=town.coordinator),
        "Back in the catalogue:",
    ),
    "archived": (lambda town: services.archive(town.public(), by=town.focal, reason="Acabou."), "Archived:"),
}  # fmt: skip


def test_every_kind_has_its_mail_here():
    assert {name.partition(" ")[0] for name in HAPPENINGS} == {str(kind) for kind in TO_AUTHORS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HAPPENINGS)
def test_each_happening_is_told_in_the_readers_language(name, language):
    town, (happen, subject) = Town(language=language), HAPPENINGS[name]
    happen(town)
    mail = OutboxMail.objects.get(state="queued", template="goodpractices/event")
    assert (mail.to, mail.language, mail.category) == (town.focal.email, language, "transactional")
    assert mail.subject.startswith(subject) == (language == "en")
    assert len(set(re.findall(r"https?://\S+/practices/\S+", mail.text))) == 1
    assert town.town.label in mail.text
    for part in (mail.subject, mail.text, mail.html):
        assert [wrong for wrong in ("{{", "{%", "None", "&amp;amp;") if wrong in part] == []


@pytest.mark.parametrize("was_taken_out", [False, True])
def test_the_mail_of_a_new_version_says_that_the_old_stays_only_where_it_does(was_taken_out):
    town = Town(language="en")
    practice = town.public()
    if was_taken_out:
        services.unpublish(practice, by=town.coordinator, reason="Foto.")
    services.start_version(practice, by=town.focal)
    services.submit(practice, by=town.focal)
    services.take(practice, by=town.coordinator)
    services.publish(practice, by=town.coordinator, notes=NOTES)
    text = OutboxMail.objects.get(state="queued", template="goodpractices/event").text
    assert ("version 2 of the practice is public." in text, "stays at its own address" in text) == (True, not was_taken_out)


def test_the_comments_stand_in_the_mail_by_section():
    town = Town(language="en")
    town.asked()
    text = OutboxMail.objects.get(state="queued", template="goodpractices/event").text
    assert "10. Results\nDe onde vêm os números?" in text
    assert "change one section" in text


def test_reasons_stand_in_the_mail():
    town = Town()
    services.decline(town.taken(), by=town.coordinator, reason="É um evento de um dia.")
    mail = OutboxMail.objects.get(state="queued", template="goodpractices/event")
    assert "É um evento de um dia." in mail.text
    assert "É um evento de um dia." in mail.html


def test_who_took_over_or_did_without_a_second_look_is_not_told_to_the_authors():
    town, other = Town(), make_coordinator()
    practice = town.taken()
    services.take(practice, by=other, reason="Férias da Carla.")
    services.publish(practice, by=other, notes=NOTES, without_second="Pressa.")
    texts = " ".join(OutboxMail.objects.filter(template="goodpractices/event").values_list("text", flat=True))
    assert [word for word in ("Férias", "Pressa", "Carla") if word in texts] == []


def test_authors_are_who_wrote_or_sent_and_the_focal_points_each_once():
    town = Town()
    writer, second = make_staff(town.town), make_focal_point(town.town)
    make_staff(town.town)  # has nothing to do with it
    practice = services.start_practice(town.town, by=writer)
    for code, content in reread(town.draft()).work_version.sections.values_list("code", "content"):
        services.save_section(practice, code, content, by=writer, seen=None)
    services.submit(practice, by=town.focal)
    assert queued("event") == [("event", person.email) for person in (town.focal, writer, second)]


def test_who_no_longer_belongs_to_the_municipality_or_is_closed_is_not_told():
    town = Town()
    writer, closed = make_staff(town.town), make_focal_point(town.town)
    practice = services.start_practice(town.town, by=writer)
    writer.affiliations.update(state="ended", ended_at=timezone.now())
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    services.withdraw(practice, by=town.focal)
    assert queued() == [("event", town.focal.email)]


def test_who_sends_does_not_get_the_reviewers_mail_about_it():
    town, other = Town(), make_coordinator()
    services.submit(town.draft(), by=town.coordinator)
    assert queued("for") == [("for_reviewers", other.email)]


def test_reviewers_hear_what_concerns_them():
    assert sorted(map(str, TO_REVIEWERS)) == ["passed_on", "submitted", "withdrawn"]


def test_what_is_published_answers_the_yearly_question_and_takes_its_mail_back():
    town = Town()
    practice = town.public()
    Practice.objects.filter(pk=practice.pk).update(confirmed_on=timezone.localdate() - timedelta(days=400))
    services.ask_still_true(practice)
    assert [template for template, _to in queued()] == ["still_true", "still_true"]
    services.archive(practice, by=town.focal, reason="Acabou.")
    assert queued() == [("event", town.focal.email)]


def test_the_second_question_says_what_silence_means():
    town = Town(language="en")
    practice = town.public()
    long_ago = timezone.localdate() - timedelta(days=500)
    Practice.objects.filter(pk=practice.pk).update(confirmed_on=long_ago, asked_on=long_ago + timedelta(days=365), unanswered=1)
    services.ask_still_true(practice)
    mail = OutboxMail.objects.get(template="goodpractices/still_true", to=town.focal.email)
    assert "We asked a month ago already." in mail.text
    assert "/practices/review/true/" in mail.text
    assert mail.category == "transactional"


def test_the_contact_of_the_practice_is_greeted_without_a_name():
    town = Town()
    practice = town.public()
    Practice.objects.filter(pk=practice.pk).update(confirmed_on=timezone.localdate() - timedelta(days=400))
    services.ask_still_true(practice)
    mail = OutboxMail.objects.get(template="goodpractices/still_true", to="igualdade@cm-x.example")
    assert mail.text.startswith("Olá,\n")
    assert not make_user().affiliations.exists()
