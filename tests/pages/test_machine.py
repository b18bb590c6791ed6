"""Pages for machines, and the pages for when something breaks."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from network_portal.mail.models import OutboxMail
from network_portal.pages import errors

TOKEN = "a-long-token-for-the-monitor"


@pytest.fixture
def monitored(settings, db):
    settings.STATUS_TOKEN = TOKEN


def make_mail(key, **when):
    return OutboxMail.objects.create(
        key=key, message_id=key, template="x", category="security", priority=0, to="a@example.org", language="pt",
        subject="x", **when,
    )  # fmt: skip


def test_health_asks_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(1):
        response = client.get("/health")
    assert (response.status_code, response.text) == (200, "ok")


@pytest.mark.parametrize("token", ["", "wrong", "é"])
def test_status_is_not_there_without_its_token(client, monitored, token):
    assert client.get("/status", {"token": token}).status_code == 404


def test_status_is_not_there_when_no_token_is_set(client, db):
    assert client.get("/status").status_code == 404
    assert client.get("/status", headers={"authorization": "Bearer "}).status_code == 404


def test_status_is_green_when_no_mail_waits(client, monitored):
    later = timezone.now() + timedelta(hours=1)
    make_mail("later", next_attempt_at=timezone.now() - timedelta(hours=1), not_before=later)
    response = client.get("/status", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert response.json()["oldest_due_mail_seconds"] == 0


def test_status_is_red_when_a_due_mail_waits_over_ten_minutes(client, monitored):
    make_mail("late", next_attempt_at=timezone.now() - timedelta(minutes=11))
    response = client.get("/status", {"token": TOKEN})
    assert response.status_code == 503
    assert response.json()["state"] == "red"
    assert 660 <= response.json()["oldest_due_mail_seconds"] < 670


def test_robots_keep_out_of_personal_addresses(client, db):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    assert "Disallow: /webinars/place/" in response.text


def test_server_error_needs_neither_database_nor_context():
    with translation.override("en"):
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Something broke on our side" in response.text


def test_too_many_requests_says_when_to_come_back(client, db):
    with translation.override("en"):
        response = errors.too_many_requests(RequestFactory().get("/en/"))
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "Too many attempts" in response.text


def test_permission_denied_names_the_contact(db, settings):
    response = errors.permission_denied(RequestFactory().get("/"))
    assert response.status_code == 403
    assert settings.NETWORK_CONTACT_EMAIL in response.text
