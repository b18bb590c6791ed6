"""Tables as files for spreadsheets: what people typed stays text and never runs as a formula."""

import csv
import io
import re
from collections.abc import Iterable

import xlsxwriter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
PHONE = re.compile(r"\+[0-9][0-9 ]{5,18}[0-9]")  # digits and spaces alone: "+351 912 345 678", not "+1+1"
WIDTHS = (10, 50)  # of a column, in characters


def safe_cell(value):
    """``value`` as a cell: text that a spreadsheet would run gets a ' before it; numbers and telephones stay."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not PHONE.fullmatch(text) else text


def to_csv(header: list[str], rows: Iterable[list]) -> bytes:
    """Semicolons and a byte order mark: what spreadsheets with a decimal comma open by a double click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(map(safe_cell, header))
    writer.writerows(map(safe_cell, row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(header: list[str], rows: Iterable[list]) -> bytes:
    """One sheet, the header in bold and fixed; nothing is guessed to be a formula, an address or a number."""
    out = io.BytesIO()
    guess = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"constant_memory": True, **guess})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(header):
        sheet.set_column(column, column, min(max(len(title) + 2, WIDTHS[0]), WIDTHS[1]))
    sheet.write_row(0, 0, map(safe_cell, header), book.add_format({"bold": True}))
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, map(safe_cell, row))
    book.close()
    return out.getvalue()
