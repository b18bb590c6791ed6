"""What was frozen stays, whatever happens; the same data for the same day give the same files; verification tells."""

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import translation

from municipalities.models import Municipality
from network_portal.reports import exports, printing
from network_portal.reports.models import Report
from network_portal.reports.verification import differences
from network_portal.users.models import User
from tests.factories import make_coordinator, make_cycle, make_municipality
from tests.reports.cycles import CONFIRMED, END, hold, make_frozen, make_full_cycle, make_people
from webinars.models import AttendanceFact, AttendanceFile, AttendanceRecord, Cycle, Registration, SurveyAnswer, Webinar

pytestmark = pytest.mark.django_db
LANGUAGES = ["pt", "en"]


@pytest.fixture
def by():
    return make_coordinator("carla@example.org")


@pytest.fixture
def full():
    return make_full_cycle()


def sheets(content: bytes) -> dict[str, list]:
    return {sheet.title: list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(content))}


def files_of(report: Report, language: str) -> tuple:
    """CSV and PDF as bytes, XLSX as its cells."""
    return (
        exports.csv_file(report.frozen, language),
        sheets(exports.xlsx_file(report.frozen, language)),
        printing.pdf_file(report.frozen, sha256=report.content_sha256, language=language),
    )


def change_everything(cycle: Cycle) -> None:
    """Rename, delete what can be deleted, add rows."""
    Cycle.objects.filter(pk=cycle.pk).update(title="Another", funder="Nobody", target_participations=9, grant_reference="")
    Webinar.objects.filter(cycle=cycle).update(title="Renamed", attendance_closed_at=None)
    Municipality.objects.update(name="Elsewhere", district="", region="", residents=None)
    User.objects.filter(is_coordinator=False).update(name="Former participant")
    Registration.objects.update(name="Former participant")
    SurveyAnswer.objects.all().delete()
    cycle.webinars.get(number=1).recording.delete()
    webinar = cycle.webinars.get(number=2)
    for rows in (webinar.attendance, webinar.attendance_files, webinar.registrations):
        rows.all().delete()
    for rows in (webinar.attendance_facts, webinar.person_facts, webinar.gender_facts):
        rows.all().delete()
    AttendanceRecord.objects.filter(webinar__number=4).delete()
    towns = [make_municipality(name=f"New {n}") for n in range(9)]
    AttendanceFact.objects.filter(webinar__number=3).update(municipality=towns[0])
    hold(cycle, 6, date(2024, 12, 5), make_people(CONFIRMED, "newcomer"), towns, closed=True)


def test_whatever_changes_what_was_frozen_stays(by, full):
    report = make_frozen(full, by=by)
    row = Report.objects.filter(pk=report.pk).values().get()
    files = {language: files_of(report, language) for language in LANGUAGES}
    change_everything(full)
    again = Report.objects.get(pk=report.pk)
    assert Report.objects.filter(pk=report.pk).values().get() == row
    assert {language: files_of(again, language) for language in LANGUAGES} == files


def test_negative_control_a_report_frozen_afterwards_is_another(by, full):
    before = files_of(make_frozen(full, by=by), "pt")
    change_everything(full)
    after = files_of(make_frozen(full, by=by), "pt")
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, False, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_data_and_day_give_the_same_tables_at_any_moment(by, full, language):
    first = make_frozen(full, by=by)
    with time_machine.travel(first.frozen_at + timedelta(days=400)):
        second = make_frozen(full, by=by)
    assert second.number == first.number + 1
    assert exports.csv_file(first.frozen, language) == exports.csv_file(second.frozen, language)
    assert exports.xlsx_file(first.frozen, language) == exports.xlsx_file(second.frozen, language)


def test_nothing_after_the_cut_off_day_counts(by, full):
    early = make_frozen(full, by=by, cut_off=date(2024, 6, 20))
    values = {figure["code"]: figure["value"] for figure in early.frozen["figures"]}
    assert (values["webinars"], values["participations"], values["recordings"]) == (3, 150, 2)
    assert differences(early) == []


# --- verification


def run(*arguments) -> tuple[int, str]:
    """Exit code and what was printed."""
    out = io.StringIO()
    try:
        with translation.override("en"):
            call_command("verify_report", *arguments, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_unchanged_data_verify(by, full):
    report = make_frozen(full, by=by)
    code, printed = run(str(report.uuid))
    assert (code, "with differences: 0." in printed) == (0, True)


def test_names_are_no_figures(by, full):
    report = make_frozen(full, by=by)
    Municipality.objects.update(name="Elsewhere", name_folded="elsewhere")
    Webinar.objects.update(title="Renamed")
    Registration.objects.update(name="")
    AttendanceRecord.objects.update(name="", person=None)
    assert differences(report) == []


def test_what_differs_is_said_and_ends_with_1(by, full):
    report, other = make_frozen(full, by=by), make_frozen(make_cycle(starts_on=date(2023, 1, 1), ends_on=END), by=by)
    change_everything(full)
    code, printed = run("--all")
    assert code == 1
    for words in ("frozen 5, today 6", "still 250", "Reports checked: 2, with differences: 1."):
        assert words in printed
    assert run(str(other.uuid))[0] == 0
    assert len(differences(report)) > 5


def test_the_same_number_of_other_rows_is_seen(by, full):
    report = make_frozen(full, by=by)
    fact = AttendanceFact.objects.filter(webinar__number=1).order_by("pk").first()
    other = AttendanceFact.objects.filter(webinar__number=1, count=fact.count).exclude(municipality=fact.municipality).last()
    fact.municipality, other.role = other.municipality, fact.role
    fact.save(), other.save()
    assert differences(report) != []


@pytest.mark.parametrize(
    "change", [{"sha256": "0" * 64}, {"rows": 7}, {"state": "undone", "undone_at": datetime(2024, 7, 1, tzinfo=UTC)}]
)
def test_another_attendance_file_is_seen_a_new_name_of_it_is_not(by, full, change):
    report = make_frozen(full, by=by)
    AttendanceFile.objects.update(name="renamed.csv")
    assert differences(report) == []
    AttendanceFile.objects.filter(webinar__number=3).update(**change)
    with translation.override("en"):
        assert differences(report) == ["Table “Attendance files” gives other numbers today."]


def test_content_that_was_tampered_with_is_seen(by, full):
    report = make_frozen(full, by=by)
    Report.objects.filter(pk=report.pk).update(content=report.content.replace('"value":250', '"value":300'))
    code, printed = run("--all")
    assert code == 1
    assert "The content is not what was frozen" in printed


def test_a_report_that_is_not_there_is_an_error(by, full):
    with pytest.raises(CommandError):
        call_command("verify_report", "00000000-0000-4000-8000-000000000000")
