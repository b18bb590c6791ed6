"""Figures of the catalogue: what it holds and where it has gaps. A fixed number of queries, whatever it holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from goodpractices.models import Practice, PracticeTerm, Version
from municipalities.models import Membership
from municipalities.nuts import NAMES
from network_portal.common.charts import BarChart, rows_chart
from network_portal.vocabularies.reading import Vocabularies, current

LAST_YEARS = 24  # in the table by year
LABEL, BARS = 25, 52  # characters beside a bar (the table says all), and where the bars begin, in per cent


@dataclass(frozen=True)
class Row:
    """``percent`` of the practices in the catalogue, rounded; ``towns`` only by territory."""

    label: str
    count: int
    percent: int | None = None
    towns: int | None = None


@dataclass(frozen=True)
class Table:
    """Rows with the sentence of what they count; those with nothing in them are ``gaps``."""

    code: str
    title: str
    definition: str
    heading: str
    rows: tuple[Row, ...]

    @property
    def chart(self) -> BarChart:
        return rows_chart([(row.label, row.count) for row in self.rows], most=LABEL, start=BARS)

    @property
    def chart_words(self) -> str:
        """The chart for who does not see it."""
        return _("Bars.") + " " + " ".join(f"{row.label}: {row.count}." for row in self.rows)

    @property
    def gaps(self) -> list[str]:
        return [row.label for row in self.rows if not row.count]


@dataclass(frozen=True)
class Figures:
    """``towns`` have a practice in the catalogue; ``members`` of the network do, of all ``all_members``."""

    listed: int
    waiting: int
    towns: int
    members: int
    all_members: int
    tables: tuple[Table, ...]


def catalogue_figures() -> Figures:
    listed, words = Practice.objects.listed(), current()
    totals = listed.aggregate(count=Count("pk"), towns=Count("municipality", distinct=True))
    total = totals["count"]
    members = Membership.objects.current().values("municipality")
    reached = listed.filter(municipality__in=members).aggregate(n=Count("municipality", distinct=True))["n"]
    terms = _terms(listed)
    return Figures(
        listed=total,
        waiting=Version.objects.in_queue().count(),
        towns=totals["towns"],
        members=reached,
        all_members=members.count(),
        tables=(
            _by_theme(terms, words, total),
            _by_axis(terms, words, total),
            _by_type(listed, words, total),
            _by_territory(listed, total),
            _by_evidence(listed, total),
            _by_year(listed, total),
        ),
    )


def to_lines(figures: Figures) -> tuple[list[str], Iterator[list]]:
    """Header and rows of the file: one line for each number."""
    header = [_("Table"), _("Row"), _("Practices"), _("Per cent"), _("Municipalities"), _("What it counts")]
    rows = (
        [table.title, row.label, row.count, row.percent, row.towns, table.definition]
        for table in figures.tables
        for row in table.rows
    )
    return header, rows


def _percent(count: int, total: int) -> int | None:
    return round(100 * count / total) if total else None


def _terms(listed: QuerySet) -> dict[int, int]:
    """How many practices name each term, by its primary key; one query for all vocabularies."""
    links = PracticeTerm.objects.filter(practice__in=listed.values("pk"))
    return dict(links.order_by().values_list("term").annotate(n=Count("pk")))


def _counted(vocabulary: str, found: dict[int, int], words: Vocabularies, total: int) -> tuple[Row, ...]:
    """Every term in use, the most frequent first, and retired ones that are still named."""
    terms = words.of(vocabulary, with_retired=True)
    kept = [term for term in terms if not term.is_retired or found.get(term.pk)]
    rows = [Row(capfirst(term.label), found.get(term.pk, 0), _percent(found.get(term.pk, 0), total)) for term in kept]
    return tuple(sorted(rows, key=lambda row: -row.count))


def _by_theme(found: dict[int, int], words: Vocabularies, total: int) -> Table:
    return Table(
        "themes",
        _("Themes"),
        _("Practices in the catalogue that name the theme. A practice can name several."),
        _("Theme"),
        _counted("theme", found, words, total),
    )


def _by_axis(found: dict[int, int], words: Vocabularies, total: int) -> Table:
    return Table(
        "axes",
        _("Axes of inequality"),
        _("Practices in the catalogue that say how they looked at the axis. A practice can name several."),
        _("Axis"),
        _counted("axis", found, words, total),
    )


def _by_type(listed: QuerySet, words: Vocabularies, total: int) -> Table:
    found = dict(listed.order_by().values_list("practice_type").annotate(n=Count("pk")))
    return Table(
        "types",
        _("What kind of practice"),
        _("Each practice in the catalogue counts once."),
        _("Kind"),
        _counted("practice_type", found, words, total),
    )


def _by_territory(listed: QuerySet, total: int) -> Table:
    rows = listed.order_by().values_list("municipality__nuts3")
    found = rows.annotate(n=Count("pk"), towns=Count("municipality", distinct=True)).order_by("-n", "municipality__nuts3")
    return Table(
        "territory",
        _("Territory"),
        _("Each practice counts in the region (NUTS 3) of its municipality."),
        _("Region"),
        tuple(Row(NAMES.get(code, code) or _("not known"), n, _percent(n, total), towns) for code, n, towns in found),
    )


def _by_evidence(listed: QuerySet, total: int) -> Table:
    found = dict(listed.order_by().values_list("evidence").annotate(n=Count("pk")))
    return Table(
        "evidence",
        _("Evidence"),
        _("How well the results are proven, computed from what is written: from 0 (described) to 4 (replicated elsewhere)."),
        _("Level"),
        tuple(
            Row(f"{level.value} {level.label}", found.get(level.value, 0), _percent(found.get(level.value, 0), total))
            for level in Practice.Evidence
        ),
    )


def _by_year(listed: QuerySet, total: int) -> Table:
    rows = listed.order_by().annotate(year=ExtractYear("first_published_at")).values_list("year")
    found = dict(rows.annotate(n=Count("pk")))
    years = range(max(min(found, default=0), max(found, default=-1) - LAST_YEARS + 1), max(found, default=-1) + 1)
    return Table(
        "years",
        _("Year"),
        _("The year in which the practice was first published here. What was taken out since is not counted."),
        _("Year"),
        tuple(Row(str(year), found.get(year, 0), _percent(found.get(year, 0), total)) for year in years),
    )
