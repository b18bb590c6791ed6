"""Attendance by hand: always with a reason, nobody twice, and it can be taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from network_portal.audit.models import Entry
from network_portal.users.models import User
from tests.factories import (
    make_coordinator,
    make_municipality,
    make_record,
    make_registration,
    make_term,
    make_user,
    make_webinar,
)
from tests.webinars.attending import attended, make_held, used, zoom
from tests.webinars.registering import text_of
from webinars.errors import AlreadyCounted, AttendanceNotBegun
from webinars.models import Cycle
from webinars.services import attendance_hand

pytestmark = pytest.mark.django_db
PAGE = "/en/webinars/manage/care/attendance/"
REASON = "She spoke twice"


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator("coordination@network.example", language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def webinar():
    return make_held(slug="care")


@pytest.fixture
def odemira():
    return make_municipality(name="Odemira")


@pytest.fixture
def typed(odemira):
    return {"name": "Eva Luz", "municipality": "Odemira", "role": make_term("role").pk, "reason": REASON}


def presence(row) -> str:
    return f"/en/webinars/manage/attendance/people/{row.uuid}/"


def test_a_registered_person_was_there(client, coordinator, webinar):
    row = make_registration(webinar, name="Rui Sá")
    assert "Enter the reason" in text_of(client.post(presence(row), {"reason": " \u200b "}))
    assert not webinar.attendance.exists()
    assert "Rui Sá" in text_of(client.get(PAGE + "?show=absent"))
    client.post(presence(row), {"reason": REASON})
    record = webinar.attendance.get()
    assert (record.source, record.reason, record.attended, record.created_by) == ("by_hand", REASON, True, coordinator)
    assert Entry.objects.get(action="attendance.by_hand").detail["reason"] == REASON
    page = text_of(client.get(PAGE))
    assert all(words in page for words in ("Rui Sá", REASON, "By hand"))
    client.post(presence(row), {"reason": "Again"})
    assert webinar.attendance.get().reason == REASON  # twice is once


def test_who_stayed_too_short_is_counted_by_hand_and_back(client, coordinator, webinar):
    row = make_registration(webinar, name="Rui Sá", person=make_user("rui@cm-a.example"))
    used(webinar, zoom(webinar, ("Rui Sá", "rui@cm-a.example", 0, 20)), by=coordinator)
    assert "less than 60 minutes" in text_of(client.get(PAGE + "?show=short"))
    client.post(presence(row), {"reason": REASON})
    assert attended(webinar) == {"Rui Sá": 20}
    client.post(f"/en/webinars/manage/attendance/records/{webinar.attendance.get().uuid}/remove/")
    record = webinar.attendance.get()
    assert (record.source, record.minutes, record.attended) == ("file", 20, False)


def test_somebody_without_registration(client, coordinator, webinar, typed, odemira):
    client.post(PAGE + "add/", typed)
    record = webinar.attendance.get()
    assert (record.name, record.municipality, record.person, record.registration) == ("Eva Luz", odemira, None, None)
    client.post(PAGE + "add/", typed | {"name": "Ida Reis", "email": "ida@cm-o.example"})
    assert webinar.attendance.get(name="Ida Reis").person == User.objects.get(email="ida@cm-o.example")
    assert webinar.attendance_facts.get().count == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": ""}, "Enter the reason"),
        ({"reason": "x" * 301}, "Reason must be 300 characters or fewer"),
        ({"name": ""}, "Enter the person’s name"),
        ({"email": "a@b"}, "Enter an e-mail address in the correct format"),
        ({"municipality": "Odmira"}, "Did you mean Odemira?"),
        ({"municipality": ""}, "Choose the municipality, or say that the person is not from one"),
        ({"role": ""}, "Choose the role"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_added(client, coordinator, webinar, typed, wrong, words):
    page = text_of(client.post(PAGE + "add/", typed | wrong))
    assert "<title>Error: " in page
    assert words in page
    assert not webinar.attendance.exists()


def test_nobody_is_added_twice(client, coordinator, webinar, typed, odemira):
    client.post(PAGE + "add/", typed)
    assert "Eva Luz is among those who attended already." in text_of(client.post(PAGE + "add/", typed | {"name": "eva  LUZ"}))
    registered = make_registration(webinar, name="Rui Sá", person=make_user("rui@cm-o.example"), municipality=odemira)
    answer = text_of(client.post(PAGE + "add/", typed | {"name": "R. Sá", "email": "RUI@cm-o.example"}))
    assert "Rui Sá is registered with this address." in answer
    answer = text_of(client.post(PAGE + "add/", typed | {"name": "rui sa"}))
    assert "Rui Sá, Odemira, is registered." in answer
    assert webinar.attendance.count() == 1
    client.post(PAGE + "add/", typed | {"name": "Rui Sá", "email": "other@cm-o.example"})  # somebody else of that name
    assert registered.attendance.count() == 0
    assert webinar.attendance.count() == 2


def test_several_before_one_screen(client, coordinator, webinar, odemira):
    typed = {"names": "Eva Um\r\n\r\n  Eva  Dois \n", "municipality": "Odemira", "role": make_term("role").pk, "reason": REASON}
    client.post(PAGE + "together/", typed)
    rows = webinar.attendance.order_by("name")
    assert [(row.name, row.source, row.attended, row.municipality) for row in rows] == [
        ("Eva Dois", "together", True, odemira), ("Eva Um", "together", True, odemira),
    ]  # fmt: skip
    assert webinar.attendance_facts.get().count == 2
    assert webinar.person_facts.count() == 2


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", "Enter the names, one per line"),
        ("Eva Um\nEVA UM", "More than once in the list: Eva Um, EVA UM."),
        ("Ana Sá\nRui", "Already in the attendance, from Odemira: Ana Sá."),
        ("Rui\nluis  costa", "Registered, from Odemira: luis costa."),
        ("x" * 201, "is longer than 200 characters: enter one name per line"),
        ("\n".join(f"N {n}" for n in range(201)), "Enter at most 200 names at a time"),
    ],
)
def test_several_are_added_all_or_none(client, coordinator, webinar, odemira, names, words):
    make_record(webinar, registration=make_registration(webinar, name="Ana Sá", municipality=odemira))
    make_registration(webinar, name="Luís Costa", municipality=odemira)
    typed = {"names": names, "municipality": "Odemira", "role": make_term("role").pk, "reason": REASON}
    page = text_of(client.post(PAGE + "together/", typed))
    assert "<title>Error: " in page
    assert words in page
    assert webinar.attendance.count() == 1


def test_who_was_added_was_not_there(client, coordinator, webinar, typed):
    client.post(PAGE + "add/", typed)
    record = webinar.attendance.get()
    page = f"/en/webinars/manage/attendance/records/{record.uuid}/remove/"
    assert REASON in text_of(client.get(page))
    client.post(page)
    assert (webinar.attendance.count(), webinar.attendance_facts.count(), webinar.person_facts.count()) == (0, 0, 0)
    assert client.post(page).status_code == 404


def test_only_what_was_added_by_hand_is_taken_out(coordinator, webinar):
    make_registration(webinar, person=make_user("rui@cm-a.example"))
    used(webinar, zoom(webinar, ("Rui Sá", "rui@cm-a.example", 0, 110)), by=coordinator)
    with pytest.raises(AlreadyCounted):
        attendance_hand.take_out(webinar.attendance.get(), by=coordinator)
    assert webinar.attendance.count() == 1


def test_not_before_it_has_begun(coordinator):
    row = make_registration(make_webinar())
    with pytest.raises(AttendanceNotBegun):
        attendance_hand.note_presence(row, reason=REASON, by=coordinator)


def test_when_the_names_of_a_cycle_are_gone_nobody_is_added_and_attendance_can_be_closed(client, coordinator, webinar, typed):
    """Without its key nobody can be counted once over the cycle any more (docs/adr/0006)."""
    Cycle.objects.filter(pk=webinar.cycle_id).update(pseudonym_key="")
    page = text_of(client.get(PAGE))
    assert "The names of this cycle were removed when their time was over." in page
    assert "Add somebody by hand" not in page
    assert "nobody can be added any more" in text_of(client.post(PAGE + "add/", typed))
    file = SimpleUploadedFile("report.csv", zoom(webinar, ("Eva Luz", "eva@cm-a.example", 0, 110)))
    assert "nobody can be added any more" in text_of(client.post(PAGE, {"file": file}))
    assert not webinar.attendance.exists()
    assert not webinar.attendance_files.exists()
    client.post(PAGE + "close/", {})
    webinar.refresh_from_db()
    assert webinar.attendance_closed_at is not None
