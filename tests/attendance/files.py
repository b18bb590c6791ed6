"""Attendance files for the tests: the samples, and small ones written here."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from webinars import attendance

SAMPLES = Path(__file__).parent / "samples"
LISBON = ZoneInfo("Europe/Lisbon")
ZOOM = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room"
MEET = "First name,Last name,Email,Duration,Time joined,Time exited"


def at(text: str, zone: ZoneInfo = LISBON) -> datetime:
    """ "14:31" or "14:31:02" on 14 March 2024, or "2024-03-15 00:10", in a zone."""
    return datetime.fromisoformat(text if "-" in text else f"2024-03-14 {text}").replace(tzinfo=zone)


def read(content: bytes | str, *, start: str = "14:30", end: str = "17:30", zone: ZoneInfo = LISBON, **options):
    """The sheet of a file, of a webinar on 14 March 2024 from 14:30 to 17:30 in Lisbon unless said otherwise."""
    content = content.encode() if isinstance(content, str) else content
    return attendance.read(content, zone=zone, starts_at=at(start, zone), ends_at=at(end, zone), **options)


def sample(name: str):
    return read((SAMPLES / name).read_bytes())


def zoom(*rows: str) -> str:
    """A list of participants of Zoom; a row is "Ana,ana@x.example,14:31,15:00" with hours of 14 March 2024."""
    lines = [ZOOM]
    for row in rows:
        name, email, join, leave = row.rsplit(",", 3)
        lines.append(f'"{name}",{email},{_moment(join)},{_moment(leave)},1,Yes,No')
    return "\r\n".join(lines)


def _moment(hour: str) -> str:
    return f"2024-03-14 {hour}" if ":" in hour and "-" not in hour else hour


def facts(sheet) -> list[tuple]:
    """What a test compares of each person: identity, minutes, first join, last leave (Lisbon), sessions."""
    return [(p.identity, p.minutes, _hour(p.first_join_at), _hour(p.last_leave_at), p.sessions) for p in sheet.people]


def _hour(moment: datetime | None) -> str | None:
    return moment and f"{moment.astimezone(LISBON):%H:%M:%S}"
