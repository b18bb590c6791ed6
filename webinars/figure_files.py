"""The figures of a cycle, or of a webinar, as files: every table, typed cells, the same bytes for the same data."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from network_portal.common.exports import WIDTHS, safe_cell, to_csv
from webinars.models import Cycle
from webinars.stats import CycleTables, Table, WebinarTables
from webinars.stats.towns import TownTables

GUESS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WITHHELD = "<5"
NUMBERED = {"webinars", "roles_by_webinar", "satisfaction", "recordings", "municipalities", "not_reached"}  # two cells name a row


@dataclass(frozen=True)
class Book:
    """What a file holds: ``day`` stands for the moment at which it was made, so that the same data give the same bytes."""

    title: str
    day: date
    tables: Sequence[Table]


def book_of_cycle(tables: CycleTables) -> Book:
    """The four figures, then every table that has rows."""
    return Book(tables.cycle.title, tables.cycle.starts_on, [_four(tables), *filter(None, tables.all)])


def book_of_webinar(tables: WebinarTables) -> Book:
    """Every table that has rows."""
    return Book(tables.webinar.title, tables.webinar.starts_local.date(), [*filter(None, tables.all)])


def book_of_town(cycle: Cycle, town: Municipality, tables: TownTables) -> Book:
    """The participations together, then those of each webinar and role that may be shown."""
    together = Table(
        key="figures",
        title=_("Figures"),
        definition=tables.webinars.definition,
        columns=((_("Figure"), lambda row: row[0]), (_("Reached"), lambda row: WITHHELD if row[1] is None else row[1])),
        rows=((_("participations"), tables.participations),),
    )
    title = f"{town.label}: {cycle.title}"
    return Book(title, cycle.starts_on, [together, *filter(None, [tables.webinars, tables.roles])])


def to_csv_file(book: Book) -> bytes:
    """One line for each number: table, row, column, value. A row is named by its first cell, or its first two."""
    header = [_("Table"), _("Row"), _("Column"), _("Value"), _("What it counts")]
    rows = [line for table in book.tables for line in _lines(table)]
    return to_csv(header, rows)


def to_xlsx_file(about: Book) -> bytes:
    """One sheet for each table: its sentence of what it counts, then the head, then typed cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **GUESS})
    book.set_properties({"title": about.title, "created": datetime.combine(about.day, time(0))})
    formats = {"head": book.add_format({"bold": True}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
    for table in about.tables:
        _write_sheet(book.add_worksheet(_sheet_name(table)), table, formats)
    book.close()
    return out.getvalue()


FORMATS = {"csv": to_csv_file, "xlsx": to_xlsx_file}


def _four(tables: CycleTables) -> Table:
    cycle, figures = tables.cycle, tables.figures
    rows = [
        (_("webinars held"), figures.webinars, cycle.target_webinars),
        (_("participations"), figures.participations, cycle.target_participations),
        (_("municipalities reached"), figures.municipalities, cycle.target_municipalities),
        (_("recordings published"), figures.recordings, cycle.target_recordings),
        (_("different people"), figures.people, None),
    ]
    return Table(
        key="figures",
        title=_("Figures"),
        definition=_("Four figures, always apart. A registration never counts as a participation."),
        columns=(
            (_("Figure"), lambda row: row[0]),
            (_("Reached"), lambda row: WITHHELD if row[1] is None else row[1]),
            (_("Target"), lambda row: row[2]),
        ),
        rows=tuple(rows),
    )


def _lines(table: Table):
    for cells in table.cells:
        name = f"{cells[0]} {cells[1]}" if table.key in NUMBERED else cells[0]
        for heading, cell in zip(table.header[1:], cells[1:], strict=True):
            if cell not in (None, ""):
                yield [table.title, name, heading, _written(cell), table.definition]


def _written(cell):
    """Decimals with the comma or point of the language, as its spreadsheets read them."""
    return number_format(cell) if isinstance(cell, float) else cell


def _sheet_name(table: Table) -> str:
    """Excel takes 31 characters, and none of []:*?/\\."""
    return "".join(c for c in table.title if c not in "[]:*?/\\'")[:31]


def _write_sheet(sheet, table: Table, formats: dict) -> None:
    sheet.write_string(0, 0, table.definition)
    sheet.freeze_panes(3, 0)
    for column, heading in enumerate(table.header):
        sheet.set_column(column, column, min(max(len(heading) + 2, WIDTHS[0]), WIDTHS[1]))
        sheet.write_string(2, column, heading, formats["head"])
    for number, cells in enumerate(table.cells, start=3):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, datetime.combine(cell, time(0)), formats["day"])
            elif isinstance(cell, (int, float)):
                sheet.write_number(number, column, cell)
            elif cell is not None:
                sheet.write_string(number, column, safe_cell(cell))
