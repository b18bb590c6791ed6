"""The certificate of a cycle: hours added, renewed when there are more, ended when they are lost."""

import pytest

from tests.factories import make_coordinator, make_cycle, make_user
from tests.webinars.certifying import attended, cycle_with, fresh, held
from webinars.errors import CertificateEnded, NotEntitled
from webinars.models import AttendanceRecord, Certificate, Webinar
from webinars.services import certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita():
    return make_user(name="Rita Quaresma")


def test_hours_are_added_and_webinars_listed_in_their_order(rita):
    cycle, records = cycle_with(3, rita, title="Ciclo 2024")
    attended(held(cycle=cycle, closed=False, days=300), rita)
    attended(held(cycle=cycle, days=301), rita, attended=False)
    attended(held(days=302), rita)  # of another cycle
    row = certificates.issue_for_cycle(cycle, person=rita)
    assert (row.title, row.webinars, row.minutes, row.name) == ("Ciclo 2024", 3, 540, "Rita Quaresma")
    assert [each["webinar"] for each in row.listed] == [record.webinar_id for record in records]
    assert (row.held_on.isoformat(), row.listed[0]["held_on"]) == ("2024-07-15", "2024-05-16")
    assert certificates.issue_for_cycle(cycle, person=rita) == row


def test_one_more_webinar_gives_a_new_one_with_the_same_name(rita):
    cycle, _records = cycle_with(1, rita)
    first = certificates.issue_for_cycle(cycle, person=rita)
    first = certificates.correct_name(first, name="Rita M. Quaresma", by=rita)
    attended(held(cycle=cycle, days=60), rita)
    second = certificates.issue_for_cycle(cycle, person=rita)
    assert (second.webinars, second.name, fresh(first).replaced_by) == (2, "Rita M. Quaresma", second)


def test_renewals_are_not_corrections(rita):
    cycle, _records = cycle_with(1, rita)
    for n in range(4):
        certificates.issue_for_cycle(cycle, person=rita)
        attended(held(cycle=cycle, days=60 + n), rita)
    row = certificates.issue_for_cycle(cycle, person=rita)
    assert row.webinars == 5
    assert certificates.correct_name(row, name="Rita", by=rita).name == "Rita"


def test_a_renamed_webinar_renews_nothing(rita):
    cycle, records = cycle_with(1, rita)
    row = certificates.issue_for_cycle(cycle, person=rita)
    Webinar.objects.filter(pk=records[0].webinar_id).update(title="Outro título")
    assert certificates.issue_for_cycle(cycle, person=rita) == row


def test_while_attendance_is_reopened_the_certificate_stays(rita):
    cycle, records = cycle_with(2, rita)
    row = certificates.issue_for_cycle(cycle, person=rita)
    Webinar.objects.filter(pk=records[0].webinar_id).update(attendance_closed_at=None)
    assert certificates.issue_for_cycle(cycle, person=rita) == row
    attended(held(cycle=cycle, days=90), rita)
    assert certificates.issue_for_cycle(cycle, person=rita).webinars == 3


def test_the_name_is_that_of_the_last_certificate_then_of_the_last_record(rita):
    cycle, records = cycle_with(2, rita)
    AttendanceRecord.objects.filter(pk=records[1].pk).update(name="Rita do Fim")
    assert certificates.name_in(cycle, rita) == "Rita do Fim"
    one = certificates.issue(records[0], by=rita)
    certificates.correct_name(one, name="Rita Corrigida", by=rita)
    assert certificates.issue_for_cycle(cycle, person=rita).name == "Rita Corrigida"


def test_nothing_attended_gives_none(rita):
    with pytest.raises(NotEntitled):
        certificates.issue_for_cycle(make_cycle(), person=rita)


def test_a_webinar_lost_shortens_it_and_the_last_one_lost_ends_it(rita):
    coordinator = make_coordinator()
    cycle, records = cycle_with(2, rita)
    other = make_user()
    attended(records[0].webinar, other)
    theirs = certificates.issue_for_cycle(cycle, person=other)
    row = certificates.issue_for_cycle(cycle, person=rita)

    AttendanceRecord.objects.filter(pk=records[0].pk).update(attended=False)
    assert certificates.revoke_lost(records[0].webinar, by=coordinator) == 1
    shorter = fresh(row).replaced_by
    assert (fresh(row).state, shorter.state, shorter.webinars, shorter.minutes) == ("corrected", "valid", 1, 180)

    AttendanceRecord.objects.filter(pk=records[1].pk).update(attended=False)
    assert certificates.revoke_lost(records[1].webinar, by=coordinator) == 1
    assert (fresh(shorter).state, fresh(shorter).reason) == ("revoked", certificates.LOST)
    assert fresh(theirs).state == "valid"

    AttendanceRecord.objects.filter(pk=records[1].pk).update(attended=True)
    assert certificates.issue_for_cycle(cycle, person=rita).state == "valid"


def test_revoked_by_a_person_it_is_not_made_anew_by_asking(rita):
    cycle, _records = cycle_with(1, rita)
    certificates.revoke(certificates.issue_for_cycle(cycle, person=rita), reason="Engano", by=make_coordinator())
    with pytest.raises(CertificateEnded):
        certificates.issue_for_cycle(cycle, person=rita)
    assert Certificate.objects.count() == 1
