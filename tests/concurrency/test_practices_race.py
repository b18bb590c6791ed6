"""Many people save one section of a practice at the same moment, with real threads on both databases; nothing is lost.

The controls show that it is the lock (on SQLite the transaction) that keeps them apart.
"""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from goodpractices import services
from goodpractices.models import Practice, Section, SetAside
from goodpractices.services import acting, writing
from network_portal.users.models import User
from tests.concurrency.threads import at_once
from tests.factories import make_affiliation, make_municipality, make_user
from tests.goodpractices.practices import make_draft

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


@pytest.fixture
def draft():
    return make_draft(municipality=make_municipality(), by=make_user(is_coordinator=True))


@pytest.fixture
def people(draft) -> list[User]:
    found = [make_user(name=f"Pessoa {n}") for n in range(MANY)]
    for person in found:
        make_affiliation(person, draft.municipality)
    return found


def text_of(person: User) -> str:
    return f"O que {person.name} escreveu."


def post(draft, *, by_itself: bool):
    """One person sends the form that was opened before anybody saved."""
    address = reverse("goodpractices:section", args=[draft.pk, "context"])

    def deed(person: User) -> int:
        client = Client(headers={"HX-Request": "true"} if by_itself else {})
        client.force_login(person)
        return client.post(address, {"seen": "1:1", "text": text_of(person), "whole": "1"}).status_code

    return deed


def texts(draft) -> list[str]:
    """Everything that is kept: what is stored, and what was set aside."""
    stored = Section.objects.get(version=draft.work_version, code="context").content["text"]
    aside = SetAside.objects.filter(version=draft.work_version, code="context").values_list("content", flat=True)
    return [stored, *(content["text"] for content in aside)]


@pytest.mark.parametrize("by_itself", [False, True])
def test_all_save_at_once_one_is_stored_and_every_other_text_is_kept(draft, people, by_itself):
    answers, errors = at_once(post(draft, by_itself=by_itself), people, in_flight=MANY)
    assert errors == []
    assert set(answers) <= {200, 302}
    assert sorted(texts(draft)) == sorted(map(text_of, people))
    section = Section.objects.get(version=draft.work_version, code="context")
    assert (section.revision, SetAside.objects.count()) == (2, MANY - 1)


def test_a_new_section_is_made_once(draft, people):
    Section.objects.filter(version=draft.work_version, code="context").delete()

    def deed(person: User) -> str:
        try:
            services.save_section(draft, "context", {"text": text_of(person)}, by=person, seen=0)
        except services.writing.ChangedMeanwhile:
            return "second"
        return "first"

    answers, errors = at_once(deed, people, in_flight=MANY)
    assert errors == []
    assert sorted(answers) == ["first", *["second"] * (MANY - 1)]


def lost(draft, people, monkeypatch) -> int:
    """How many texts are nowhere, when everybody has looked before anybody writes."""
    meeting = threading.Barrier(len(people))
    save = Section.save

    def wait_then_save(self, **kwargs):
        meeting.wait(timeout=10)
        return save(self, **kwargs)

    monkeypatch.setattr(Section, "save", wait_then_save)
    _, errors = at_once(post(draft, by_itself=True), people, in_flight=len(people))
    assert errors == []
    return len(set(map(text_of, people)) - set(texts(draft)))


def test_control_without_the_lock_texts_are_lost(draft, people, monkeypatch):
    """PostgreSQL: without the row lock. SQLite: without the transaction, which there is the lock."""
    if connection.vendor == "postgresql":
        unlocked = Practice.objects.select_related("municipality", "public_version", "work_version")
        monkeypatch.setattr(acting, "lock", lambda practice: unlocked.get(pk=practice.pk))
    else:
        monkeypatch.setattr(services, "save_section", writing.save_section.__wrapped__)
    assert lost(draft, people[:2], monkeypatch) == 1
