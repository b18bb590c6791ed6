"""Reads our exchange CSV of a register of municipalities into checked rows; touches no database."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from municipalities.errors import ImportRejected
from municipalities.models import Municipality
from network_portal.common.templatetags.portal import thousands
from network_portal.common.text import clean_line, fold

# column of the file -> field of the model
COLUMNS = {
    "code_scheme": "code_scheme",
    "code": "code",
    "name": "name",
    "province_or_district": "district",
    "region": "region",
    "country": "country",
    "nuts3": "nuts3",
    "latitude": "latitude",
    "longitude": "longitude",
    "population": "residents",
}
NEEDED = {"code_scheme", "code", "name", "country"}
DEGREES = {"latitude": 90, "longitude": 180}
MAX_ROWS = 100_000
MAX_POPULATION = 100_000_000
SHOWN_ERRORS = 50


@dataclass(frozen=True)
class Row:
    number: int  # as a spreadsheet counts: the heading is row 1
    values: dict


def read_rows(data: bytes) -> list[Row]:
    """The rows of the file, all checked. Raises ImportRejected naming every row and column to mend."""
    reader = csv.reader(io.StringIO(text_of(data), newline=""), delimiter=delimiter_of(data))
    heading = [name.strip().lower() for name in next(reader, [])]
    _check_heading(heading)
    rows, errors = [], []
    for number, cells in enumerate(reader, start=2):
        if number > MAX_ROWS:
            raise ImportRejected([_("The file has more than %(limit)s rows.") % {"limit": thousands(MAX_ROWS)}])
        if not any(cell.strip() for cell in cells):
            continue
        values, problems = _read_cells(heading, cells)
        errors += [_("row %(row)s, %(problem)s") % {"row": number, "problem": problem} for problem in problems]
        rows.append(Row(number, values))
    if not rows:
        errors.append(_("The file has no rows below its heading."))
    errors += [] if errors else _repeated_codes(rows)
    if errors:
        raise ImportRejected(errors[:SHOWN_ERRORS])
    return rows


def text_of(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ImportRejected([_("The file could not be read. Save it as CSV UTF-8.")])


def delimiter_of(data: bytes) -> str:
    first_line = data.split(b"\n", 1)[0]
    return ";" if first_line.count(b";") > first_line.count(b",") else ","


def _check_heading(heading: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in heading]
    if missing:
        raise ImportRejected(
            [_("These columns are missing: %(missing)s. Found: %(found)s.")
             % {"missing": ", ".join(missing), "found": ", ".join(filter(None, heading)) or "–"}]
        )  # fmt: skip
    if len(set(heading)) < len(heading):
        raise ImportRejected([_("A column appears twice in the heading.")])


def _read_cells(heading: list[str], cells: list[str]) -> tuple[dict, list[str]]:
    """The model's values of one row, and what is wrong with it in words."""
    if len(cells) != len(heading):
        return {}, [_("%(found)s columns instead of %(expected)s") % {"found": len(cells), "expected": len(heading)}]
    values, problems = {}, []
    for column, cell in zip(heading, cells, strict=True):
        if column not in COLUMNS:
            continue
        try:
            values[COLUMNS[column]] = _value(column, clean_line(cell))
        except ValueError as error:
            problems.append(_("column %(column)s: %(problem)s") % {"column": column, "problem": error})
    return values, problems


def _value(column: str, text: str):
    if column in NEEDED and not text:
        raise ValueError(_("is empty"))
    if column == "population":
        return _population(text)
    if column in DEGREES:
        return _degrees(text, DEGREES[column])
    limit = Municipality._meta.get_field(COLUMNS[column]).max_length
    if len(text) > limit:
        raise ValueError(_("must be %(limit)s characters or fewer") % {"limit": limit})
    if column == "country" and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise ValueError(_("“%(text)s” is not a country code of two letters") % {"text": text})
    return text.upper() if column in ("country", "code_scheme", "nuts3") else text


def _population(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and int(text) <= MAX_POPULATION):
        raise ValueError(_("“%(text)s” is not a whole number") % {"text": text})
    return int(text)


def _degrees(text: str, limit: int) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text.replace(",", "."))
        if abs(number) <= limit:
            return number.quantize(Decimal("0.00001"))
    except InvalidOperation:
        pass  # not a number, or NaN, which cannot be compared
    raise ValueError(_("“%(text)s” is not a number of degrees between -%(limit)s and %(limit)s") % {"text": text, "limit": limit})


def _repeated_codes(rows: list[Row]) -> list[str]:
    first, errors = {}, []
    for row in rows:
        key = (row.values["code_scheme"], fold(row.values["code"]))
        if key in first:
            errors.append(
                _("row %(row)s, column code: %(code)s is also in row %(first)s")
                % {"row": row.number, "code": row.values["code"], "first": first[key]}
            )
        first.setdefault(key, row.number)
    return errors
