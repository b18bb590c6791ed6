"""Practices of one title published at the same moment, with real threads on both databases: each gets an address of its own.

The control shows that it is the lock (on SQLite the transaction) that keeps them apart.
"""

import threading

import pytest
from django.db import connection

from goodpractices import services
from goodpractices.models import Practice
from goodpractices.services import projection, publishing
from network_portal.users.models import User
from tests.concurrency.threads import at_once
from tests.factories import make_coordinator
from tests.goodpractices.practices import make_draft

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture
def coordinator() -> User:
    return make_coordinator()


@pytest.fixture
def drafts(coordinator) -> list[Practice]:
    return [make_draft(by=coordinator) for _ in range(MANY)]


def test_of_one_title_published_at_once_each_has_its_address(drafts, coordinator):
    published, errors = at_once(lambda draft: services.make_public(draft, by=coordinator).slug, drafts, in_flight=MANY)
    base = "banco-de-horas-para-cuidar"
    assert (errors, sorted(published)) == ([], [base, *(f"{base}-{number}" for number in range(2, MANY + 1))])


def test_control_without_the_lock_two_want_the_same_address(drafts, coordinator, monkeypatch):
    """PostgreSQL: without the lock of the catalogue. SQLite: without the transaction, which there is the lock."""
    meeting, free_slug = threading.Barrier(2), projection.free_slug

    def found_then_wait(title: str, practice: Practice) -> str:
        slug = free_slug(title, practice)
        meeting.wait(timeout=10)
        return slug

    monkeypatch.setattr(projection, "free_slug", found_then_wait)
    make_public = publishing.make_public
    if connection.vendor == "postgresql":
        monkeypatch.setattr(projection, "_lock_catalogue", lambda: None)
    else:
        make_public = make_public.__wrapped__
    _, errors = at_once(lambda draft: make_public(draft, by=coordinator), drafts[:2], in_flight=2)
    assert ["IntegrityError" in error for error in errors] == [True]
