"""What the figures are: one function for the four of a cycle, one for all its tables, one for what is public of them."""

from datetime import date

from webinars.models import Cycle
from webinars.stats.counting import count, not_reached_subject
from webinars.stats.figures import CycleFigures, cycle_figures
from webinars.stats.forecast import Forecast, forecast, forecast_of, is_running
from webinars.stats.layout import lay_out
from webinars.stats.one_webinar import WebinarTables, webinar_tables
from webinars.stats.small_numbers import public_attendance, public_figures, public_tables
from webinars.stats.tables import CycleTables, Table

__all__ = [
    "CycleFigures",
    "CycleTables",
    "Forecast",
    "Table",
    "WebinarTables",
    "cycle_figures",
    "cycle_tables",
    "forecast",
    "forecast_of",
    "is_running",
    "not_reached_subject",
    "public_attendance",
    "public_figures",
    "public_tables",
    "webinar_tables",
]


def cycle_tables(cycle: Cycle, *, until: date | None = None) -> CycleTables:
    """Everything that the figures of ``cycle`` hold, exact, the four figures included; nine queries, whatever the size.

    ``until`` is the cut-off day: whole webinars that ended by then, recordings published by then, members of that day.
    """
    return lay_out(count(cycle, until=until))
