"""The figures of one webinar: the counts of its cycle, narrowed to it; nothing is counted in another way.

For coordinators alone. The split by gender is the exception that holds for them too: see ``small_numbers``.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Sum
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from webinars.models import AttendanceFact, GenderFact, Webinar
from webinars.stats.counting import Counts, count
from webinars.stats.figures import Held
from webinars.stats.layout import gender_table, lay_out
from webinars.stats.small_numbers import gender_splits
from webinars.stats.tables import CycleTables, Table, WebinarRow

LEFT_OUT = 2  # columns of the row of a webinar that name it


@dataclass(frozen=True)
class WebinarTables:
    """Everything about one webinar; tables as in CycleTables. ``gender`` is empty where the answers are too few."""

    row: WebinarRow
    facts: Table  # the numbers of ``row``, one below the other
    roles: Table
    gender: Table
    reached: Table
    not_reached: Table
    by_region: Table
    by_district: Table
    by_nuts3: Table
    by_population: Table
    novelty: Table
    unreached: int  # contacts of members that no webinar of the cycle has reached

    @property
    def towns(self) -> int:
        """Municipalities that belong to the network or were present."""
        return sum(group.total for group in self.by_region.rows)

    @property
    def webinar(self) -> Webinar:
        return self.row.webinar

    @cached_property
    def all(self) -> tuple[Table, ...]:
        """In the order in which they are shown and filed."""
        return (self.facts, self.roles, self.gender, *self.lists, self.not_reached, self.by_region, self.by_population)

    @property
    def lists(self) -> tuple[Table, ...]:
        """What no chart draws."""
        return self.reached, self.by_district, self.by_nuts3, self.novelty


def webinar_tables(webinar: Webinar) -> WebinarTables | None:
    """The figures of ``webinar`` (with its cycle), exact; eleven queries. None before it is published."""
    counts = count(webinar.cycle)
    whole = lay_out(counts)
    row = next((row for row in whole.webinars.rows if row.webinar.pk == webinar.pk), None)
    if row is None:
        return None
    part = lay_out(_narrowed(counts, row))
    return WebinarTables(
        row=row,
        facts=_facts(whole.webinars, row),
        gender=_gender(counts, row),
        unreached=sum(bool(missed.membership.contact_email) for missed in whole.not_reached.rows),
        **_told_anew(part),
        **{name: getattr(part, name) for name in ("roles", "by_region", "by_district", "by_nuts3", "by_population")},
    )


def _narrowed(counts: Counts, row: WebinarRow) -> Counts:
    """``counts`` with only those who came to the webinar; towns keep the first webinar of the cycle that they came to."""
    webinar = row.webinar
    return replace(
        counts,
        figures=replace(counts.figures, participations=row.attended or 0),
        held=Held({"pk": webinar.pk}),
        participations={key: n for key, n in counts.participations.items() if key[0] == webinar.pk},
        reached=list(_towns(counts, webinar)) if row.is_held else [],
    )


def _towns(counts: Counts, webinar: Webinar) -> Iterable[Municipality]:
    """Those that came to ``webinar``, with its participations; new at the first of the cycle's webinars that they came to."""
    rows = AttendanceFact.objects.filter(webinar=webinar, municipality__isnull=False).order_by()
    came = dict(rows.values_list("municipality").annotate(n=Sum("count")))
    first_at = {held.starts_at: held.pk for held in reversed(counts.webinars)}
    for town in counts.reached:
        if town.pk in came:
            town = copy(town)
            town.participations, town.came_before = came[town.pk], first_at[town.first_start] != webinar.pk
            yield town


def _told_anew(part: CycleTables) -> dict[str, Table]:
    """The tables that mean something else of one webinar than of a cycle."""
    return {
        "reached": replace(
            part.reached,
            title=_("Municipalities present"),
            definition=_(
                "Municipalities with at least one attendance at this webinar, and the first webinar that they attended."
            ),
        ),
        "not_reached": replace(
            part.not_reached,
            title=_("Municipalities not present"),
            definition=_(
                "Members of the network without attendance at this webinar, and their registrations for coming webinars."
            ),
        ),
        "novelty": replace(
            part.novelty,
            definition=_("Municipalities present: new at the first webinar of the cycle that they attended, else returning."),
        ),
    }


def _facts(table: Table, row: WebinarRow) -> Table:
    cells = [(heading, read(row)) for heading, read in table.columns[LEFT_OUT:]]
    return Table(
        key="webinar",
        title=_("The webinar"),
        definition=table.definition,
        columns=((_("Figure"), lambda pair: pair[0]), (_("Number"), lambda pair: pair[1])),
        rows=tuple(cells),
    )


def _gender(counts: Counts, row: WebinarRow) -> Table:
    answers: dict[int, dict[str, int]] = {}
    for webinar, code, n in counts.held.rows(GenderFact).values_list("webinar", "gender", "count"):
        answers.setdefault(webinar, {})[code] = n
    return gender_table(gender_splits(answers).get(row.webinar.pk, {}))
