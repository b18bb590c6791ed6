"""What the pages of reports show, put together from reads."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network_portal.reports import building
from network_portal.reports.content import in_language
from network_portal.reports.missing import missing
from network_portal.reports.models import Report
from network_portal.reports.printing import cell_in_words
from webinars.models import Cycle


def crumbs(report: Report) -> list[tuple[str, str]]:
    return [(_("Reports"), reverse("reports:list"))]


def by_cycle(user) -> list[tuple[Cycle, list[Report]]]:
    """Every cycle with its reports, in two queries."""
    found: dict[int, list[Report]] = {}
    for report in Report.objects.visible_to(user).latest_first().select_related("corrects").prefetch_related("corrections"):
        found.setdefault(report.cycle_id, []).append(report)
    return [(cycle, found.get(cycle.pk, [])) for cycle in Cycle.objects.current_first()]


def initial_of_new(slug: str) -> dict:
    """The cycle of the address, else the current one; up to its last day or yesterday."""
    cycle = Cycle.objects.filter(slug=slug).first() or Cycle.objects.current_first().first()
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    return {"cycle": cycle and cycle.pk, "cut_off": min(cycle.ends_on, yesterday) if cycle else yesterday}


def shown(content: dict) -> dict:
    """Figures and tables of ``content`` in the language of the page, cells as they are read."""
    told = in_language(content, get_language())
    tables = [_table(table) for table in told["tables"]]
    four = [figure for figure in told["figures"] if figure["target"] is not None]
    people = next(figure for figure in told["figures"] if figure["code"] == "people")
    return {"content": told, "figures": four, "people": people, "tables": tables}


def _table(table: dict) -> dict:
    columns = table["columns"]
    rows = [
        [{"text": cell_in_words(cell, about["kind"]), **about} for cell, about in zip(row, columns, strict=True)]
        for row in table["rows"]
    ]
    return {**table, "rows": rows, "heads_row": _heads_row(columns)}


def _heads_row(columns: list[dict]) -> int:
    """Which column names the row: the first text."""
    return next((n for n, column in enumerate(columns) if column["kind"] == "text"), 0)


def draft(report: Report) -> dict:
    """Everything as it is now."""
    return {**shown(building.build(report)), "missing": missing(report.cycle, until=report.cut_off)}


def frozen(report: Report) -> dict:
    """Everything as it was frozen, and the reports that came in its place."""
    return {
        **shown(report.frozen),
        "texts": [(code, name, report.frozen["text"].get(code, "")) for code, name in settings.LANGUAGES],
        "languages": settings.LANGUAGES,
        "corrections": list(report.corrections.order_by("number")),
    }
