"""The files of reports as long work: queued by a page, made by the app's task."""

import io
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from network_portal.common.exports import safe_cell
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.reports import exports, printing
from network_portal.reports.models import Report
from network_portal.reports.rows import participations
from network_portal.users.models import User
from webinars.models import AttendanceFact, Cycle

FILES, ROWS = "reports.files", "reports.rows"
MOST_ROWS = 1_000_000  # a sheet has 1,048,576


def file_name(report: Report, language: str, suffix: str) -> str:
    """As "report-2-webinars-2024-2024-12-31-pt.pdf"."""
    return f"report-{report.number}-{report.cycle.slug}-{report.cut_off}-{language}.{suffix}"


def queue_file(report: Report, *, by: User, kind: str, language: str) -> Job:
    """Of one kind ("pdf", "xlsx") in one language; the one that is there already, if there is."""
    title = _("Report %(number)s: %(cycle)s") % {"number": report.number, "cycle": report.cycle.title}
    return jobs.queue(
        FILES,
        by=by,
        title=f"{title} ({kind.upper()}, {dict(settings.LANGUAGES)[language]})",
        parameters={"report": str(report.uuid), "kind": kind, "language": language},
        key=f"report:{report.uuid}:{kind}:{language}:{settings.VERSION}",
        back_url=report.get_absolute_url(),
    )


def queue_rows(cycle: Cycle, *, by: User, back_url: str) -> Job:
    title = _("All participations: %(cycle)s") % {"cycle": cycle.title}
    return jobs.queue(ROWS, by=by, title=title, parameters={"cycle": cycle.pk}, back_url=back_url)


def make_file(job: Job, progress: jobs.Progress) -> jobs.Outcome:
    """From the frozen content alone, whatever has changed since."""
    report = Report.objects.frozen().select_related("cycle").get(uuid=job.parameters["report"])
    kind, language = job.parameters["kind"], job.parameters["language"]
    progress(0, 1)
    if kind == "pdf":
        made = printing.pdf_file(report.frozen, sha256=report.content_sha256, language=language)
    else:
        made = exports.xlsx_file(report.frozen, language)
    return jobs.Outcome(file=(file_name(report, language, kind), made))


def make_rows(job: Job, progress: jobs.Progress) -> jobs.Outcome:
    """Webinar × municipality × role with how many, written line by line to the disk."""
    cycle = Cycle.objects.get(pk=job.parameters["cycle"])
    path = progress.new_file()
    total = write_rows(cycle, path, progress)
    name = f"participations-{cycle.slug}-{timezone.localdate()}.xlsx"
    return jobs.Outcome(file=(name, path), message=_("Rows: %(total)s") % {"total": total})


def write_rows(cycle: Cycle, path: Path | io.BytesIO, progress) -> int:
    """The table as XLSX at ``path``, with constant memory; how many rows it has."""
    total, rows = participations(cycle)
    book = xlsxwriter.Workbook(path, {"constant_memory": True, **exports.GUESS})
    book.set_properties({"title": cycle.title, "author": settings.NETWORK_NAME})
    sheet, day = book.add_worksheet(_("Participations")), book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    sheet.freeze_panes(1, 0)
    for column, (label, width) in enumerate(_header()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, book.add_format({"bold": True, "bottom": 2}))
    done = 0
    for done, fact in enumerate(rows, start=1):
        _write(sheet, done, fact, day)
        if done % 1_000 == 0:
            progress(done, max(total, done))
        if done == MOST_ROWS:
            break
    book.close()
    return done


def _header() -> list[tuple[str, int]]:
    return [(_("Webinar no."), 11), (_("Webinar"), 40), (_("Day"), 12), (_("Municipality code"), 18), (_("Municipality"), 28),
            (_("District"), 20), (_("Role"), 28), (_("Participations"), 15)]  # fmt: skip


def _write(sheet, line: int, fact: AttendanceFact, day) -> None:
    webinar, town = fact.webinar, fact.municipality
    sheet.write_number(line, 0, webinar.number)
    sheet.write_string(line, 1, str(safe_cell(webinar.title)))
    sheet.write_datetime(line, 2, webinar.starts_local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None), day)
    for column, text in enumerate([town.code, town.name, town.district] if town else ["", _("another body"), ""], start=3):
        sheet.write_string(line, column, str(safe_cell(text)))
    sheet.write_string(line, 6, str(safe_cell(fact.role.label)))
    sheet.write_number(line, 7, fact.count)
