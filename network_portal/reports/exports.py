"""A report's content as CSV and XLSX. The same content gives the same bytes: nothing of today is in them."""

import io
import re
from datetime import UTC, date, datetime, time

import xlsxwriter
from django.utils import translation
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_portal.common.exports import WIDTHS, safe_cell, to_csv
from network_portal.reports.content import in_language

GUESS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SHEET_NAME = 31  # characters that a spreadsheet allows
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def csv_file(content: dict, language: str) -> bytes:
    """The figures, then every table below its title and its definition, parted by empty lines."""
    with translation.override(language):
        first, *rest = _blocks(in_language(content, language))
        return to_csv(first, rest)


def _blocks(content: dict) -> list[list]:
    lines = [[content["cycle"]["title"]]] + [list(line) for line in heading(content)]
    for table in [figures_table(content), *content["tables"]]:
        lines += [[], [table["title"]], [table["definition"]]]
        if table["withheld"]:
            lines.append([table["withheld"]])
            continue
        kinds = [column["kind"] for column in table["columns"]]
        lines.append([column["label"] for column in table["columns"]])
        lines += [[_written(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table["rows"]]
    return lines


def _written(cell, kind: str):
    """A cell of a CSV: decimals with the language's own comma or point."""
    return number_format(cell) if isinstance(cell, float) else cell


def heading(content: dict) -> list[tuple[str, str]]:
    """What the figures are about, as label and value."""
    cycle = content["cycle"]
    lines = [
        (_("Funder"), cycle["funder"]),
        (_("Grant reference"), cycle["grant_reference"]),
        (_("Cycle"), f"{cycle['starts_on']} – {cycle['ends_on']}"),
        (_("Figures at the end of"), content["report"]["cut_off"]),
    ]
    return [(label, value) for label, value in lines if value]


def figures_table(content: dict) -> dict:
    """The figures in the form of a table; needs the language of ``content`` active."""
    columns = [("figure", _("Figure"), "text"), ("value", _("Reached"), "number"), ("target", _("Target"), "number"),
               ("definition", _("What it counts"), "text")]  # fmt: skip
    return {
        "code": "figures",
        "title": _("Targets and facts"),
        "definition": _("What was promised to the funder, and what was done by the cut-off day."),
        "columns": [dict(zip(("code", "label", "kind"), column, strict=True)) for column in columns],
        "rows": [[capfirst(f["label"]), f["value"], f["target"], f["definition"]] for f in content["figures"]],
        "withheld": None,
    }


def xlsx_file(content: dict, language: str) -> bytes:
    """A sheet for each table, the figures first, with typed cells; made on the cut-off day, whenever it is made."""
    out = io.BytesIO()
    with translation.override(language):
        content = in_language(content, language)
        book = xlsxwriter.Workbook(out, {"in_memory": True, **GUESS})
        made = datetime.combine(date.fromisoformat(content["report"]["cut_off"]), time(0), tzinfo=UTC)
        about = {"title": content["cycle"]["title"], "author": content["portal"]["network"]}
        book.set_properties({**about, "created": made.replace(tzinfo=None)})
        formats = sheet_formats(book)
        names: set[str] = set()
        first = figures_table(content)
        for table in [first, *content["tables"]]:
            above = [(content["cycle"]["title"], ""), *heading(content)] if table is first else []
            _sheet(book, formats, table, above=above, names=names)
        book.close()
    return out.getvalue()


def sheet_formats(book) -> dict:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "soft": book.add_format({"font_color": "#534d6a"}),
        "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"}),
        "text": book.add_format({"valign": "top"}),
        "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "decimal": book.add_format({"num_format": "0.00", "valign": "top"}),
        "percent": book.add_format({"num_format": '0" %"', "valign": "top"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left", "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
    }


def _sheet(book, formats: dict, table: dict, *, above: list, names: set[str]) -> None:
    sheet = book.add_worksheet(sheet_name(table["title"], names))
    line = 0
    for label, value in above:
        sheet.write_string(line, 0, str(safe_cell(label)), formats["text"] if value else formats["title"])
        sheet.write_string(line, 1, str(safe_cell(value)), formats["text"])
        line += 1
    line += bool(above)
    sheet.write_string(line, 0, str(safe_cell(table["title"])), formats["title"])
    sheet.write_string(line + 1, 0, str(safe_cell(table["withheld"] or table["definition"])), formats["soft"])
    if table["withheld"]:
        return
    line += 3
    for column, about in enumerate(table["columns"]):
        cells = [len(str(row[column] or "")) for row in table["rows"]]
        sheet.set_column(column, column, min(max([len(about["label"]) + 2, *cells, WIDTHS[0]]), WIDTHS[1]))
        sheet.write_string(line, column, str(safe_cell(about["label"])), formats["head"])
    for row in table["rows"]:
        line += 1
        for column, (cell, about) in enumerate(zip(row, table["columns"], strict=True)):
            write_cell(sheet, formats, line, column, cell, about["kind"])


def write_cell(sheet, formats: dict, line: int, column: int, cell, kind: str) -> None:
    """A number as a number, a day as a day, a moment in the webinar's own time; anything else as text that never runs."""
    if cell is None:
        return
    if kind == "day":
        sheet.write_datetime(line, column, datetime.combine(date.fromisoformat(cell), time(0)), formats["day"])
    elif kind == "moment":
        sheet.write_datetime(line, column, datetime.fromisoformat(cell).replace(tzinfo=None), formats["moment"])
    elif isinstance(cell, (int, float)):
        sheet.write_number(line, column, cell, formats["decimal" if isinstance(cell, float) else kind])
    else:
        sheet.write_string(line, column, str(safe_cell(cell)), formats["text"])


def sheet_name(title: str, taken: set[str]) -> str:
    """``title`` as a sheet may be called, and no two alike."""
    base = NOT_IN_SHEET_NAMES.sub(" ", title).strip("' ")[:SHEET_NAME].strip("' ") or "-"
    numbered = (f"{base[: SHEET_NAME - 3].rstrip()} {n}" for n in range(2, 100))
    name = base if base.lower() not in taken else next(n for n in numbered if n.lower() not in taken)
    taken.add(name.lower())
    return name
