"""Any table whose columns a person has named."""

from collections.abc import Mapping

from network_portal.common.text import fold
from webinars.attendance.errors import MissingColumns, UnknownColumns
from webinars.attendance.headers import ALIASES, SEARCHED, Heading, heading_of
from webinars.attendance.rows import Found
from webinars.attendance.table import Line, cell_text
from webinars.attendance.teams import section_of

FIELDS = ("name", "email", "join", "leave", "minutes")
EXPECTED = [ALIASES[field]["en"][0] for field in FIELDS]


def table(lines: list[Line], mapping: Mapping[str, str]) -> Found:
    """The rows below the line that has all columns of the mapping. Raises UnknownColumns, MissingColumns."""
    wanted = {field: mapping[field] for field in FIELDS if mapping.get(field)}
    if not {"name", "email"} & set(wanted):
        raise UnknownColumns(titles_of(lines), EXPECTED)
    place = max(range(min(len(lines), SEARCHED)), key=lambda p: len(_places(lines[p], wanted)))
    heading = _heading(lines[place], wanted)
    found = Found("mapped", heading, columns=("join", "leave", "minutes"))
    for line in lines[place + 1 :]:
        if section_of(line):
            break
        heading.check_width(line)
        found.add(line, heading, name=heading.cell(line, "name"), email=heading.cell(line, "email"))
    return found


def titles_of(lines: list[Line]) -> list[str]:
    """The cells of the line that looks most like a heading: the first with the most text in it."""
    cells = max((line.cells for line in lines[:SEARCHED]), key=lambda c: sum(bool(x.strip()) for x in c), default=[])
    return list(dict.fromkeys(filter(None, map(cell_text, cells))))


def _places(line: Line, wanted: dict[str, str]) -> dict[str, list[int]]:
    keys = [fold(cell_text(cell)) for cell in line.cells]
    places = {field: [p for p, key in enumerate(keys) if key == fold(title)] for field, title in wanted.items()}
    return {field: found for field, found in places.items() if found}


def _heading(line: Line, wanted: dict[str, str]) -> Heading:
    plain, places = heading_of(line), _places(line, wanted)
    if missing := [title for field, title in wanted.items() if field not in places]:
        raise MissingColumns(missing, plain.titles)
    if doubled := [title for field, title in wanted.items() if len(places[field]) > 1]:
        raise MissingColumns(doubled, plain.titles, doubled=True)
    return Heading(line.number, plain.titles, {field: found[0] for field, found in places.items()}, {})
