"""Any table whose columns a person has named."""

from collections.abc import Mapping

from network_portal.common.text import fold
from webinars.attendance.errors import MissingColumns
from webinars.attendance.headers import ALIASES, SEARCHED, Heading, heading_of
from webinars.attendance.rows import Found
from webinars.attendance.table import Line, cell_text
from webinars.attendance.teams import section_of

FIELDS = ("name", "email", "join", "leave", "minutes")
EXPECTED = [ALIASES[field]["en"][0] for field in FIELDS]


def fits(lines: list[Line], mapping: Mapping[str, str]) -> bool:
    """Whether a line has all columns of the mapping, and they say who was there."""
    wanted = _wanted(mapping)
    return bool({"name", "email"} & set(wanted)) and len(_places(_best(lines, wanted)[1], wanted)) == len(wanted)


def table(lines: list[Line], mapping: Mapping[str, str]) -> Found:
    """The rows below the line that has the columns of a mapping that fits. Raises MissingColumns of doubled ones."""
    wanted = _wanted(mapping)
    place, line = _best(lines, wanted)
    places, titles = _places(line, wanted), heading_of(line).titles
    if doubled := [title for field, title in wanted.items() if len(places[field]) > 1]:
        raise MissingColumns(doubled, titles, doubled=True)
    heading = Heading(line.number, titles, {field: found[0] for field, found in places.items()}, {})
    found = Found("mapped", heading, columns=("join", "leave", "minutes"))
    for row in lines[place + 1 :]:
        if section_of(row):
            break
        heading.check_width(row)
        found.add(row, heading, name=heading.cell(row, "name"), email=heading.cell(row, "email"))
    return found


def titles_of(lines: list[Line]) -> list[str]:
    """The cells of the line that looks most like a heading: the first with the most text in it."""
    cells = max((line.cells for line in lines[:SEARCHED]), key=lambda c: sum(bool(x.strip()) for x in c), default=[])
    return list(dict.fromkeys(filter(None, map(cell_text, cells))))


def _wanted(mapping: Mapping[str, str]) -> dict[str, str]:
    return {field: mapping[field] for field in FIELDS if mapping.get(field)}


def _best(lines: list[Line], wanted: dict[str, str]) -> tuple[int, Line]:
    """The first of the lines with most of the columns, and its place."""
    return max(enumerate(lines[:SEARCHED]), key=lambda numbered: len(_places(numbered[1], wanted)))


def _places(line: Line, wanted: dict[str, str]) -> dict[str, list[int]]:
    keys = [fold(cell_text(cell)) for cell in line.cells]
    places = {field: [p for p, key in enumerate(keys) if key == fold(title)] for field, title in wanted.items()}
    return {field: found for field, found in places.items() if found}
