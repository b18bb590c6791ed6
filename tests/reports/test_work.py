"""Files made in the background: whole or not at all, also when the worker is killed."""

import io
import tracemalloc
from datetime import UTC, date, datetime

import openpyxl
import pytest

from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.reports import work
from network_portal.reports.tasks import WORKS, run_jobs
from tests.factories import make_coordinator, make_cycle, make_municipality, make_term, make_webinar
from tests.jobs import killing
from tests.reports.cycles import END, make_frozen, make_full_cycle
from webinars.models import AttendanceFact

WORKS_OF_REPORTS = "network_portal.reports.tasks.WORKS"


def rows_of(job: Job) -> list[tuple]:
    with job.file.open("rb") as file:
        return list(openpyxl.load_workbook(io.BytesIO(file.read())).active.values)


def on_the_disk(job: Job) -> list[str]:
    folder = work.Path(job.file.storage.location) / "jobs" / str(job.uuid)
    return sorted(path.suffix for path in folder.glob("*")) if folder.is_dir() else []


@pytest.fixture
def by():
    return make_coordinator("carla@example.org", language="en")


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-1."), ("xlsx", b"PK")])
def test_a_file_is_made_by_the_task(by, kind, begins):
    report = make_frozen(make_full_cycle(), by=by)
    job = work.queue_file(report, by=by, kind=kind, language="pt")
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.file_name) == ("done", f"report-1-praticas-2024-2024-12-31-pt.{kind}")
    with job.file.open("rb") as file:
        assert file.read(7).startswith(begins)


@pytest.mark.django_db
def test_rows_are_webinar_by_town_by_role(by):
    cycle = make_full_cycle()
    job = work.queue_rows(cycle, by=by, back_url="/")
    jobs.run_due(WORKS)
    job.refresh_from_db()
    header, *rows = rows_of(job)
    assert header[:3] == ("Webinar no.", "Webinar", "Day")
    assert (len(rows), sum(row[-1] for row in rows)) == (AttendanceFact.objects.count(), 250)
    assert rows[0][2].date() == date(2024, 3, 21)
    assert job.message == f"Rows: {len(rows)}"


@pytest.mark.django_db
def test_an_empty_cycle_has_a_table_without_rows(by):
    job = work.queue_rows(make_cycle(starts_on=date(2024, 1, 1), ends_on=END), by=by, back_url="/")
    jobs.run_due(WORKS)
    job.refresh_from_db()
    assert len(rows_of(job)) == 1


@pytest.mark.django_db
def test_many_rows_take_no_more_memory_than_few(by, tmp_path):
    webinar = make_webinar(cycle=make_cycle(), starts_at=datetime(2024, 3, 1, 10, tzinfo=UTC))
    town, role = make_municipality(), make_term("role")

    def peak(rows: int) -> int:
        AttendanceFact.objects.bulk_create(
            AttendanceFact(webinar=webinar, municipality=town, role=role, count=1) for _ in range(rows)
        )
        tracemalloc.start()
        work.write_rows(webinar.cycle, tmp_path / "rows.xlsx", lambda done, total: None)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few = peak(3_000)
    assert peak(9_000) < few * 1.5


@pytest.mark.parametrize(
    ("at", "after"),
    [
        ("network_portal.reports.work.write_rows", False),
        (killing.PROGRESS, False),
        (killing.FILE_WRITTEN, False),
        (killing.FILE_WRITTEN, True),
    ],
    ids=["before", "in the middle", "before the file", "before the row"],
)
def test_killed_anywhere_there_is_no_half_file_and_then_a_whole_one(transactional_db, by, at, after):
    cycle = make_full_cycle()
    webinar = cycle.webinars.get(number=1)
    extra = AttendanceFact.objects.filter(webinar=webinar).first()
    AttendanceFact.objects.bulk_create(
        AttendanceFact(webinar=webinar, municipality=extra.municipality, role=extra.role, count=1) for _ in range(1_500)
    )
    job = work.queue_rows(cycle, by=by, back_url="/")
    killing.kill_at(at, works=WORKS_OF_REPORTS, after=after)
    job.refresh_from_db()
    assert (job.state, bool(job.file)) == ("running", False)
    killing.let_lease_end(job)
    assert killing.run(works=WORKS_OF_REPORTS) == 1
    job.refresh_from_db()
    assert (job.state, sum(row[-1] for row in rows_of(job)[1:])) == ("done", 1_750)
    assert on_the_disk(job) == [".xlsx"]


def test_a_report_killed_while_it_is_printed_is_printed_anew(transactional_db, by):
    report = make_frozen(make_full_cycle(), by=by)
    job = work.queue_file(report, by=by, kind="pdf", language="pt")
    killing.kill_at("network_portal.reports.printing.pdf_file", works=WORKS_OF_REPORTS)
    killing.let_lease_end(job)
    assert killing.run(works=WORKS_OF_REPORTS) == 1
    job.refresh_from_db()
    assert (job.state, on_the_disk(job)) == ("done", [".pdf"])
