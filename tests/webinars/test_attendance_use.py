"""A file in use makes records and figures; undone it leaves none; twice it changes nothing."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from network_portal.audit.models import Entry
from network_portal.jobs.models import Job
from tests.factories import make_coordinator, make_registration, make_term, make_user
from tests.webinars.attending import attended, figures, make_held, uploaded, used, work, zoom
from webinars.errors import AttendanceClosed, AttendanceFileRefused
from webinars.models import AttendanceRecord, Registration, Webinar
from webinars.services import attendance, attendance_hand, cancel_registration, facts

pytestmark = pytest.mark.django_db
ANA = ("Ana Sá", "ana@cm-a.example", 0, 110)
RUI = ("Rui Luz", "rui@cm-b.example", 0, 40)


@pytest.fixture
def coordinator():
    return make_coordinator()


@pytest.fixture
def webinar():
    return make_held()


@pytest.fixture
def ana(webinar):
    return make_registration(webinar, name="Ana Sá", person=make_user("ana@cm-a.example"))


@pytest.fixture
def rui(webinar):
    return make_registration(webinar, name="Rui Luz", person=make_user("rui@cm-b.example"))


def check_in(row: Registration) -> None:
    Registration.objects.filter(pk=row.pk).update(checked_in_at=row.webinar.starts_at)
    facts.settle(row.webinar)


def test_records_figures_log_and_evidence(coordinator, webinar, ana, rui, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = used(webinar, zoom(webinar, ANA, RUI), by=coordinator)
    rows = {record.name: record for record in webinar.attendance.all()}
    assert {name: (r.minutes, r.attended, r.source, r.file) for name, r in rows.items()} == {
        "Ana Sá": (110, True, "file", file),
        "Rui Luz": (40, False, "file", file),  # of two hours: less than half
    }
    assert (rows["Ana Sá"].municipality, rows["Ana Sá"].role, rows["Ana Sá"].created_by) == (
        ana.municipality, ana.role, coordinator,
    )  # fmt: skip
    assert [(fact.municipality, fact.count) for fact in webinar.attendance_facts.all()] == [(ana.municipality, 1)]
    assert webinar.person_facts.count() == 1
    entry = Entry.objects.get(action="attendance.file_used")
    assert (entry.by, entry.detail["sha256"], entry.detail["records"]) == (coordinator, file.sha256, 2)
    assert (bool(file.content), default_storage.exists(f"attendance/{file.uuid}")) == (False, False)
    assert (len(file.sha256), file.name, file.rows) == (64, "file.csv", 2)


def test_used_twice_is_used_once(coordinator, webinar, ana):
    file = used(webinar, zoom(webinar, ANA), by=coordinator)
    before, entries = figures(), Entry.objects.count()
    Job.objects.filter(kind="webinars.attendance_apply").update(state="queued", finished_at=None)
    work()
    assert Job.objects.filter(state="done").count() == 2
    assert (figures(), Entry.objects.count()) == (before, entries)
    with pytest.raises(AttendanceFileRefused):
        attendance.ask_to_apply(file, by=coordinator)


def test_two_presses_make_one_job(coordinator, webinar, ana):
    file = uploaded(webinar, zoom(webinar, ANA), by=coordinator)
    jobs = {attendance.ask_to_apply(file, by=coordinator).pk for _press in range(2)}
    assert len(jobs) == 1


def test_the_file_counts_more_than_a_check_in(coordinator, webinar, ana, rui):
    for row in (ana, rui):
        check_in(row)
    absent = make_registration(webinar, name="Só Check-in")
    check_in(absent)
    assert attended(webinar) == {"Ana Sá": None, "Rui Luz": None, "Só Check-in": None}
    uuids = dict(webinar.attendance.values_list("name", "uuid"))
    used(webinar, zoom(webinar, ANA, RUI), by=coordinator)
    assert attended(webinar) == {"Ana Sá": 110}
    assert dict(webinar.attendance.values_list("name", "uuid")) == uuids  # the same rows: certificates name them
    assert set(webinar.attendance.values_list("name", "source")) == {
        ("Ana Sá", "file"), ("Rui Luz", "file"), ("Só Check-in", "check_in"),
    }  # fmt: skip


def test_undone_is_as_before(coordinator, webinar, ana, rui):
    check_in(ana)
    before = [[{**row, "id": 0, "uuid": 0, "created_at": 0} for row in rows] for rows in figures()]
    file = used(webinar, zoom(webinar, ANA, RUI), by=coordinator)
    attendance.undo(file, by=coordinator)
    assert [[{**row, "id": 0, "uuid": 0, "created_at": 0} for row in rows] for rows in figures()] == before
    file.refresh_from_db()
    assert (file.state, file.lines.count()) == ("undone", 0)
    with pytest.raises(AttendanceFileRefused):
        attendance.undo(file, by=coordinator)
    again = used(webinar, zoom(webinar, ANA, RUI), by=coordinator)  # the same file can be used anew
    assert (again.pk != file.pk, attended(webinar)) == (True, {"Ana Sá": 110})


def test_of_two_files_the_longest_stay_counts_and_comes_back(coordinator, webinar, ana):
    first = used(webinar, zoom(webinar, ("Ana Sá", "ana@cm-a.example", 0, 70)), by=coordinator)
    second = used(webinar, zoom(webinar, ("Ana Sá", "ana@cm-a.example", 10, 110)), by=coordinator)
    assert attended(webinar) == {"Ana Sá": 100}  # not 170: two rooms may overlap
    assert webinar.attendance.get().file == second
    attendance.undo(second, by=coordinator)
    assert attended(webinar) == {"Ana Sá": 70}
    assert webinar.attendance.get().file == first


def test_of_a_meeting_that_was_started_anew_both_halves_count(coordinator, webinar, ana):
    used(webinar, zoom(webinar, ("Ana Sá", "ana@cm-a.example", 0, 40)), by=coordinator)
    second = used(webinar, zoom(webinar, ("Ana Sá", "ana@cm-a.example", 40, 80)), by=coordinator)
    third = used(webinar, zoom(webinar, ("Ana Sá", "ana@cm-a.example", 70, 100)), by=coordinator)
    assert attended(webinar) == {"Ana Sá": 80}  # 40, and of 40 and 30 at the same time the longer
    attendance.undo(second, by=coordinator)
    assert attended(webinar) == {"Ana Sá": 70}
    attendance.undo(third, by=coordinator)
    assert webinar.attendance.get().minutes == 40


def test_two_lines_of_one_person_are_one_record(coordinator, webinar, ana):
    file = uploaded(webinar, zoom(webinar, ANA, ("iPad", "", 0, 30)), by=coordinator)
    attendance.take_line(file.lines.get(name="iPad"), registration=ana, by=coordinator)
    attendance.ask_to_apply(file, by=coordinator)
    work()
    assert attended(webinar) == {"Ana Sá": 110}
    assert webinar.attendance.get().sessions == 2


def test_by_hand_stays_whatever_a_file_says(coordinator, webinar, rui):
    attendance_hand.note_presence(rui, reason="Seen all the time", by=coordinator)
    used(webinar, zoom(webinar, RUI), by=coordinator)
    record = webinar.attendance.get()
    assert (record.source, record.reason, record.attended) == ("by_hand", "Seen all the time", True)


def test_by_hand_keeps_no_minutes_of_a_file_that_is_undone(coordinator, webinar, ana):
    file = used(webinar, zoom(webinar, ("Ana Sá", "ana@cm-a.example", 0, 40)), by=coordinator)
    attendance_hand.note_presence(ana, reason="Seen all the time", by=coordinator)
    assert webinar.attendance.get().minutes == 40
    attendance.undo(file, by=coordinator)
    record = webinar.attendance.get()
    assert (record.attended, record.minutes, record.first_join_at, record.sessions) == (True, None, None, 0)


def test_somebody_added_in_two_files_is_one_person(coordinator, webinar):
    for length in (30, 110):
        file = uploaded(webinar, zoom(webinar, ("Eva Luz", "", 0, length)), by=coordinator)
        about = {"role": make_term("role"), "reason": "Seen", "organisation": "Associação"}
        attendance.add_line(file.lines.get(), name="Eva Luz", by=coordinator, **about)
        attendance.ask_to_apply(file, by=coordinator)
        work()
    assert attended(webinar) == {"Eva Luz": 110}
    assert webinar.attendance.count() == 1


# --- afterwards


def test_who_is_removed_was_not_there(coordinator, webinar, ana):
    used(webinar, zoom(webinar, ANA), by=coordinator)
    cancel_registration(ana, by=coordinator)
    assert (webinar.attendance.count(), webinar.attendance_facts.count(), webinar.person_facts.count()) == (0, 0, 0)


def test_who_checked_in_and_is_removed_was_not_there(coordinator, webinar, ana):
    check_in(ana)
    cancel_registration(ana, by=coordinator)
    assert (webinar.attendance.count(), webinar.attendance_facts.count()) == (0, 0)


def test_nobody_is_removed_from_sealed_figures(coordinator, webinar, ana):
    used(webinar, zoom(webinar, ANA), by=coordinator)
    Webinar.objects.filter(pk=webinar.pk).update(attendance_closed_at=timezone.now())
    with pytest.raises(AttendanceClosed):
        cancel_registration(ana, by=coordinator)
    ana.refresh_from_db()
    assert (ana.status, webinar.attendance.count()) == ("confirmed", 1)


def test_an_anonymised_record_outlives_another_file(coordinator, webinar, ana):
    used(webinar, zoom(webinar, ANA), by=coordinator)
    webinar.attendance.update(pseudonym="ab" * 32, name="", person=None)
    webinar.attendance_files.get().lines.all().delete()
    used(webinar, zoom(webinar, ("iPad", "", 0, 30)), by=coordinator)
    assert AttendanceRecord.objects.get().attended


def test_people_without_a_time_are_said_and_do_not_count(coordinator, webinar, ana):
    content = b"Quem;Contacto;Entrou;Saiu\r\n" + f"Ana;ana@cm-a.example;{webinar.starts_local:%Y-%m-%d %H:%M};\r\n".encode()
    file = uploaded(webinar, content, by=coordinator)
    mapping = {"name": "Quem", "email": "Contacto", "join": "Entrou", "leave": "Saiu"}
    attendance.answer_columns(file, mapping=mapping, by=coordinator)
    work()
    file.refresh_from_db()
    assert (file.state, file.lines.get().minutes) == ("ready", 0)
    assert any("does not say how long" in note or "não diz" in note for note in file.notes)


def test_a_check_in_during_the_webinar_counts_without_a_file(coordinator, webinar, ana):
    now = timezone.now()
    Webinar.objects.filter(pk=webinar.pk).update(starts_at=now - timedelta(minutes=9), ends_at=now + timedelta(hours=1))
    check_in(Registration.objects.select_related("webinar__cycle").get(pk=ana.pk))
    assert attended(webinar) == {"Ana Sá": None}


def test_settling_costs_the_same_for_any_number(webinar, django_assert_max_num_queries):
    for n in range(12):
        check_in(make_registration(webinar, name=f"P {n}", person=make_user(f"p{n}@cm-a.example")))
    with django_assert_max_num_queries(9):
        facts.settle(webinar)
