"""Two people at once, on both databases, with real threads: one deed holds, the other is told, nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from goodpractices import services
from goodpractices.models import Practice, PracticeEvent, Review
from network_portal.mail.models import OutboxMail
from tests.concurrency.threads import at_once
from tests.factories import make_coordinator
from tests.goodpractices.belonging import make_focal_point
from tests.goodpractices.reviews import COMMENTS, NOTES, Town, kinds, reread, states

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 8


def test_many_take_at_once_and_one_has_it():
    practice, people = Town().submitted(), [make_coordinator() for _ in range(MANY)]
    results, errors = at_once(lambda by: services.take(practice, by=by), people, MANY)
    assert (len(results), len(errors)) == (1, MANY - 1)
    assert all("ReasonMissing" in error for error in errors)  # they would have to take it over
    review = Review.objects.get()
    assert review.reviewer_id == results[0].reviewer_id == reread(practice).work_version.reviewer_id
    assert kinds(practice) == ["created", "submitted", "taken"]


def test_one_reviewer_in_two_windows_decides_once():
    town = Town()
    practice, by = town.taken(), town.coordinator
    deeds = [
        lambda: services.publish(practice, by=by, notes=NOTES),
        lambda: services.decline(practice, by=by, reason="Não."),
        lambda: services.request_changes(practice, by=by, notes=COMMENTS),
    ] * 2
    results, errors = at_once(lambda deed: deed(), deeds, 6)
    assert (len(results), len(errors)) == (1, 5)
    assert all("WrongState" in error for error in errors)
    assert len(kinds(practice)) == 4
    assert Review.objects.exclude(decision="").count() == Review.objects.count() == 1


def test_deciding_while_a_colleague_takes_over_loses_neither():
    town, other = Town(), make_coordinator()
    practice = town.taken()
    deeds = [
        lambda: services.request_changes(practice, by=town.coordinator, notes=COMMENTS),
        lambda: services.take(practice, by=other, reason="Férias."),
    ]
    results, errors = at_once(lambda deed: deed(), deeds, 2)
    assert (len(results), len(errors)) == (1, 1)
    was_decided = states(practice) == ("new", "changes_requested")
    assert ("WrongState" if was_decided else "NotYours") in errors[0]
    assert was_decided or reread(practice).work_version.reviewer_id == other.pk


def test_publishing_while_the_authors_withdraw_ends_in_one_of_both():
    town = Town()
    practice = town.taken()
    deeds = [
        lambda: services.publish(practice, by=town.coordinator, notes=NOTES),
        lambda: services.withdraw(practice, by=town.focal, reason="Ainda não."),
    ]
    results, errors = at_once(lambda deed: deed(), deeds, 2)
    if errors:  # withdrawn first
        assert "WrongState" in errors[0]
        assert states(practice) == ("withdrawn", "withdrawn")
    else:  # published, and then withdrawn whole
        assert len(results) == 2
        assert kinds(practice)[-2:] == ["published", "withdrawn"]


def test_many_send_at_once_and_it_is_submitted_once():
    town = Town()
    practice, people = town.draft(), [make_focal_point(town.town) for _ in range(MANY)]
    results, errors = at_once(lambda by: services.submit(practice, by=by), people, MANY)
    assert (len(results), len(errors)) == (1, MANY - 1)
    assert kinds(practice) == ["created", "submitted"]
    assert OutboxMail.objects.filter(template="goodpractices/for_reviewers").count() == 1


def test_writing_while_it_is_sent_is_in_the_version_or_refused():
    town = Town()
    practice = town.draft()
    deeds = [
        lambda: services.submit(practice, by=town.focal),
        lambda: services.save_section(practice, "context", {"text": "Escrito agora."}, by=town.focal, seen=1),
    ]
    results, errors = at_once(lambda deed: deed(), deeds, 2)
    assert "submitted" in kinds(practice)
    text = reread(practice).work_version.sections.get(code="context").content["text"]
    assert (text == "Escrito agora.") == (len(results) == 2)
    assert all("WrongState" in error for error in errors)


def test_two_second_reviewers_at_once_are_one():
    town, people = Town(), [make_coordinator(), make_coordinator()]
    practice = town.passed_on()
    results, errors = at_once(lambda by: services.take(practice, by=by), people, 2)
    assert (len(results), len(errors)) == (1, 1)
    assert Review.objects.filter(step=2).get().reviewer_id == results[0].reviewer_id


def test_fifty_schedulers_ask_once():
    practices = [Town().public() for _ in range(3)]
    today = timezone.localdate()
    Practice.objects.update(confirmed_on=today - timedelta(days=400))
    results, errors = at_once(lambda _n: services.queue_due_questions(today=today), range(50), in_flight=10)
    assert errors == []
    assert sum(results) == 3
    assert PracticeEvent.objects.filter(kind="asked").count() == 3
    mails = OutboxMail.objects.filter(template="goodpractices/still_true").values_list("about", flat=True)
    assert sorted(mails) == sorted([f"practice:{p.pk}:still_true" for p in practices] * 2)
    assert set(Practice.objects.values_list("unanswered", flat=True)) == {1}
