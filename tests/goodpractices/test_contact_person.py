"""Who reads the name of the person to ask: people of the network's towns, of the practice's own, and coordinators."""

from datetime import timedelta

import pytest
from django.utils import timezone

from municipalities.services import memberships
from tests.factories import make_coordinator, make_municipality, make_user
from tests.goodpractices.belonging import make_staff
from tests.goodpractices.practices import make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return make_practice(municipality=make_municipality(name="Palmela"))


def member(kind: str = "member", *, begins: int = -30, ends: int | None = None):
    """A town whose membership begins and ends so many days from now."""
    town, day, by = make_municipality(), timezone.localdate(), make_coordinator()
    membership = memberships.join_network(town, kind=kind, since=day + timedelta(days=begins), by=by)
    if ends is not None:
        memberships.leave_network(membership, until=day + timedelta(days=ends), by=by)
    return town


PEOPLE = {
    "a coordinator": (lambda practice: make_coordinator(), True),
    "of its town": (lambda practice: make_staff(practice.municipality), True),
    "of a member": (lambda practice: make_staff(member()), True),
    "of an observer": (lambda practice: make_staff(member("observer")), True),
    "of a member that leaves soon": (lambda practice: make_staff(member(ends=3)), True),
    "of a town that never joined": (lambda practice: make_staff(make_municipality()), False),
    "of a town that left": (lambda practice: make_staff(member(ends=-1)), False),
    "of a town that joins next week": (lambda practice: make_staff(member(begins=7)), False),
    "of no town": (lambda practice: make_user(), False),
}


@pytest.mark.parametrize(("make", "sees"), PEOPLE.values(), ids=PEOPLE.keys())
def test_who_reads_the_name_of_the_contact(client, practice, make, sees):
    client.force_login(make(practice))
    for address in (practice.get_absolute_url(), practice.public_version.get_absolute_url()):
        assert ("rita@cm-x.example" in client.get(address).content.decode()) is sees


def test_who_asked_to_belong_to_a_member_waits_for_the_answer(client, practice):
    person = make_staff(member())
    person.affiliations.update(state="asked", decided_at=None)
    client.force_login(person)
    assert "rita@cm-x.example" not in client.get(practice.get_absolute_url()).content.decode()


def test_it_costs_one_question_more_to_who_is_signed_in(client, practice, django_assert_num_queries):
    client.get(practice.get_absolute_url())
    with django_assert_num_queries(2):
        client.get(practice.get_absolute_url())
    client.force_login(make_staff(member()))
    client.get(practice.get_absolute_url())
    with django_assert_num_queries(6):  # the session, the person, whether they write here, whether they read the name
        client.get(practice.get_absolute_url())
