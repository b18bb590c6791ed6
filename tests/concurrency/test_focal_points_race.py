"""Focal points that leave at the same moment: one stays. Without the lock all of them go."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from municipalities import services
from municipalities.models import Affiliation
from municipalities.services import acting
from tests.concurrency.threads import at_once
from tests.factories import make_affiliation, make_municipality, make_user

pytestmark = pytest.mark.django_db(transaction=True)
HOW_MANY = 6


def leave_at_once(deed) -> tuple[list, list, int]:
    """Six leave at once: what came of it, the errors, and how many focal points are left."""
    town = make_municipality()
    rows = [make_affiliation(make_user(), town, kind="focal_point") for _ in range(HOW_MANY)]
    results, errors = at_once(lambda row: deed(row, by=row.person).state, rows, in_flight=HOW_MANY)
    return results, errors, Affiliation.objects.filter(municipality=town).focal_points().count()


@pytest.mark.parametrize("name", ["end_affiliation", "make_staff"])
def test_one_of_six_stays(name):
    results, errors, left = leave_at_once(getattr(services, name))
    assert (len(results), left) == (HOW_MANY - 1, 1)
    assert [error.split("(")[0] for error in errors] == ["LastFocalPoint"]


def test_control_without_the_lock_all_go(monkeypatch):
    """PostgreSQL: without the row lock. SQLite: without the transaction, which there is the lock."""
    meeting = threading.Barrier(HOW_MANY)
    look = acting.keep_a_focal_point

    def look_then_wait(affiliation):
        look(affiliation)
        meeting.wait(timeout=10)

    monkeypatch.setattr(acting, "keep_a_focal_point", look_then_wait)
    deed = services.end_affiliation
    if connection.vendor == "postgresql":
        monkeypatch.setattr(acting, "lock", lambda town: type(town).objects.get(pk=town.pk))
    else:
        deed = deed.__wrapped__
    assert leave_at_once(deed)[::2] == (["ended"] * HOW_MANY, 0)


def test_the_same_request_from_ten_hands_is_one():
    town, person = make_municipality(), make_user()
    results, errors = at_once(lambda _: services.ask_affiliation(town, by=person).pk, range(10), in_flight=10)
    assert (errors, len(set(results))) == ([], 1)


def test_accepted_while_invitations_are_forgotten_is_accepted_or_ended():
    old = timezone.now() - timedelta(days=61)
    for _ in range(5):
        row = make_affiliation(make_user(), state="invited", proof="", decided_at=None, asked_at=old)
        deeds = [lambda row=row: services.accept_invitation(row), lambda: services.forget_due(now=timezone.now())]
        _, errors = at_once(lambda deed: str(deed()), deeds, in_flight=2)
        row.refresh_from_db()
        assert row.state in ("confirmed", "ended")
        assert [error.split("(")[0] for error in errors] == (["NotWaiting"] if row.state == "ended" else [])


def test_accepted_and_refused_at_once_is_one_of_them():
    point = make_affiliation(make_user(), kind="focal_point")
    row = services.ask_affiliation(point.municipality, by=make_user())
    deeds = [
        lambda: services.confirm_affiliation(row, by=point.person),
        lambda: services.refuse_affiliation(row, by=point.person, reason="Não."),
    ]
    results, errors = at_once(lambda deed: deed().state, deeds, in_flight=2)
    row.refresh_from_db()
    assert (results, len(errors)) == ([row.state], 1)
