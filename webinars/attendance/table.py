"""Text into lines of cells: which separator, where lines end, what a guarded cell says."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from network_portal.common.text import clean_line
from webinars.attendance.errors import CellTooLong, RowTooWide, TooManyRows

MAX_ROWS = 20_000  # of people
MAX_LINES = 2 * MAX_ROWS + 1000  # a Teams report names everybody in two tables
MAX_COLUMNS = 200
MAX_CELL = 10_000  # characters
SEPARATORS = "\t;,"
SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(\t|[;,|])\"?[;,\t]*(\r\n|\r|\n)", re.IGNORECASE)
LOOKED_AT = (50_000, 60)  # characters and lines in which the separator is recognised
FORMULA_STARTS = tuple("=+-@|%\t\r\n＝＋－＠")


class Line(NamedTuple):
    number: int  # as a spreadsheet counts
    cells: list[str]


def lines_of(text: str, is_title: Callable[[str], object]) -> list[Line]:
    """The lines that are not blank. ``is_title`` says of a cell whether it is a known title of a column.

    Raises TooManyRows, RowTooWide, CellTooLong.
    """
    if match := SEPARATOR_LINE.match(text):
        text, separator = text[match.end() :], match[1]
    else:
        separator = _separator_of(text, is_title)
    lines = []
    for number, cells in _numbered(text, separator):
        if len(cells) > MAX_COLUMNS:
            raise RowTooWide(MAX_COLUMNS, number)
        if any(len(cell) > MAX_CELL for cell in cells):
            raise CellTooLong(MAX_CELL, number)
        if any(cell and not cell.isspace() for cell in cells):
            lines.append(Line(number, cells))
        if len(lines) > MAX_LINES:
            raise TooManyRows(MAX_ROWS)
    return lines


def cell_text(cell: str) -> str:
    """What a cell says: invisible characters dropped, and the ' that keeps a spreadsheet from running it."""
    cell = cell.strip()
    if cell.startswith("'") and (cell[1:].lstrip(" ").startswith(FORMULA_STARTS)):
        cell = cell[1:]
    return clean_line(cell)


def _numbered(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:  # longer than the csv module takes
            raise CellTooLong(MAX_CELL, number) from None


def _separator_of(text: str, is_title: Callable[[str], object]) -> str:
    """The one under which some line has the most known titles; of equals, the most cells."""
    characters, lines = LOOKED_AT

    def score(separator: str) -> tuple[int, int]:
        rows = [cells for number, cells in _numbered(text[:characters], separator) if number <= lines]
        known = (sum(bool(is_title(cell_text(cell))) for cell in cells[:MAX_COLUMNS]) for cells in rows)
        return max(zip(known, map(len, rows), strict=True), default=(0, 0))

    return max(SEPARATORS, key=score)
