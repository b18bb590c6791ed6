"""Measure the long work on PostgreSQL: an attendance file of 20,000 rows, certificates, a report's files, 100,000 rows.

Run from the project's root, on a database of its own that is filled anew:
``DATABASE_URL=postgres://…/bench_work python -m bench.long_work``. Each work is done by a process of its own, so that its
memory can be told. Results go to ``bench/results/`` as JSON lines.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from bench import report as results
from bench import servers
from bench.dashboard import prepare
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.reports import building, exports, printing
from network_portal.reports import services as reports
from network_portal.reports import work as report_work
from network_portal.reports.content import canonical, digest
from network_portal.reports.models import Report
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from webinars.certificates import document, logos_of
from webinars.models import (
    AttendanceFact,
    AttendanceFile,
    AttendanceRecord,
    Certificate,
    Cycle,
    PersonFact,
    Registration,
    Webinar,
)
from webinars.services import attendance, certificates
from webinars.tasks import WORKS

LINES, REGISTERED, CERTIFICATES, FACTS = 20_000, 19_000, 50, 100_000
HEADER = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room"


def coordinator() -> User:
    return User.objects.get_or_create(email="c@bench.example", defaults={"name": "C", "is_coordinator": True})[0]


def held_webinar(slug: str, people: int) -> Webinar:
    """A webinar of yesterday in which the first ``people`` of the bench have a place (more than pages let in), made anew."""
    cycle, _ = Cycle.objects.get_or_create(
        slug="bench-work",
        defaults={"title": "Bench", "starts_on": date(2024, 1, 1), "ends_on": timezone.localdate(), "is_published": True},
    )
    forget(slug)
    start = timezone.now() - timedelta(days=1)
    number = 1 + (cycle.webinars.aggregate(last=Max("number"))["last"] or 0)
    webinar = Webinar.objects.create(
        cycle=cycle, number=number, title="Bench", slug=slug, theme=Term.objects.of("theme").first(),
        state="published", starts_at=start, ends_at=start + timedelta(hours=2),
    )  # fmt: skip
    users = User.objects.filter(email__endswith="@bench.example", name__startswith="P ")
    place = {"status": "confirmed", "confirmed_at": start, "organisation": "B", "role": Term.objects.of("role").first()}
    Registration.objects.bulk_create(
        Registration(webinar=webinar, person=user, name=user.name, **place) for user in users.order_by("pk")[:people]
    )
    return webinar


def forget(slug: str) -> None:
    rows = {"webinar__slug": slug}
    for model in (Certificate, AttendanceRecord, AttendanceFile, AttendanceFact, PersonFact, Registration):
        model.objects.filter(**rows).delete()
    Webinar.objects.filter(slug=slug).delete()


def zoom_file(webinar: Webinar) -> bytes:
    """``LINES`` rows: everybody registered once, the rest guests without an address."""
    join, leave = webinar.starts_local, webinar.ends_local
    times = f"{join:%m/%d/%Y %I:%M:%S %p},{leave:%m/%d/%Y %I:%M:%S %p},120,Yes,No"
    registered = webinar.registrations.order_by("pk").values_list("name", "person__email")
    guests = [(f"Guest {n}", "") for n in range(LINES - REGISTERED)]
    return "\r\n".join([HEADER, *(f"{name},{email},{times}" for name, email in [*registered, *guests])]).encode("utf-8-sig")


# --- what each process does: the figures are printed by ``main``


def read_attendance() -> dict:
    webinar, by = held_webinar("bench-attendance", REGISTERED), coordinator()
    file = attendance.upload(webinar, by=by, name="bench.csv", content=zoom_file(webinar))
    return {"file": str(file.uuid)}


def use_attendance() -> dict:
    file = AttendanceFile.objects.get(webinar__slug="bench-attendance")
    attendance.ask_to_apply(file, by=coordinator(), others_are_left_out=True)
    return {}


def certificates_one_by_one() -> dict:
    """Milliseconds each, from the fact that somebody attended to the bytes of the PDF."""
    webinar = held_webinar("bench-certificates", CERTIFICATES)
    role = Term.objects.of("role").first()
    records = AttendanceRecord.objects.bulk_create(
        AttendanceRecord(webinar=webinar, registration=row, person_id=row.person_id, name=row.name, organisation="B", role=role,
                         source="check_in", attended=True)
        for row in webinar.registrations.all()
    )  # fmt: skip
    Webinar.objects.filter(pk=webinar.pk).update(attendance_closed_at=timezone.now())
    taken = []
    for record in records:
        begun = time.perf_counter()
        certificate = certificates.issue(record, by=None)
        document(certificate, logos_of(webinar.cycle))
        taken.append(1000 * (time.perf_counter() - begun))
    rest = sorted(taken[1:])
    return {
        "first_ms": round(taken[0]),
        "median_ms": round(statistics.median(rest)),
        "p95_ms": round(rest[len(rest) * 95 // 100]),
    }


def frozen_report(cycle: Cycle) -> Report:
    by = coordinator()
    report = reports.create_report(cycle, by=by, cut_off=timezone.localdate() - timedelta(days=1))
    return reports.freeze(report, by=by, checked=digest(canonical(building.build(report))))


def report_files() -> dict:
    """Of a cycle of 500 webinars: the longest report there is."""
    cycle = Cycle.objects.filter(slug__startswith="bench-500").first()
    begun = time.perf_counter()
    report = frozen_report(cycle)
    figures = {"freeze_s": _since(begun)}
    for name, make in (
        ("pdf_s", lambda: printing.pdf_file(report.frozen, sha256=report.content_sha256, language="pt")),
        ("xlsx_s", lambda: exports.xlsx_file(report.frozen, "pt")),
        ("csv_s", lambda: exports.csv_file(report.frozen, "pt")),
    ):
        begun = time.perf_counter()
        figures[name.replace("_s", "_kb")] = len(make()) // 1024
        figures[name] = _since(begun)
    return figures


def all_participations() -> dict:
    """Every group of participations as XLSX."""
    cycle = Cycle.objects.filter(slug__startswith="bench-500").first()
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        begun = time.perf_counter()
        rows = report_work.write_rows(cycle, Path(file.name), lambda done, total: None)
        return {"rows": rows, "s": _since(begun)}


def run_jobs() -> dict:
    """What is queued, as the worker's task does it."""
    begun = time.perf_counter()
    done = jobs.run_due(WORKS)
    return {"jobs": done, "s": _since(begun)}


def _since(begun: float) -> float:
    return round(time.perf_counter() - begun, 2)


ACTS = {act.__name__: act for act in (run_jobs, certificates_one_by_one, report_files, all_participations)}


def in_a_process(name: str) -> dict:
    """The figures of an act, with the most memory and the CPU that its process used."""
    out = subprocess.run([sys.executable, "-m", "bench.long_work", "--act", name], check=True, capture_output=True, text=True)
    return json.loads(out.stdout.splitlines()[-1])


def act_alone(name: str) -> None:
    """Runs in a process of its own; ``mb_before`` is what Django needs by itself."""
    before, begun = servers.most_memory(), time.process_time()
    figures = ACTS[name]()
    figures |= {"mb": servers.most_memory(), "mb_before": before, "cpu_s": round(time.process_time() - begun, 2)}
    print(json.dumps(figures))


def fill_up(cycle: Cycle) -> None:
    """At least ``FACTS`` groups of participations: 100,000 registrations make fewer."""
    missing = FACTS - AttendanceFact.objects.filter(webinar__cycle=cycle).count()
    if missing <= 0:
        return
    known = AttendanceFact.objects.filter(webinar__cycle=cycle).order_by("pk")[:missing]
    AttendanceFact.objects.bulk_create(
        (AttendanceFact(webinar_id=f.webinar_id, municipality_id=f.municipality_id, role_id=f.role_id, count=1) for f in known),
        batch_size=5000,
    )


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--act", choices=ACTS)
    if act := parser.parse_args().act:
        act_alone(act)
        return
    fill_up(prepare(500, 100_000))
    Job.objects.all().delete()
    report = results.Report("long_work", database=connection.vendor)
    read_attendance()
    report.add("read an attendance file of 20,000 rows", in_a_process("run_jobs"))
    use_attendance()
    report.add("use it: 19,000 of them are registered", in_a_process("run_jobs"))
    report.add("certificates, one by one", in_a_process("certificates_one_by_one"))
    report.add("a report of 500 webinars", in_a_process("report_files"))
    report.add("every participation as XLSX", in_a_process("all_participations"))


if __name__ == "__main__":
    main()
