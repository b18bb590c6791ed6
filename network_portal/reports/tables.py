"""Which of the cycle's tables a funder gets, and which columns: everything exact, nobody's name, no contact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from network_portal.reports.content import LANGUAGES, in_each_language
from webinars.models import Cycle
from webinars.stats import cycle_tables


@dataclass(frozen=True)
class Column:
    """``read`` takes a row of ``webinars.stats``; ``holds``: can be derived again for the same day later on."""

    code: str
    label: Any  # lazy
    kind: str
    read: Callable[[Any], Any]
    holds: bool = True


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


NUMBER = Column("number", gettext_lazy("No."), "number", lambda row: row.webinar.number)
WEBINAR = Column("webinar", gettext_lazy("Webinar"), "text", lambda row: row.webinar.title)
CODE = Column("code", gettext_lazy("Code"), "text", lambda row: row.municipality.code)
TOWN = Column("municipality", gettext_lazy("Municipality"), "text", lambda row: row.municipality.label)
DISTRICT = Column("district", gettext_lazy("District"), "text", lambda row: row.municipality.district)
SHARE = Column("percent", "%", "percent", lambda row: row.percent)
VIEWS = Column("views", gettext_lazy("Views"), "number", lambda row: row.views, holds=False)

PEOPLE_OF_WEBINARS = [
    Column("confirmed", gettext_lazy("Confirmed"), "number", lambda row: row.confirmed, holds=False),
    Column("attended", gettext_lazy("Attended"), "number", lambda row: row.attended),
    Column("percent", "%", "percent", lambda row: row.percent, holds=False),
]
WEBINARS = [
    NUMBER,
    WEBINAR,
    Column("day", gettext_lazy("Day"), "day", lambda row: _day(row.webinar.starts_local.date())),
    *PEOPLE_OF_WEBINARS,
    Column("municipalities", gettext_lazy("Municipalities"), "number", lambda row: row.municipalities),
    Column("new", pgettext_lazy("municipalities", "New"), "number", lambda row: row.new_municipalities),
    Column("sum", gettext_lazy("Added up"), "number", lambda row: row.cumulative_municipalities),
]
REACHED = [
    CODE,
    TOWN,
    DISTRICT,
    Column("participations", gettext_lazy("Participations"), "number", lambda row: row.participations),
    Column("first", gettext_lazy("First webinar"), "number", lambda row: row.first_webinar.number),
    Column("membership", gettext_lazy("In the network"), "text", lambda row: row.membership, holds=False),
]
NOT_REACHED = [CODE, TOWN, DISTRICT, Column("membership", gettext_lazy("In the network"), "text", lambda row: row.kind)]
SATISFACTION = [
    NUMBER,
    WEBINAR,
    Column("answers", gettext_lazy("Answers"), "number", lambda row: row.answers, holds=False),
    Column("mean", gettext_lazy("Mean, 1 to 5"), "number", lambda row: row.satisfaction, holds=False),
]
RECORDINGS = [NUMBER, WEBINAR, Column("day", gettext_lazy("Published on"), "day", lambda row: _day(row.published_on)), VIEWS]


def _counted(label) -> list[Column]:
    count = Column("count", gettext_lazy("Number"), "number", lambda row: row.count)
    return [Column("label", label, "text", lambda row: row.label), count, SHARE]


def _grouped(label) -> list[Column]:
    return [
        Column("label", label, "text", lambda row: row.label),
        Column("reached", gettext_lazy("Reached"), "number", lambda row: row.reached),
        Column("members", gettext_lazy("In the network"), "number", lambda row: row.members, holds=False),
        Column("total", gettext_lazy("Reached or in the network"), "number", lambda row: row.total, holds=False),
    ]


# of CycleTables → its columns here; in the order of the report
TABLES = {
    "webinars": WEBINARS,
    "roles": _counted(gettext_lazy("Role")),
    "gender": _counted(gettext_lazy("Answer")),
    "reached": REACHED,
    "not_reached": NOT_REACHED,
    "by_region": _grouped(gettext_lazy("Region")),
    "by_district": _grouped(gettext_lazy("District")),
    "by_nuts3": _grouped("NUTS 3"),
    "by_population": _grouped(gettext_lazy("Residents")),
    "novelty": _counted(gettext_lazy("Municipalities")),
    "satisfaction": SATISFACTION,
    "recordings": RECORDINGS,
}
# the rows of these come in an order that depends on the language of their labels
ORDERS = {
    "roles": lambda row: (-row.count, row.code),
    **dict.fromkeys(("by_region", "by_district", "by_nuts3"), lambda row: (-row.reached, -row.total, _place(row))),
}
# in place of sentences that speak of columns which a funder does not get
DEFINITIONS = {"not_reached": gettext_lazy("Members of the network without attendance in the cycle.")}
DO_NOT_HOLD = {"not_reached", "satisfaction"}  # depend on the day on which they are asked for


def tables(cycle: Cycle, *, until: date) -> list[dict]:
    """Every table in the form of ``content``, in each language."""
    in_language = {}
    for code in LANGUAGES:
        with translation.override(code):
            found = cycle_tables(cycle, until=until)
            in_language[code] = {name: _told(name, getattr(found, name)) for name in TABLES}
    return [_merged(name, [in_language[code][name] for code in LANGUAGES]) for name in TABLES]


def _told(name: str, table) -> dict:
    """Of the active language; what is lazy in it is read now."""
    in_order = sorted(table.rows, key=ORDERS[name]) if name in ORDERS else table.rows
    rows = [[_plain(column.read(row)) for column in TABLES[name]] for row in in_order]
    return {"title": str(table.title), "definition": str(DEFINITIONS.get(name, table.definition)), "rows": rows}


def _place(row) -> str:
    """The name of a group; of the one without a name nothing, in every language."""
    return "" if row.label == _("Not known") else row.label


def _plain(cell):
    return cell if cell is None or isinstance(cell, (int, float)) else str(cell)


def _merged(name: str, told: list[dict]) -> dict:
    columns, first = TABLES[name], told[0]
    return {
        "code": name,
        "title": _texts([one["title"] for one in told]),
        "definition": _texts([one["definition"] for one in told]),
        "columns": [_heading(column) for column in columns],
        "rows": [
            [_texts(list(cells)) for cells in zip(*rows, strict=True)] for rows in zip(*(t["rows"] for t in told), strict=True)
        ],
        "withheld": in_each_language(_too_few) if name == "gender" and not first["rows"] else None,
    }


def _too_few() -> str:
    return _("Withheld: too few people answered to be shown without telling who they are.")


def _heading(column: Column) -> dict:
    return {"code": column.code, "label": in_each_language(lambda: column.label), "kind": column.kind}


def _texts(values: list):
    """One value where all languages say the same, else language → text."""
    return values[0] if all(value == values[0] for value in values) else dict(zip(LANGUAGES, values, strict=True))


def holding_columns(code: str) -> list[int]:
    """Which columns of a table can be compared when it is derived again; none of one that depends on the day."""
    if code in DO_NOT_HOLD or code not in TABLES:
        return []
    return [n for n, column in enumerate(TABLES[code]) if column.holds and column.kind != "text"]
