"""Places under load, on both databases, with real threads; the controls show that the lock is what holds them."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from tests.concurrency.threads import at_once
from tests.factories import make_municipality, make_term, make_user, make_webinar
from webinars import services
from webinars.models import Registration, Webinar
from webinars.services import places

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answers():
    if not Term.objects.exists():
        Term.objects.create(vocabulary="role", code="technical", labels={"pt": "Técnica"})
    return {"role": make_term("role"), "municipality": make_municipality()}


def people(count: int) -> list[User]:
    return User.objects.bulk_create(
        [User(email=f"pessoa{n}@cm-x.example", name=f"Pessoa {n}", password="!") for n in range(count)]
    )


def register_in(webinar, answers):
    return lambda person: services.register(webinar, person=person, name=person.name, by=person, **answers)


def outcome(webinar) -> tuple[int, int, int]:
    """Confirmed, waiting, and how many different places in the queue."""
    queue = list(webinar.registrations.queue().with_queue_position().values_list("queue_position", flat=True))
    return webinar.registrations.confirmed().count(), len(queue), len(set(queue))


def test_thirty_threads_for_one_place(answers):
    webinar = make_webinar(capacity=1)
    _, errors = at_once(register_in(webinar, answers), people(30), in_flight=30)
    assert errors == []
    assert outcome(webinar) == (1, 29, 29)


def test_five_hundred_people_for_fifty_places_eighty_in_flight(answers):
    webinar = make_webinar(capacity=50)
    _, errors = at_once(register_in(webinar, answers), people(500), in_flight=80)
    assert errors == []
    assert outcome(webinar) == (50, 450, 450)


def test_the_same_person_in_ten_threads_has_one_registration(answers):
    webinar, person = make_webinar(), make_user()
    results, errors = at_once(register_in(webinar, answers), [person] * 10, in_flight=10)
    assert errors == []
    assert len({r.pk for r in results}) == 1


def test_a_newcomer_at_the_instant_of_a_cancellation_is_queued(answers):
    webinar = make_webinar(capacity=1)
    first, second, newcomer = people(3)
    register = register_in(webinar, answers)
    held, waiting = register(first), register(second)
    deeds = [lambda: services.cancel_registration(held, by=first), lambda: register(newcomer)]
    _, errors = at_once(lambda deed: deed(), deeds, in_flight=2)
    assert errors == []
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"
    assert webinar.registrations.live().get(person=newcomer).status == "waiting"


def test_cancellations_at_once_promote_as_many(answers):
    webinar = make_webinar(capacity=10)
    register = register_in(webinar, answers)
    rows = [register(person) for person in people(30)]
    cancelled = rows[:8]
    _, errors = at_once(lambda row: services.cancel_registration(row, by=row.person), cancelled, in_flight=8)
    assert errors == []
    assert outcome(webinar)[:2] == (10, 12)


def oversell(webinar, answers, monkeypatch) -> int:
    """Everybody counts before anybody writes, as happens without the lock; gives the places confirmed."""
    meeting = threading.Barrier(6)
    save = Registration.save

    def wait_then_save(self, **kwargs):
        meeting.wait(timeout=10)
        return save(self, **kwargs)

    monkeypatch.setattr(Registration, "save", wait_then_save)
    at_once(register_in(webinar, answers), people(6), in_flight=6)
    return webinar.registrations.confirmed().count()


def test_control_without_the_lock_places_are_oversold(answers, monkeypatch):
    """PostgreSQL: without the row lock. SQLite: without the transaction, which there is the lock."""
    webinar = make_webinar(capacity=1)
    if connection.vendor == "postgresql":
        monkeypatch.setattr(places, "lock", lambda w: Webinar.objects.select_related("cycle").get(pk=w.pk))
        assert oversell(webinar, answers, monkeypatch) > 1
        return
    monkeypatch.setattr(services, "register", _without_transaction)
    assert oversell(webinar, answers, monkeypatch) > 1


def _without_transaction(webinar, *, person, name, by, role, municipality):
    fields = {"person": person, "name": name, "role": role, "municipality": municipality, "registered_by": by}
    unlocked = Webinar.objects.select_related("cycle").get(pk=webinar.pk)
    return places.give(unlocked, places.count(unlocked, person), **fields)


def test_the_lock_makes_others_wait(answers):
    """Whoever holds the row's lock is alone with the count."""
    webinar = make_webinar(capacity=1)
    entered, order = threading.Event(), []

    def hold(_):
        with transaction.atomic():
            places.lock(webinar)
            entered.set()
            threading.Event().wait(0.3)
            order.append(("held", timezone.now()))

    def follow(person):
        entered.wait(timeout=10)
        register_in(webinar, answers)(person)
        order.append(("registered", timezone.now()))

    _, errors = at_once(lambda deed: deed(), [lambda: hold(None), lambda: follow(people(1)[0])], in_flight=2)
    assert errors == []
    assert [name for name, _ in sorted(order, key=lambda pair: pair[1])] == ["held", "registered"]
