"""Queueing and taking back."""

import pytest
from django.db import transaction

from network_portal.mail import outbox, rendering
from network_portal.mail.models import OutboxMail
from tests.mail.servers import in_threads, queue


def test_queue_keeps_a_rendered_mail_with_a_fixed_message_id(db):
    queue(1, category="security", about="user:1")
    mail = OutboxMail.objects.get()
    assert (mail.state, mail.priority, mail.about, mail.language) == ("queued", 0, "user:1", "pt")
    assert "000001" in mail.subject
    assert mail.message_id.endswith("@portal.example.org>")
    assert '<html lang="pt"' in mail.html
    assert "\n\n    000001\n\n" in mail.text


def test_a_known_key_changes_nothing(db):
    queue(1)
    before = OutboxMail.objects.values().get()
    queue(1, to="other@example.org")
    assert OutboxMail.objects.values().get() == before


@pytest.mark.django_db(transaction=True)
def test_fifty_threads_with_one_key_make_one_mail():
    in_threads(50, lambda index: queue(1))
    assert OutboxMail.objects.count() == 1


def test_a_fact_that_is_rolled_back_owes_no_mail(db):
    with transaction.atomic():
        queue(1)
        transaction.set_rollback(True)
    assert not OutboxMail.objects.exists()


def test_withdraw_takes_back_what_is_about_exactly_this(db):
    queue(1, about="registration:1")
    queue(2, about="registration:12")
    assert outbox.withdraw(about="registration:1") == 1
    assert dict(OutboxMail.objects.values_list("key", "state")) == {"test:1": "cancelled", "test:2": "queued"}
    assert outbox.withdraw(about="registration:1") == 0


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_line_breaks_in_a_variable_of_the_subject_become_spaces(db, end):
    queue(1, context={"code": f"123456{end}Bcc: all@example.org", "minutes": 30})
    subject = OutboxMail.objects.get().subject
    assert subject.startswith("123456 Bcc: all@example.org")
    assert len(subject.splitlines()) == 1


@pytest.mark.parametrize("to", ["a@example.org\r\nBcc: b@example.org", "a@example.org\nx"])
def test_a_line_break_in_the_address_is_refused(db, to):
    with pytest.raises(ValueError, match="line break"):
        queue(1, to=to)


def test_a_long_title_shortens_the_subject_and_stays_in_the_text(db):
    title = "Partilha de responsabilidades familiares " * 5
    queue(1, context={"code": title, "minutes": 30})
    mail = OutboxMail.objects.get()
    assert len(mail.subject) <= 60
    assert mail.subject.startswith("Partilha de responsabilidades")
    assert mail.subject.endswith("…")
    assert mail.text.startswith(title.strip())


def test_text_is_not_escaped_and_html_is(db):
    queue(1, context={"code": "<b>R&D</b>", "minutes": 30})
    mail = OutboxMail.objects.get()
    assert "<b>R&D</b>" in mail.subject
    assert "<b>R&D</b>" in mail.text
    assert "<b>R&" not in mail.html


def test_a_language_that_the_site_lacks_gives_its_first_one(db):
    queue(1, language="xx")
    assert OutboxMail.objects.get().language == "pt"


def test_a_mail_is_never_longer_than_clients_show(db):
    queue(1, context={"code": "word " * 60_000, "minutes": 30})
    mail = OutboxMail.objects.get()
    assert mail.html == ""
    assert len(mail.text.encode()) < rendering.MOST_BYTES


def test_only_reminders_and_news_can_be_unsubscribed(db):
    for number, category in enumerate(["security", "transactional", "reminder", "bulk"]):
        queue(number, category=category)
    mails = OutboxMail.objects.order_by("priority")
    assert ["/mail/unsubscribe/" in mail.text for mail in mails] == [False, False, True, True]
    assert ["/mail/unsubscribe/" in mail.html for mail in mails] == [False, False, True, True]
