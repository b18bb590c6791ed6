"""The mails after a webinar: switched, worded anew in each language, seen for one person; by coordinators alone."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from network_portal.audit.models import Entry
from network_portal.mail.models import OutboxMail
from tests.concurrency.threads import at_once
from tests.factories import make_coordinator, make_cycle, make_user, make_webinar
from tests.webinars.registering import hidden, text_of
from webinars import mail_words
from webinars.mail_words import Words
from webinars.models import CycleMail, CycleMailText
from webinars.services import cycle_mails as services

pytestmark = pytest.mark.django_db
MAILS = "/en/webinars/manage/cycles/care/mails/"
THANKS = f"{MAILS}thanks/en/"
WORDS = {"subject": "Thanks, {name}", "text": "Dear {name},\n\nuntil the next one.\nCarla"}


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator("carla@network.example", name="Carla Osório", language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def cycle():
    return make_cycle(slug="care", title="Cycle of care")


@pytest.fixture
def webinar(cycle):
    return make_webinar(cycle=cycle, number=1, title="Sharing care", starts_at=timezone.now() - timedelta(days=2))


def notes() -> list[tuple]:
    return list(Entry.objects.filter(action__startswith="cycle.mail").order_by("pk").values_list("action", "detail"))


def seen_on(client, path=THANKS) -> dict:
    return {"seen": hidden(client.get(path))["seen"]}


# --- who may, and what exists


@pytest.mark.parametrize("part", ["", "thanks/en/", "thanks/en/preview/", "thanks/en/preview.html"])
def test_only_coordinators(client, cycle, webinar, part):
    assert client.get(MAILS + part).status_code == 302
    client.force_login(make_user(is_administrator=True))
    assert client.get(MAILS + part).status_code == 403


@pytest.mark.parametrize("part", ["thanks/switch/", "thanks/en/", "thanks/en/test/"])
def test_only_coordinators_change_them(client, cycle, webinar, part):
    client.force_login(make_user())
    assert client.post(MAILS + part, WORDS | {"is_on": "off"}).status_code == 403
    assert (CycleMail.objects.count(), OutboxMail.objects.count()) == (0, 0)


@pytest.mark.parametrize("part", ["reminder/en/", "thanks/xx/", "thanks/xx/preview/", "reminder/en/preview.html"])
def test_there_is_no_other_mail_and_no_other_language(client, coordinator, cycle, webinar, part):
    assert client.get(MAILS + part).status_code == 404
    assert client.get(MAILS.replace("care", "nowhere") + "thanks/en/").status_code == 404


# --- on and off


def test_all_go_out_until_one_is_switched_off(client, coordinator, cycle):
    page = text_of(client.get(MAILS))
    assert (page.count("Goes out"), page.count("Switched off")) == (3, 0)
    page = text_of(client.post(f"{MAILS}missed/switch/", {"is_on": "off"}, follow=True))
    assert "“We missed you” no longer goes out." in page
    assert (page.count("Goes out"), page.count("Switched off")) == (2, 1)
    assert not mail_words.is_on(cycle, "missed")
    client.post(f"{MAILS}missed/switch/", {"is_on": "off"})  # twice is once
    page = text_of(client.post(f"{MAILS}missed/switch/", {"is_on": "on"}, follow=True))
    assert "“We missed you” goes out from now on." in page
    assert mail_words.is_on(cycle, "missed")
    assert notes() == [("cycle.mail_switched", {"kind": "missed", "is_on": on}) for on in (False, True)]
    assert client.post(f"{MAILS}reminder/switch/", {"is_on": "off"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_switching_at_once_make_one_row():
    cycle, coordinator = make_cycle(), make_coordinator()
    _results, errors = at_once(lambda _n: services.switch(cycle, "thanks", is_on=False, by=coordinator), range(6), in_flight=6)
    assert errors == []
    assert list(CycleMail.objects.values_list("kind", "is_on")) == [("thanks", False)]
    assert len(notes()) == 1


# --- the words


def test_the_shipped_words_are_the_start(client, coordinator, cycle):
    response = client.get(THANKS)
    page = text_of(response)
    assert 'value="Your certificate: {title}"' in page
    assert "Hello {name},\n\nthank you" in page
    for name in mail_words.PLACEHOLDERS:
        assert f"{{{name}}}" in page
    assert "Back to the shipped words" not in page
    assert 'lang="pt"' in client.get(f"{MAILS}thanks/pt/").content.decode().partition("<main")[2]
    assert "O seu certificado: {title}" in text_of(client.get(f"{MAILS}thanks/pt/"))


def test_own_words_in_one_language_and_back(client, coordinator, cycle):
    page = text_of(client.post(THANKS, WORDS | seen_on(client), follow=True))
    assert "The words are saved." in page
    assert 'value="Thanks, {name}"' in page
    assert mail_words.words_of(cycle, "thanks", "en") == Words(**WORDS)
    assert mail_words.words_of(cycle, "thanks", "pt") == mail_words.shipped("thanks", "pt")
    assert mail_words.words_of(make_cycle(), "thanks", "en") == mail_words.shipped("thanks", "en")
    assert text_of(client.get(MAILS)).count("own words") == 1

    page = text_of(client.post(THANKS, {"restore": "1"} | seen_on(client), follow=True))
    assert "The shipped words are back." in page
    assert not CycleMailText.objects.exists()
    detail = {"kind": "thanks", "language": "en"}
    assert notes() == [("cycle.mail_edited", detail), ("cycle.mail_restored", detail)]


def test_typing_the_shipped_words_is_having_none(client, coordinator, cycle):
    client.post(THANKS, WORDS | seen_on(client))
    client.post(THANKS, vars(mail_words.shipped("thanks", "en")) | seen_on(client))
    assert not CycleMailText.objects.exists()


def test_saving_what_is_stored_is_no_change(client, coordinator, cycle):
    for _again in range(2):
        client.post(THANKS, WORDS | seen_on(client))
    client.post(THANKS, {**WORDS, "text": WORDS["text"].replace("\n", "\r\n") + "\r\n "} | seen_on(client))
    assert len(notes()) == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"subject": ""}, "Enter the subject"),
        ({"text": " \n "}, "Enter the text"),
        ({"subject": "x" * 121}, "Subject must be 120 characters or fewer"),
        ({"text": "x" * 4001}, "Text must be 4\u00a0000 characters or fewer"),
        ({"text": "Dear {nome},"}, "{nome} is not known. Between braces you can write: {name}, {title}"),
        ({"subject": "{Name} {x.y}"}, "{Name}, {x.y} is not known."),
        ({"text": "Dear {name"}, "{ is not known."),
        ({"text": "{{ name }}"}, "{, } is not known."),
        ({"text": "{}"}, "{} is not known."),
        ({"text": "\0"}, "The text contains a character that cannot be kept."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(client, coordinator, cycle, wrong, message):
    seen = seen_on(client)
    response = client.post(THANKS, WORDS | wrong | seen)
    page = text_of(response)
    assert response.status_code == 200
    assert message in page
    assert "Error:" in page
    assert hidden(response)["seen"] == seen["seen"]
    if "subject" not in wrong:
        assert f'value="{WORDS["subject"]}"' in page
    assert not CycleMailText.objects.exists()


def test_every_known_placeholder_is_accepted(client, coordinator, cycle):
    text = " ".join(f"{{{name}}} {{ {name} }}" for name in mail_words.PLACEHOLDERS)
    client.post(THANKS, {"subject": "{title}", "text": text} | seen_on(client))
    assert CycleMailText.objects.get().text == text


@pytest.mark.parametrize("kind", CycleMail.Kind.values)
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_shipped_words_pass_the_form_themselves(client, coordinator, cycle, kind, language):
    words = mail_words.shipped(kind, language)
    assert mail_words.unknown_in(words.subject + words.text) == []
    assert {"{title}", "{name}"} <= set(re.findall(r"\{\w+\}", words.subject + words.text))


# --- two people


def test_the_second_of_two_is_told_and_decides(client, coordinator, cycle):
    seen = seen_on(client)
    other = make_coordinator(name="Teresa Lobo")
    services.save_words(cycle, "thanks", "en", words=Words("Theirs", "Their text"), seen=seen["seen"], by=other)

    response = client.post(THANKS, WORDS | seen)
    page = text_of(response)
    assert "Teresa Lobo changed this page" in page
    assert "Their text" in page
    assert 'value="Thanks, {name}"' in page
    assert mail_words.words_of(cycle, "thanks", "en").subject == "Theirs"

    client.post(THANKS, WORDS | {"seen": hidden(response)["seen"]})
    assert mail_words.words_of(cycle, "thanks", "en") == Words(**WORDS)


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "x"}])
def test_nothing_is_restored_or_saved_unseen(client, coordinator, cycle, seen):
    shipped = mail_words.stamp(mail_words.shipped("thanks", "en"))
    services.save_words(cycle, "thanks", "en", words=Words("Theirs", "Text"), seen=shipped, by=coordinator)
    for data in ({"restore": "1"}, WORDS):
        assert "changed this page" in text_of(client.post(THANKS, data | seen))
    assert mail_words.words_of(cycle, "thanks", "en").subject == "Theirs"


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_refused():
    cycle, coordinator = make_cycle(), make_coordinator()
    seen = mail_words.stamp(mail_words.shipped("thanks", "en"))

    def save(n):
        services.save_words(cycle, "thanks", "en", words=Words(f"Subject {n}", "Text"), seen=seen, by=coordinator)

    _results, errors = at_once(save, range(4), in_flight=4)
    assert len(errors) == 3
    assert all(error.startswith("ChangedMeanwhile") for error in errors)
    assert CycleMailText.objects.count() == 1
