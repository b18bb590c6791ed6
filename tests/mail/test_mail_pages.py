"""The outbox, leaving a category of mail, the demonstration's mailbox."""

import pytest
from django.urls import reverse
from django.utils import timezone

from network_portal.mail import subscriptions
from network_portal.mail.delivery import Sender
from network_portal.mail.models import AddressState, OutboxControl, OutboxMail
from network_portal.users.models import User
from tests.mail.servers import queue

OUTBOX = "/mail/outbox/"


@pytest.fixture
def sign_in(client, db):
    def sign_in(**roles):
        client.force_login(User.objects.create(email=f"{'-'.join(roles) or 'staff'}@example.org", name="Ana", **roles))
        return client

    return sign_in


def failed(**changes) -> OutboxMail:
    key = queue(**changes)
    OutboxMail.objects.filter(key=key).update(state="failed", last_error="RCPT: 550 no")
    return OutboxMail.objects.get(key=key)


@pytest.mark.parametrize(("roles", "status"), [({}, 403), ({"is_coordinator": True}, 200), ({"is_administrator": True}, 200)])
def test_who_sees_the_outbox(sign_in, roles, status):
    client, mail = sign_in(**roles), failed()
    assert client.get(OUTBOX).status_code == status
    for deed in (f"{mail.pk}/retry/", f"{mail.pk}/done/", "pause/", "resume/"):
        assert client.get(f"{OUTBOX}{deed}").status_code == 405
        assert client.post(f"{OUTBOX}{deed}").status_code == (302 if status == 200 else 403)


def test_the_outbox_asks_to_sign_in(client, db):
    assert client.get(OUTBOX).status_code == 302


def test_administrators_do_not_read_mails_and_nobody_reads_codes(sign_in):
    queue(1, context={"code": "654321", "minutes": 30}, category="security")
    queue(2, context={"code": "777888", "minutes": 30})
    page = sign_in(is_coordinator=True).get(OUTBOX).content.decode()
    assert ("654321" in page, "777888" in page) == (False, True)
    page = sign_in(is_administrator=True).get(OUTBOX).content.decode()
    assert ("654321" in page, "777888" in page) == (False, False)


def test_django_admin_never_shows_what_a_mail_says(sign_in):
    client = sign_in(is_administrator=True)
    queue(1, context={"code": "654321", "minutes": 30})
    mail = OutboxMail.objects.get()
    for url in (
        reverse("admin:mail_outboxmail_changelist"),
        reverse("admin:mail_outboxmail_change", args=[mail.pk]),
    ):
        response = client.get(url)
        assert response.status_code == 200
        assert "654321" not in response.content.decode()


def test_the_outbox_is_filtered_paged_and_costs_the_same(sign_in, django_assert_max_num_queries):
    client = sign_in(is_coordinator=True)
    for number in range(55):
        queue(number)
    failed(number=99)
    client.get(OUTBOX)
    with django_assert_max_num_queries(8):
        page = client.get(OUTBOX)
    assert page.context["page_obj"].paginator.num_pages == 2
    assert [mail.key for mail in client.get(OUTBOX, {"state": "failed"}).context["page_obj"]] == ["test:99"]
    assert client.get(OUTBOX, {"state": "nonsense"}).status_code == 200


def test_retry_and_done(sign_in):
    client, mail = sign_in(is_coordinator=True), failed()
    client.post(f"{OUTBOX}{mail.pk}/retry/")
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == ("queued", 0, "")
    client.post(f"{OUTBOX}{mail.pk}/done/")
    mail.refresh_from_db()
    assert mail.state == "cancelled"
    response = client.post(f"{OUTBOX}{mail.pk}/done/", follow=True)
    assert response.status_code == 200
    mail.refresh_from_db()
    assert mail.state == "cancelled"


def test_pause_and_resume(sign_in):
    client = sign_in(is_administrator=True)
    client.post(f"{OUTBOX}pause/")
    assert OutboxControl.objects.get().is_paused
    assert client.get(OUTBOX).status_code == 200
    client.post(f"{OUTBOX}resume/")
    assert not OutboxControl.objects.get().is_paused


def test_the_outbox_says_how_many_reminders_were_missed(sign_in):
    client, now = sign_in(is_coordinator=True), timezone.now()
    OutboxControl.objects.create(pk=1, down_from=now - timezone.timedelta(hours=6), down_until=now)
    for number in range(3):
        queue(number, category="reminder", send_before=now - timezone.timedelta(hours=1))
    OutboxMail.objects.update(state="expired")
    assert client.get(OUTBOX).context["missed"].count == 3


@pytest.mark.parametrize("category", ["reminder", "bulk"])
def test_leaving_and_coming_back_without_cookie_or_sign_in(client, db, category):
    url = reverse("mail:unsubscribe", args=[subscriptions.token_for("ana@example.org", category)])
    page = client.get(url)
    assert (page.status_code, page.cookies.keys()) == (200, {}.keys())
    assert not AddressState.objects.exists()
    client.handler.enforce_csrf_checks = True
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert AddressState.objects.values_list("address", "category").get() == ("ana@example.org", category)
    client.post(url, {"List-Unsubscribe": "One-Click"})
    assert client.get(url).status_code == 200
    back = client.post(url, {"resubscribe": "1"})
    assert (back.status_code, back.cookies.keys()) == (200, {}.keys())
    assert not AddressState.objects.exists()


@pytest.mark.parametrize("broken", ["nonsense", "cut", "security"])
def test_a_broken_link_changes_nothing(client, db, broken):
    token = subscriptions.token_for("ana@example.org", "security" if broken == "security" else "reminder")
    url = reverse("mail:unsubscribe", args=[{"nonsense": "nonsense", "cut": token[:-4], "security": token}[broken]])
    assert client.get(url).status_code == 400
    assert client.post(url).status_code == 400
    assert not AddressState.objects.exists()


def test_the_demonstration_mailbox(client, transactional_db):
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    queue(1, category="security")
    queue(2, calendar=("REQUEST", calendar))
    assert client.get("/demo/mail/").context["on_their_way"] == 2
    Sender().deliver_due()
    assert [mail.key for mail in client.get("/demo/mail/").context["page_obj"]] == ["test:2", "test:1"]
    only = client.get("/demo/mail/", {"to": "person1@"})
    assert [mail.key for mail in only.context["page_obj"]] == ["test:1"]
    mail = OutboxMail.objects.get(key="test:2")
    page = client.get(f"/demo/mail/{mail.pk}/")
    assert "000002" in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "frame-src" not in client.get("/demo/mail/")["Content-Security-Policy"]
    framed = client.get(f"/demo/mail/{mail.pk}/html/")
    policy = framed["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self'" in policy
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    ics = client.get(f"/demo/mail/{mail.pk}/invite.ics")
    assert ics["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    assert ics.content.decode() == calendar
    assert client.get(f"/demo/mail/{OutboxMail.objects.get(key='test:1').pk}/invite.ics").status_code == 404
    assert page.cookies.keys() == {}.keys()


def test_the_mailbox_is_closed_where_real_mail_goes_out(client, db, settings):
    queue(1)
    OutboxMail.objects.update(state="sent", sent_at=timezone.now())
    pk = OutboxMail.objects.get().pk
    settings.EMAIL_URL = "smtp://mail.example.org"
    for url in ("/demo/mail/", f"/demo/mail/{pk}/", f"/demo/mail/{pk}/html/", f"/demo/mail/{pk}/invite.ics"):
        assert client.get(url).status_code == 404
