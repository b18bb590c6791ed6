"""Certificates asked for, corrected and revoked at the same moment, on both databases, with real threads."""

import pytest

from tests.concurrency.threads import at_once
from tests.factories import make_coordinator, make_user
from tests.webinars.certifying import attended, cycle_with, fresh, held, issued
from webinars.errors import CertificateEnded
from webinars.models import Certificate
from webinars.services import certificates

pytestmark = pytest.mark.django_db(transaction=True)


def test_asked_for_ten_times_at_once_there_is_one():
    rita = make_user()
    record = attended(held(), rita)
    results, errors = at_once(lambda _n: certificates.issue(record, by=rita).code, range(10), in_flight=10)
    assert (errors, len(set(results)), Certificate.objects.count()) == ([], 1, 1)


def test_of_a_cycle_too():
    rita = make_user()
    cycle, _records = cycle_with(2, rita)
    deed = lambda _n: certificates.issue_for_cycle(cycle, person=rita).code  # noqa: E731
    results, errors = at_once(deed, range(10), in_flight=10)
    assert (errors, len(set(results)), Certificate.objects.count()) == ([], 1, 1)


def test_of_two_corrections_at_once_one_stands_and_the_other_is_told():
    coordinator = make_coordinator()
    row = issued(held(), make_user())
    deed = lambda name: certificates.correct_name(row, name=name, by=coordinator).name  # noqa: E731
    results, errors = at_once(deed, ["Ana Luz", "Ana Sol"], in_flight=2)
    assert (len(results), len(errors)) == (1, 1)
    assert CertificateEnded.__name__ in errors[0]
    assert Certificate.objects.valid().get().name == results[0]
    assert fresh(row).replaced_by.name == results[0]


def test_corrected_and_revoked_at_once_it_is_one_of_both():
    coordinator = make_coordinator()
    row = issued(held(), make_user())
    deeds = [
        lambda: certificates.correct_name(row, name="Ana Luz", by=coordinator).state,
        lambda: certificates.revoke(row, reason="Engano", by=coordinator).state,
    ]
    results, errors = at_once(lambda deed: deed(), deeds, in_flight=2)
    assert (len(results), len(errors)) == (1, 1)
    assert fresh(row).state == ("corrected" if results == ["valid"] else "revoked")
