"""All tables of a cycle, exact, in a fixed number of queries. What the public sees of them: ``small_numbers``.

A table says what it counts and, when asked, from which rows: each row's id as "attendancefact:12".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from municipalities.models import Municipality
from webinars.models import Cycle, Webinar
from webinars.stats.figures import CycleFigures

MOST_SHOWN = 100  # rows of a table on a page
DATED, MOST_DATED = ("webinars", "roles_by_webinar"), 40  # of these the latest


@dataclass(frozen=True)
class Table:
    """Rows under a title. ``columns`` are (heading, what reads the cell from a row); a cell is text, number, date or None."""

    key: str  # for file names and sheets: "webinars"
    title: str
    definition: str
    columns: tuple[tuple[str, Callable[[Any], Any]], ...]
    rows: tuple = ()
    ids: Callable[[], list[str]] = field(default=list, repr=False, compare=False)

    @property
    def header(self) -> list[str]:
        return [heading for heading, _ in self.columns]

    @property
    def cells(self) -> list[list]:
        return [[read(row) for _, read in self.columns] for row in self.rows]

    @property
    def shown(self) -> list[list[tuple[Any, bool]]]:
        """The cells for a page, each with whether it is a number: the files hold the rows that are left out."""
        rows = self.rows[-MOST_DATED:] if self.key in DATED else self.rows[:MOST_SHOWN]
        return [[(cell := read(row), isinstance(cell, (int, float))) for _, read in self.columns] for row in rows]

    @property
    def headings(self) -> list[tuple[str, bool]]:
        """The header, each with whether numbers stand below it."""
        first = self.rows[0] if self.rows else None
        return [(heading, first is not None and not isinstance(read(first), (str, date))) for heading, read in self.columns]

    @property
    def left_out(self) -> int:
        return max(len(self.rows) - (MOST_DATED if self.key in DATED else MOST_SHOWN), 0)

    @cached_property
    def row_ids(self) -> list[str]:
        """The ids of the rows counted, sorted; read from the database when first asked for."""
        return self.ids()

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class WebinarRow:
    """One webinar. Registrations as they are now, or were when attendance was closed; None for what has not been held."""

    webinar: Webinar
    is_held: bool
    confirmed: int
    waiting: int
    cancelled: int
    attended: int | None
    municipalities: int | None
    new_municipalities: int | None
    cumulative_municipalities: int | None
    new_people: int | None
    returning_people: int | None
    satisfaction: float | None  # mean usefulness, 1 to 5
    answers: int
    views: int | None

    @property
    def is_closed(self) -> bool:
        return self.webinar.attendance_closed_at is not None

    @property
    def places(self) -> int:
        return self.webinar.capacity

    @property
    def percent(self) -> int | None:
        """Attended of confirmed, in whole per cent."""
        return per_cent(self.attended, self.confirmed) if self.attended is not None else None


@dataclass(frozen=True)
class CountRow:
    """A label and how many; ``percent`` of the table's whole."""

    label: str
    count: int | None
    percent: int | None = None
    code: str = ""


@dataclass(frozen=True)
class WebinarRoles:
    """Participations in one webinar by role code."""

    webinar: Webinar
    counts: dict[str, int]


@dataclass(frozen=True)
class ReachedRow:
    municipality: Municipality
    participations: int | None
    first_webinar: Webinar
    is_new: bool  # no participation in an earlier cycle
    membership: str  # kind of membership in words; empty when it does not belong


@dataclass(frozen=True)
class NotReachedRow:
    """A member without participation. ``written_at``: when the portal last wrote to it about the cycle."""

    municipality: Municipality
    membership: Any
    coming: int  # registrations for coming webinars
    written_at: datetime | None

    @property
    def kind(self) -> str:
        return self.membership.get_kind_display()

    @property
    def contact(self) -> str:
        return self.membership.contact_name or self.membership.contact_email


@dataclass(frozen=True)
class GroupRow:
    """Municipalities of a group: reached, members, and members or reached (``total``)."""

    label: str
    reached: int
    members: int
    total: int

    @property
    def squares(self) -> list[bool]:
        """One for each municipality: reached or not."""
        return [place < self.reached for place in range(self.total)]


@dataclass(frozen=True)
class RecordingRow:
    webinar: Webinar
    published_on: date
    address: str
    views: int | None


@dataclass(frozen=True)
class CycleTables:
    """Everything about a cycle at a moment. ``gender.rows`` is empty where the answers are too few to be shown."""

    cycle: Cycle
    figures: CycleFigures
    until: date | None
    webinars: Table  # of WebinarRow
    roles: Table  # of CountRow
    reached: Table  # of ReachedRow
    not_reached: Table  # of NotReachedRow
    by_region: Table  # of GroupRow
    by_district: Table  # of GroupRow
    by_nuts3: Table  # of GroupRow
    by_population: Table  # of GroupRow
    novelty: Table  # of CountRow: new and returning municipalities
    roles_by_webinar: Table  # of WebinarRoles
    gender: Table  # of CountRow: women, men, another or no answer
    satisfaction: Table  # of WebinarRow with answers
    recordings: Table  # of RecordingRow

    @property
    def all(self) -> tuple[Table, ...]:
        """In the order in which they are shown and filed."""
        return (
            self.webinars, self.roles, self.roles_by_webinar, self.gender, self.reached, self.not_reached, self.by_region,
            self.by_district, self.by_nuts3, self.by_population, self.novelty, self.satisfaction, self.recordings,
        )  # fmt: skip

    @property
    def lists(self) -> tuple[Table, ...]:
        """What no chart draws."""
        return self.reached, self.by_district, self.by_nuts3, self.novelty

    @property
    def coming(self) -> list[WebinarRow]:
        """Webinars still to be held, the next first."""
        return [row for row in self.webinars.rows if not row.is_held]


def count_columns(heading: str) -> tuple:
    """The columns of a table of CountRow."""
    return ((heading, lambda r: r.label), (_("Number"), lambda r: r.count), (_("Per cent"), lambda r: r.percent))


def per_cent(part: int, whole: int) -> int | None:
    """Whole per cent, halves up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
