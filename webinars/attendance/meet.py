"""The table of Google Meet: one row for each person, hours without a day, rejoins added up."""

from webinars.attendance.headers import Heading, find_heading
from webinars.attendance.rows import Found
from webinars.attendance.table import Line


def table(lines: list[Line]) -> Found | None:
    place, heading = find_heading(lines, _fits)
    if not heading:
        return None
    given = "first_name" if "first_name" in heading else "name"
    heading.need(given, "last_name", "email", "duration", "join", "leave")
    found = Found("meet", heading, columns=("join", "leave", "duration"), is_spans=True)
    for line in lines[place + 1 :]:
        heading.check_width(line)
        name = f"{heading.cell(line, given)} {heading.cell(line, 'last_name')}".strip()
        found.add(line, heading, name=name, email=heading.cell(line, "email"))
    return found


def _fits(heading: Heading) -> bool:
    return "last_name" in heading and bool({"join", "leave", "duration"} & set(heading.places))
