"""Reports of Zoom: participants of a meeting, with or without times, and the report of a webinar."""

import re
from itertools import pairwise

from network_portal.common.text import fold
from webinars.attendance.headers import SEARCHED, Heading, field_of, find_heading, heading_of
from webinars.attendance.identity import mail_of
from webinars.attendance.rows import Found, is_yes
from webinars.attendance.table import Line, cell_text

HOST = re.compile(r"\(([^()]*)\)\s*$")
REPORT_TITLES = {"attendee report", "attendee details", "host details", "panelist details"}
STAFF_WORDS = ("host", "panelist", "anfitri", "panel", "painel", "ponente")
OTHERS_WORDS = ("other", "outr", "otros", "altri")  # people by telephone: that table has no "Attended"


def meeting(lines: list[Line]) -> Found | None:
    """The participants of a meeting, one row for each stay, or one for each person without times."""
    place, heading = find_heading(lines, _fits)
    return _meeting(lines[:place], heading, lines[place + 1 :]) if heading else None


def _fits(heading: Heading) -> bool:
    return "name" in heading and bool({"join", "leave", "total", "minutes"} & set(heading.places))


def _meeting(above: list[Line], heading: Heading, below: list[Line]) -> Found:
    if "total" in heading and not {"join", "leave"} & set(heading.places):
        heading.need("name", "email", "total")
        found = Found("zoom_unique", heading, columns=("join", "leave", "total"))
    else:
        heading.need("name", "email", "join", "leave")
        found = Found("zoom_meeting", heading, columns=("join", "leave", "minutes"))
    host = _describe(found, above)
    for line in below:
        heading.check_width(line)
        if is_yes(line, heading, "waiting"):
            found.waiting += 1
            continue
        email = heading.cell(line, "email")
        is_host = bool(host) and mail_of(email) == host
        found.add(line, heading, name=heading.cell(line, "name"), email=email, is_staff=is_host)
    return found


def _describe(found: Found, above: list[Line]) -> str:
    """Title and hours from the block about the meeting, if there is one; gives the host's address."""
    for block, values in pairwise(above):
        heading = heading_of(block)
        if "topic" in heading:
            found.title = heading.cell(values, "topic")
            found.held = heading.cell(values, "started"), heading.cell(values, "ended") or heading.cell(values, "minutes")
            found.dates += [text for text in found.held if text]
            host = HOST.search(heading.cell(values, "host"))
            return mail_of(host[1] if host else heading.cell(values, "email"))
    return ""


def webinar(lines: list[Line]) -> Found | None:
    """The report of a webinar: tables of hosts, panelists and attendees, each under its title."""
    headings = [place for place in range(len(lines)) if _is_heading(lines, place)]
    named = any(_title_of(line) in REPORT_TITLES for line in lines[:SEARCHED])
    if not headings or not (named or any("attended" in heading_of(lines[place]) for place in headings)):
        return None
    found = Found("zoom_webinar", heading_of(lines[headings[-1]]))
    _describe(found, lines[: headings[0]])
    titles = [_title_of(lines[place - 1]) if place else "" for place in headings]
    ends = [place - bool(title) for place, title in zip(headings, titles, strict=True)]
    for place, title, end in zip(headings, titles, [*ends[1:], len(lines)], strict=True):
        _table(found, title, lines[place:end])
    return found


def _is_heading(lines: list[Line], place: int) -> bool:
    # the first cell is looked at first: in rows of people it is one of few, so that this is quick
    under_title = place > 0 and _title_of(lines[place - 1]) in REPORT_TITLES
    if not under_title and field_of(cell_text(lines[place].cells[0])) not in ("attended", "name"):
        return False
    heading = heading_of(lines[place])
    return "name" in heading and ("join" in heading or "attended" in heading)


def _title_of(line: Line) -> str:
    """The folded text of a line that has one cell alone, "" of others."""
    return fold(line.cells[0]) if line.cells[0].strip() and not any(cell.strip() for cell in line.cells[1:]) else ""


def _table(found: Found, title: str, lines: list[Line]) -> None:
    heading = heading_of(lines[0])
    if any(word in title for word in OTHERS_WORDS) and "attended" not in heading:
        heading.need("name", "join", "leave")
    else:
        # without this column those who did not come cannot be told from those who did
        heading.need("attended", "name", "email", "join", "leave")
    found.heading = heading
    is_staff = any(word in title for word in STAFF_WORDS)
    for line in lines[1:]:
        if _title_of(line) in REPORT_TITLES:
            continue  # a table without anybody
        heading.check_width(line)
        found.dates += filter(None, [heading.cell(line, "registered")])
        came = is_yes(line, heading, "attended")
        if came is False or ("attended" in heading and came is None and not heading.cell(line, "join").strip("-")):
            found.absent += 1
            continue
        name = heading.cell(line, "name") or f"{heading.cell(line, 'first_name')} {heading.cell(line, 'last_name')}"
        found.add(line, heading, name=name.strip(), email=heading.cell(line, "email"), is_staff=is_staff)
