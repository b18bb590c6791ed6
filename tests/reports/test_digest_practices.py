"""What the weekly digest says of practices: those that wait for a reviewer, and those that nobody confirms."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from goodpractices.models import Practice, Version
from network_portal.mail.models import OutboxMail
from network_portal.reports import digest
from tests.factories import make_coordinator
from tests.goodpractices.reviews import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    with translation.override("en"):
        yield Town(language="en")


def told(title: str) -> list[dict]:
    parts = {part["title"]: part["things"] for part in digest.gather(now=timezone.now())}
    return parts.get(title, [])


def waiting(practice: Practice, days: int) -> Practice:
    Version.objects.filter(practice=practice).update(waiting_since=timezone.now() - timedelta(days=days))
    return practice


def test_what_waits_is_told_the_longest_first_with_its_step_and_its_page(town):
    make_coordinator()  # who can take the second look
    new = waiting(town.submitted(title={"title": "Nova"}), 1)
    old = waiting(town.passed_on(title={"title": "Antiga"}), 12)
    town.draft(title={"title": "Rascunho"})
    town.asked(title={"title": "Com quem escreveu"})
    town.public(title="Publicada")
    found = [(thing["name"], thing["text"], thing["url"].partition("/en/")[2]) for thing in told("Practices to review")]
    assert found == [
        (f"Antiga ({town.town.label})", "Waiting for a second review, for 12 days.", f"practices/review/{old.pk}/"),
        (f"Nova ({town.town.label})", "Submitted, for 1 day.", f"practices/review/{new.pk}/"),
    ]


def test_what_nobody_confirms_is_told_after_the_second_question(town):
    for n, unanswered in enumerate((0, 1, 2)):
        practice = town.public(title=f"Perguntada {n}")
        fields = {"unanswered": unanswered, "asked_on": timezone.localdate() - timedelta(days=40)}
        Practice.objects.filter(pk=practice.pk).update(confirmed_on=date(2025, 3, 1), **fields)
    assert [(thing["name"], thing["text"]) for thing in told("Practices that nobody confirms")] == [
        (f"Perguntada 2 ({town.town.label})", "Asked twice whether it is still true. Last confirmed on 1\u00a0March\u00a02025."),
    ]


def test_the_mail_names_them(town):
    waiting(town.submitted(title={"title": "Nova & «outra»"}), 3)
    digest.queue_digests(now=timezone.now())
    mail = OutboxMail.objects.get(template="reports/digest")
    assert f"Nova & «outra» ({town.town.label})\nSubmitted, for 3 days.\n" in mail.text
    assert "Practices to review" in mail.html
