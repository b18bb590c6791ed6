"""Certificates as rows: made once, corrected by another, revoked, and following what attendance says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network_portal.audit.models import Entry
from tests.factories import make_coordinator, make_cycle, make_user, make_webinar
from tests.webinars.certifying import attended, fresh, held, issued
from webinars import certificates as facts
from webinars.errors import CertificateEnded, NotEntitled, TooManyCorrections
from webinars.models import AttendanceRecord, Certificate
from webinars.services import certificates
from webinars.services.attendance import close, reopen

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita():
    return make_user(name="Rita Quaresma")


@pytest.fixture
def coordinator():
    return make_coordinator()


def test_asked_for_twice_it_is_one_row_with_the_facts_of_the_day(rita):
    webinar = held(title="Saúde")
    record = attended(webinar, rita)
    first = certificates.issue(record, by=rita)
    webinar.title = "Outro"
    webinar.save()
    assert certificates.issue(record, by=rita) == first
    row = fresh(first)
    assert (row.name, row.title, row.held_on.isoformat(), row.minutes) == ("Rita Quaresma", "Saúde", "2024-05-16", 180)
    assert (row.language, row.state, row.person, row.cycle) == ("pt", "valid", rita, webinar.cycle)
    assert set(row.code) <= set(facts.ALPHABET)
    assert row.shown_code == f"{row.code[:4]}-{row.code[4:]}"


def test_the_day_is_that_of_the_place_of_the_webinar(rita):
    webinar = make_webinar(
        starts_at=timezone.now().replace(month=1, day=9, hour=0, minute=30) - timedelta(days=365),
        time_zone="Atlantic/Azores",
        attendance_closed_at=timezone.now(),
    )
    assert issued(webinar, rita).held_on.day == 8


def test_who_did_not_attend_gets_none_and_nobody_before_attendance_is_closed(rita):
    for record in (attended(held(), rita, attended=False), attended(held(closed=False), rita)):
        with pytest.raises(NotEntitled):
            certificates.issue(record, by=rita)
    nameless = attended(held(), make_user(name=""), name="")
    with pytest.raises(NotEntitled):
        certificates.issue(nameless, by=rita)
    assert not Certificate.objects.exists()


def test_a_person_without_an_account_has_one_too(coordinator):
    record = attended(held(cycle=make_cycle(language="en")), make_user())
    AttendanceRecord.objects.filter(pk=record.pk).update(person=None, registration=None, name="Ana Luz")
    row = certificates.issue(record, by=coordinator)
    assert (row.name, row.person, row.language) == ("Ana Luz", None, "en")


def test_a_code_that_is_taken_is_not_given_again(rita, monkeypatch):
    old = issued(held(), rita)
    codes = iter([old.code, old.code, "ABCD2345"])
    monkeypatch.setattr(certificates, "new_code", lambda: next(codes))
    assert issued(held(), rita).code == "ABCD2345"


def test_a_correction_leaves_the_old_one_pointing_to_the_new(rita):
    old = issued(held(), rita)
    rita.language = "en"
    rita.save()
    new = certificates.correct_name(old, name="Rita M. Quaresma", by=rita)
    old = fresh(old)
    assert (old.state, old.replaced_by, old.name) == ("corrected", new, "Rita Quaresma")
    assert old.ended_at is not None
    assert (new.state, new.name, new.record, new.person, new.language) == ("valid", "Rita M. Quaresma", old.record, rita, "en")
    assert new.code != old.code
    assert (new.title, new.minutes, new.held_on) == (old.title, old.minutes, old.held_on)
    assert certificates.issue(old.record, by=rita) == new
    entry = Entry.objects.get(action="certificate.corrected")
    assert (entry.by, entry.detail) == (rita, {"replaces": old.pk})  # no name stays in the log


def test_the_same_name_corrects_nothing(rita):
    row = issued(held(), rita)
    assert certificates.correct_name(row, name=row.name, by=rita) == row
    assert Certificate.objects.count() == 1


def test_what_has_ended_is_not_corrected_or_revoked(rita, coordinator):
    old = issued(held(), rita)
    certificates.correct_name(old, name="Outra", by=rita)
    revoked = certificates.revoke(issued(held(), rita), reason="Engano", by=coordinator)
    for row in (old, revoked):
        with pytest.raises(CertificateEnded):
            certificates.correct_name(row, name="Mais Uma", by=rita)
        with pytest.raises(CertificateEnded):
            certificates.revoke(row, reason="Outra vez", by=coordinator)


def test_a_person_corrects_three_times_then_asks_a_coordinator(rita, coordinator):
    row = issued(held(), rita)
    for name in ("A", "B", "C"):
        row = certificates.correct_name(row, name=name, by=rita)
    with pytest.raises(TooManyCorrections):
        certificates.correct_name(row, name="D", by=rita)
    assert certificates.correct_name(row, name="D", by=coordinator).name == "D"


def test_another_certificate_of_the_person_has_corrections_of_its_own(rita):
    one, two = issued(held(), rita), issued(held(), rita)
    for name in ("A", "B", "C"):
        one = certificates.correct_name(one, name=name, by=rita)
    assert certificates.correct_name(two, name="D", by=rita).name == "D"


def test_revoked_it_is_not_made_anew_by_asking_but_by_a_coordinator(rita, coordinator):
    row = issued(held(), rita)
    certificates.revoke(row, reason="Pedido por outra pessoa", by=coordinator)
    with pytest.raises(CertificateEnded):
        certificates.issue(row.record, by=rita)
    again = certificates.issue(row.record, by=coordinator, again=True)
    assert (again.state, again.code != row.code, fresh(row).state) == ("valid", True, "revoked")
    assert Entry.objects.get(action="certificate.revoked").by == coordinator


def test_attendance_closed_anew_ends_what_is_no_longer_earned(rita, coordinator):
    webinar = held()
    other = make_user()
    lost, kept = attended(webinar, rita, source="file", minutes=170), attended(webinar, other, source="file", minutes=170)
    rows = {record: certificates.issue(record, by=coordinator) for record in (lost, kept)}
    webinar = reopen(webinar, by=coordinator, reason="O ficheiro era de outra reunião.")
    AttendanceRecord.objects.filter(pk=lost.pk).update(minutes=10)
    assert fresh(rows[lost]).state == "valid"  # until it is closed
    close(webinar, by=coordinator, tells=False)
    assert (fresh(rows[lost]).state, fresh(rows[lost]).reason) == ("revoked", certificates.LOST)
    assert fresh(rows[kept]).state == "valid"
    assert Entry.objects.get(action="certificates.revoked").detail == {"count": 1}

    reopen(webinar, by=coordinator, reason="Faltavam minutos.")
    AttendanceRecord.objects.filter(pk=lost.pk).update(minutes=170)
    close(webinar, by=coordinator, tells=False)
    assert certificates.issue(lost, by=rita).state == "valid"  # earned again, it is another one


def test_closing_anew_without_a_change_ends_nothing(rita, coordinator):
    webinar = held()
    row = issued(webinar, rita)
    assert certificates.revoke_lost(webinar, by=coordinator) == 0
    assert fresh(row).state == "valid"
    assert not Entry.objects.filter(action="certificates.revoked").exists()


def test_records_made_anew_keep_their_certificates(rita, coordinator):
    webinar = held()
    row = issued(webinar, rita)
    AttendanceRecord.objects.all().delete()
    record = attended_again(webinar, rita)
    assert certificates.revoke_lost(webinar, by=coordinator) == 0
    assert (fresh(row).record, certificates.issue(record, by=rita)) == (record, row)
    record.delete()
    assert certificates.revoke_lost(webinar, by=coordinator) == 1


def attended_again(webinar, person) -> AttendanceRecord:
    registration = webinar.registrations.get(person=person)
    return AttendanceRecord.objects.create(
        webinar=webinar, registration=registration, person=person, name=registration.name,
        municipality=registration.municipality, role=registration.role, source="check_in", attended=True,
    )  # fmt: skip
