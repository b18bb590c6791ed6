"""Files of Microsoft Teams: the report in numbered sections, the list of events, the list of a live event."""

import re

from network_portal.common.text import fold
from webinars.attendance.errors import NobodyInFile, UnknownColumns, UnreadableRow
from webinars.attendance.headers import Heading, find_heading, heading_of
from webinars.attendance.identity import mail_of, normalised_name, shown_name
from webinars.attendance.rows import Found, Row
from webinars.attendance.table import Line, cell_text

SECTION = re.compile(r"([1-9])\.\s*\S")
STAFF_WORDS = ("organi", "presenter", "apresentador", "moderador", "presentador", "relator", "ponente", "producer")
JOINED_WORDS = ("joined", "ingressou", "entrou", "aderiu", "se unio", "unido", "ha partecipato", "entrato")
LEFT_WORDS = ("left", "saiu", "salio", "uscit", "abandono", "ha abbandonato")


def section_of(line: Line) -> int:
    """3 for "3. In-Meeting Activities" alone in its line, whatever its words; 0 for other lines."""
    match = SECTION.match(cell_text(line.cells[0])) if line.cells[0] else None
    return int(match[1]) if match and not any(cell.strip() for cell in line.cells[1:]) else 0


def report(lines: list[Line]) -> Found | None:
    """Section 2 says who was there, section 3 when: people without a row there keep the times of section 2."""
    sections: dict[int, list[Line]] = {}
    current: list[Line] = []
    for line in lines:
        if number := section_of(line):
            current = sections.setdefault(number, [])
        else:
            current.append(line)
    if not {2, 3} & set(sections):
        return None
    summary = sections.get(1, [])
    people = _table(sections.get(2, []), "first_join", "last_leave", is_spans=True)
    stays = _table(sections.get(3, []), "join", "leave", is_spans=False)
    found = stays or people
    if found is None:
        raise NobodyInFile
    if stays and people:
        _combine(stays, people)
    found.title = cell_text(summary[0].cells[1]) if summary and len(summary[0].cells) > 1 else ""
    found.dates += [cell_text(cell) for line in summary for cell in line.cells[1:2]]
    return found


def _table(lines: list[Line], join: str, leave: str, *, is_spans: bool) -> Found | None:
    if not lines:
        return None
    heading = heading_of(lines[0])
    if len(heading.places) < 3:
        raise UnknownColumns(heading.titles, [heading.title(field) for field in ("name", join, leave, "duration", "email")])
    # in some languages the first join and last leave of section 2 are called as those of section 3
    join = "join" if join not in heading and "join" in heading else join
    leave = "leave" if leave not in heading and "leave" in heading else leave
    heading.need("name", join, leave, *(["duration"] if is_spans else []))
    found = Found("teams_report", heading, columns=(join, leave, "duration"), is_spans=is_spans)
    for line in lines[1:]:
        heading.check_width(line)
        found.add(line, heading, name=heading.cell(line, "name"), email=_email(line, heading), is_staff=_is_staff(line, heading))
    return found


def _email(line: Line, heading: Heading) -> str:
    """The address, else that of the registration, else that of the account; guests of an organisation have none there."""
    for field in ("email", "registration_email", "upn"):
        if (address := mail_of(heading.cell(line, field))) and "#ext#" not in address:
            return address
    return ""


def _is_staff(line: Line, heading: Heading) -> bool:
    role = fold(heading.cell(line, "role"))
    return any(word in role for word in STAFF_WORDS)


def _combine(stays: Found, people: Found) -> None:
    """Addresses and roles of section 2 for section 3; people who are only in section 2 join the rows."""
    by_name: dict[str, list[Row]] = {}
    for row in people.rows:
        by_name.setdefault(normalised_name(row.name), []).append(row)
    if "email" not in stays.heading:  # of two who share a name, section 2 alone knows how long each was there
        stays.rows = [row for row in stays.rows if len(by_name.get(normalised_name(row.name), [])) < 2]
    for row in stays.rows:
        same = by_name.get(normalised_name(row.name), [])
        if not row.email and len(same) == 1:
            row.email = same[0].email
    staff = {row.identity for row in people.rows if row.is_staff}
    for row in stays.rows:
        row.is_staff = row.is_staff or row.identity in staff
    known = {row.identity for row in stays.rows}
    names = {normalised_name(row.name) for row in stays.rows if not row.email}
    for row in people.rows:
        if row.identity not in known and normalised_name(row.name) not in names:
            stays.rows.append(row)


def attendance_list(lines: list[Line]) -> Found | None:
    """The list of joinings and leavings that could be fetched during a meeting; it has no addresses."""
    return _events(lines, "teams_list", "timestamp")


def live_event(lines: list[Line]) -> Found | None:
    """The list of a live event, with times in UTC."""
    return _events(lines, "teams_live", "utc_timestamp")


def _events(lines: list[Line], format: str, at: str) -> Found | None:
    place, heading = find_heading(lines, lambda heading: at in heading and len(heading.places) > 1)
    if not heading:
        return None
    heading.need("name", "action", at)
    found = Found(format, heading, columns=(at, at, "duration"), is_events=True, is_utc=at == "utc_timestamp")
    for line in lines[place + 1 :]:
        heading.check_width(line)
        found.rows.append(_event(line, heading, at))
    return found


def _event(line: Line, heading: Heading, at: str) -> Row:
    name, text, moment = (heading.cell(line, field) for field in ("name", "action", at))
    action = fold(text)
    if not name or not moment:
        raise UnreadableRow(line.number, heading.title("name" if not name else at), "")
    row = Row(line.number, shown_name(name), "", is_staff=_is_staff(line, heading), session=heading.cell(line, "session"))
    if any(word in action for word in LEFT_WORDS):
        row.leave = moment
    elif any(word in action for word in JOINED_WORDS):
        row.join = moment
    else:
        raise UnreadableRow(line.number, heading.title("action"), text)
    return row
