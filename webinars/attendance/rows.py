"""What every format comes down to: rows of people, still as the file writes them."""

from dataclasses import dataclass, field
from functools import lru_cache

from network_portal.common.text import fold
from webinars.attendance.errors import UnreadableRow
from webinars.attendance.headers import Heading
from webinars.attendance.identity import identity_of, mail_of, shown_name
from webinars.attendance.table import Line

ANSWERS = {
    "": None,  # of "--"
    **dict.fromkeys(["yes", "y", "true", "1", "sim", "s", "si"], True),
    **dict.fromkeys(["no", "n", "false", "0", "nao"], False),
}


@dataclass(slots=True)
class Row:
    """One stay of a person, or of a list of events one joining (``join`` alone) or leaving (``leave`` alone)."""

    number: int  # as a spreadsheet counts
    name: str
    email: str
    join: str = ""
    leave: str = ""
    duration: str = ""
    is_staff: bool = False
    session: str = ""  # what belongs together in a list of events
    is_span: bool = False  # first join and last leave: the person was there for ``duration`` of it

    @property
    def identity(self) -> str:
        return identity_of(self.name, self.email)


@dataclass
class Found:
    """A file in a format that is known."""

    format: str
    heading: Heading  # gives messages the titles of columns
    title: str = ""
    rows: list[Row] = field(default_factory=list)
    waiting: int = 0  # rows of people who were never let in
    absent: int = 0  # rows of people who registered and did not come
    columns: tuple[str, str, str] = ("join", "leave", "minutes")  # fields that join, leave and duration of a row are from
    dates: list[str] = field(default_factory=list)  # other moments of the file that may show whether the day comes first
    held: tuple[str, str] = ("", "")  # when the meeting began and ended, or how long it took
    is_spans: bool = False  # one row a person, from first join to last leave
    is_events: bool = False
    is_utc: bool = False

    def add(self, line: Line, heading: Heading, *, name: str, email: str, is_staff: bool = False) -> None:
        """Take a line in as a row. Raises UnreadableRow if it names nobody."""
        join, leave, duration = (heading.cell(line, f) for f in self.columns)
        row = Row(line.number, shown_name(name), mail_of(email), join, leave, duration, is_staff, is_span=self.is_spans)
        if not row.identity:
            raise UnreadableRow(line.number, heading.title("name"), name)
        self.rows.append(row)

    @property
    def read(self) -> int:
        return len(self.rows) + self.waiting + self.absent


def is_yes(line: Line, heading: Heading, field: str) -> bool | None:
    """The answer in a cell, None of an empty one or "--". Raises UnreadableRow for anything else."""
    if not (text := heading.cell(line, field)):
        return None
    answer = _folded(text)
    if answer not in ANSWERS:
        raise UnreadableRow(line.number, heading.title(field), text)
    return ANSWERS[answer]


@lru_cache(maxsize=32)
def _folded(answer: str) -> str:
    return fold(answer)
