"""Handing over: what arrives, what a server's answers lead to, what stops a mail at the last moment."""

import email
from datetime import timedelta
from email import policy

import pytest
from django.db import connection
from django.utils import timezone

from network_portal.mail import claims, services
from network_portal.mail.delivery import Sender, note_run
from network_portal.mail.models import AddressState, OutboxControl, OutboxMail
from network_portal.mail.transport import DemonstrationMailbox
from tests.mail.servers import before, deliver, free_port, in_threads, queue


def arrived(sink):
    return [email.message_from_bytes(content, policy=policy.default) for _, content in sink.received]


def test_the_mail_that_arrives(transactional_db, sink, settings):
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Água\r\nEND:VCALENDAR\r\n"
    queue(1, calendar=("REQUEST", calendar))
    mail = deliver()
    [message] = arrived(sink)
    assert (mail.state, mail.attempts, mail.last_error) == ("sent", 1, "")
    assert message["Message-ID"] == mail.message_id
    assert message["Subject"] == mail.subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Reply-To"] == settings.NETWORK_CONTACT_EMAIL
    assert "List-Unsubscribe" not in message
    parts = [part for part in message.walk() if not part.is_multipart()]
    kinds = ["text/plain", "text/html", "text/calendar", "application/ics"]
    assert [part.get_content_type() for part in parts] == kinds
    assert parts[2].get_param("method") == "REQUEST"
    assert parts[2].get_content().replace("\r\n", "\n") == calendar.replace("\r\n", "\n")
    assert parts[3].get_filename() == "invite.ics"
    assert parts[3].get_content() == calendar.encode()
    alternative = next(part for part in message.walk() if part.get_content_type() == "multipart/alternative")
    assert [part.get_content_type() for part in alternative.iter_parts()] == kinds[:3]


@pytest.mark.parametrize("category", ["reminder", "bulk"])
def test_optional_mail_can_be_left_with_one_press(transactional_db, sink, client, category):
    queue(1, category=category)
    deliver()
    [message] = arrived(sink)
    web, post = message["List-Unsubscribe"].split(", ")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert web.startswith("<https://portal.example.org/")
    assert post.startswith("<mailto:")
    path = web.strip("<>").removeprefix("https://portal.example.org")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert AddressState.objects.values_list("address", "category").get() == ("person1@example.org", category)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("code", [421, 452])
def test_a_passing_refusal_tries_again_in_about_a_minute(transactional_db, sink, step, code):
    queue(1)
    sink.answers[step] = f"{code} later person1@example.org"
    mail = deliver()
    wait = (mail.next_attempt_at - timezone.now()).total_seconds()
    assert (mail.state, mail.attempts, mail.lease_token) == ("queued", 1, None)
    assert 40 < wait < 75
    assert str(code) in mail.last_error
    assert "@" not in mail.last_error
    sink.answers.clear()
    OutboxMail.objects.update(next_attempt_at=timezone.now())
    assert deliver().state == "sent"
    assert len(sink.received) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_final_refusal_fails_and_at_the_address_counts_for_good(transactional_db, sink, step):
    queue(1)
    sink.answers[step] = "550 no such person"
    assert deliver().state == "failed"
    assert AddressState.objects.filter(category="").count() == (1 if step == "RCPT" else 0)
    sink.answers.clear()
    queue(2, to="person1@example.org")
    assert deliver().state == ("cancelled" if step == "RCPT" else "sent")
    services.retry(OutboxMail.objects.get(key="test:1"))
    assert OutboxMail.objects.get(key="test:1").state == "queued"
    deliver()
    assert OutboxMail.objects.get(key="test:1").state == "sent"


def test_one_bad_mail_does_not_stop_the_others(transactional_db, sink):
    queue(1, to="päivi@exämple.org")
    queue(2)
    deliver()
    assert OutboxMail.objects.get(key="test:2").state == "sent"


def test_retries_end_after_two_days(transactional_db, sink):
    assert 47 * 60 < sum(claims.RETRY_MINUTES) <= 49 * 60
    queue(1)
    sink.answers["RCPT"] = "451 later"
    OutboxMail.objects.update(attempts=len(claims.RETRY_MINUTES))
    assert deliver().state == "failed"


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_a_server_that_falls_silent_before_the_mail(transactional_db, sink, step):
    queue(1)
    sink.hangs = step
    mail = deliver()
    assert (mail.state, mail.resends, mail.last_error) == ("queued", 0, f"{step}: SMTPServerDisconnected")


@pytest.mark.parametrize(("rule", "states"), [("resend", ["queued", "unknown"]), ("hold", ["unknown", "unknown"])])
def test_a_server_that_takes_the_mail_and_says_nothing(transactional_db, sink, settings, rule, states):
    settings.MAIL_AMBIGUOUS = rule
    queue(1)
    sink.hangs = "DATA"
    found = []
    for _ in range(2):
        found.append(deliver().state)
        OutboxMail.objects.update(next_attempt_at=timezone.now())
    assert found == states


def test_five_errors_of_connection_pause_all_mail_and_blame_none(transactional_db, sink, settings):
    settings.EMAIL_PORT = free_port()
    queue(1)
    for _ in range(4):
        assert deliver().attempts == 0
    assert OutboxControl.objects.get().paused_until is None
    deliver()
    pause = OutboxControl.objects.get().paused_until - timezone.now()
    assert 50 < pause.total_seconds() <= 60
    settings.EMAIL_PORT = int(settings.EMAIL_URL.rpartition(":")[2])
    assert deliver().state == "queued"
    services.resume()
    assert deliver().state == "sent"


@pytest.mark.parametrize("category", ["security", "transactional"])
def test_what_must_be_told_ignores_unsubscribing(transactional_db, sink, category):
    queue(1, category=category)
    AddressState.objects.create(address="person1@example.org", category=category)
    assert deliver().state == "sent"


def test_no_transaction_is_open_during_smtp(transactional_db, monkeypatch):
    open_transactions = []
    for step in ("offer", "send"):
        monkeypatch.setattr(DemonstrationMailbox, step, lambda self, mail: open_transactions.append(connection.in_atomic_block))
    queue(1)
    assert deliver().state == "sent"
    assert open_transactions == [False, False]


def test_sign_in_codes_overtake_reminders(transactional_db, sink):
    for number in range(5):
        queue(number, category="reminder")
    queue(9, category="security", to="code@example.org")
    deliver()
    assert next(to for to, _ in sink.received) == "code@example.org"
    assert len(sink.received) == 6


def test_senders_in_threads_claim_each_mail_once(transactional_db):
    for number in range(60):
        queue(number)

    def claim_all(index):
        sender, mine = Sender(), []
        while mails := claims.claim(sender.token, now=timezone.now(), limit=5):
            mine += [mail.pk for mail in mails]
        return mine

    claimed = [pk for mine in in_threads(4, claim_all) for pk in mine]
    assert sorted(claimed) == sorted(OutboxMail.objects.values_list("pk", flat=True))


def test_a_sender_that_was_away_longer_than_its_lease_stops(transactional_db, sink, monkeypatch):
    queue(1)
    other = Sender().token
    before(monkeypatch, claims, "finish", lambda mail: OutboxMail.objects.filter(pk=mail.pk).update(lease_token=other))
    mail = deliver()
    assert (mail.state, mail.lease_token) == ("sending", other)


@pytest.mark.parametrize(("rule", "state"), [("resend", "queued"), ("hold", "unknown")])
def test_what_a_dead_sender_had_in_hand(db, settings, rule, state):
    settings.MAIL_AMBIGUOUS = rule
    queue(1)
    past = timezone.now() - timedelta(seconds=1)
    message_id = OutboxMail.objects.get().message_id
    OutboxMail.objects.update(state="sending", lease_token=Sender().token, lease_until=past)
    claims.settle(timezone.now())
    mail = OutboxMail.objects.get()
    assert (mail.state, mail.message_id, mail.lease_token) == (state, message_id, None)
    OutboxMail.objects.update(state="sending", lease_token=Sender().token, lease_until=past)
    claims.settle(timezone.now())
    assert OutboxMail.objects.get().state == "unknown"


def test_a_stopped_sender_gives_back_what_it_has_not_begun(transactional_db, sink, monkeypatch):
    for number in range(5):
        queue(number)
    sender = Sender()
    before(monkeypatch, claims, "finish", lambda mail: sender.stop.set())
    sender.deliver_due(seconds=10)
    assert OutboxMail.objects.filter(state="sent").count() == 1
    assert OutboxMail.objects.filter(state="queued", lease_token=None).count() == 4


def test_the_rate_is_kept(transactional_db, sink, settings):
    settings.MAIL_RATE = 20
    for number in range(6):
        queue(number)
    begun = timezone.now()
    deliver()
    assert len(sink.received) == 6
    assert (timezone.now() - begun).total_seconds() >= 0.25


def test_codes_are_not_kept_once_they_are_out(transactional_db, sink):
    queue(1, category="security")
    mail = deliver()
    assert (mail.state, mail.subject, mail.text, mail.html) == ("sent", "", "", "")


def test_the_demonstration_keeps_codes_to_be_read(transactional_db):
    queue(1, category="security")
    mail = deliver()
    assert mail.state == "sent"
    assert "000001" in mail.text


def test_without_a_mail_server_mails_wait(transactional_db, settings):
    settings.DEMO = False
    queue(1)
    assert deliver().state == "queued"


def test_bodies_are_blanked_after_thirty_days(db):
    queue(1)
    queue(2)
    queue(3)
    old = timezone.now() - timedelta(days=31)
    OutboxMail.objects.filter(key="test:1").update(state="sent", sent_at=old, created_at=old)
    OutboxMail.objects.filter(key="test:2").update(created_at=old)
    assert claims.blank_old_bodies(timezone.now()) == 1
    assert [bool(text) for text in OutboxMail.objects.order_by("key").values_list("text", flat=True)] == [False, True, True]


def test_what_was_missed_while_the_system_was_down(db):
    now = timezone.now()
    note_run(now - timedelta(hours=6))
    queue(1, category="reminder", send_before=now - timedelta(hours=2))
    note_run(now)
    claims.settle(now)
    assert OutboxMail.objects.get().state == "expired"
    missed = services.missed_reminders(now)
    assert (missed.count, missed.was_down, missed.until) == (1, True, now)
