"""The files of reports as long work: queued by a page, made by the app's task."""

import io
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from network_portal.common.exports import safe_cell
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.reports import exports, printing
from network_portal.reports.models import Report
from network_portal.reports.rows import participations
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from webinars.models import Cycle, Webinar

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
    done, known = 0, {}
    for done, (webinar, town, role, count) in enumerate(rows, start=1):
        _write(sheet, done, (*_cells(known, webinar), *_cells(known, town), *_cells(known, role), count), day)
        if done % 1_000 == 0:
            progress(done, max(total, done))
        if done == MOST_ROWS:
            break
    book.close()
    return done


def _header() -> list[tuple[str, int]]:
    return [(_("Webinar no."), 11), (_("Webinar"), 40), (_("Day"), 12), (_("Municipality code"), 18), (_("Municipality"), 28),
            (_("District"), 20), (_("Role"), 28), (_("Participations"), 15)]  # fmt: skip


def _cells(known: dict, thing: Webinar | Municipality | Term | None) -> tuple:
    """What a row says of ``thing``, written once and kept in ``known``: the same things come thousands of times."""
    key = (type(thing), thing and thing.pk)
    if key not in known:
        known[key] = _written(thing)
    return known[key]


def _written(thing) -> tuple:
    if isinstance(thing, Webinar):
        day = thing.starts_local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        return thing.number, _text(thing.title), day
    if isinstance(thing, Term):
        return (_text(thing.label),)
    return tuple(map(_text, (thing.code, thing.name, thing.district) if thing else ("", _("another body"), "")))


def _text(value: str) -> str:
    return str(safe_cell(value))


def _write(sheet, line: int, cells: tuple, day) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(line, column, cell)
        elif isinstance(cell, int):
            sheet.write_number(line, column, cell)
        else:
            sheet.write_datetime(line, column, cell, day)
