"""What may be shown to everybody. ``public_tables`` is the one door: no public figure or file goes around it.

Rules (privacy design; ONS 10, OECD glossary 5 and 3, Eurostat 2023 "[1,7]"): people are counted from 5 on; a split by
gender from 10 on, when no part of it is 1 to 4. A number that would give another away goes with it, so that no number
from 1 to 4 follows from totals, other tables or their differences. Municipalities and recordings are no people: they are
shown, unless they tell how many came. What is counted while a cycle runs is never split by role or gender, because two
days compared would be one webinar. tests/webinars/test_small_numbers.py solves the equations of what is published.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from webinars.stats.figures import CycleFigures
from webinars.stats.tables import CountRow, CycleTables, Table, WebinarRow, count_columns, per_cent

THRESHOLD = 5  # people
GENDER_TOTAL = 10  # answers


def is_small(number: int | None) -> bool:
    return number is not None and 0 < number < THRESHOLD


def gender_split(genders: dict[str, int]) -> dict[str, int]:
    """The parts that may be shown side by side; empty when the whole split is withheld.

    "Another answer" and "not said" become one part ("other") when either is small.
    """
    parts = {"woman": genders.get("woman", 0), "man": genders.get("man", 0)}
    others = {code: genders.get(code, 0) for code in ("another", "not_said")}
    if any(number < THRESHOLD for number in others.values()):
        others = {"other": sum(others.values())}
    parts |= others
    if sum(parts.values()) < GENDER_TOTAL or any(map(is_small, parts.values())):
        return {}
    return {code: number for code, number in parts.items() if number or code != "other"}


def gender_splits(by_webinar: dict[int, dict[str, int]]) -> dict[int, dict[str, int]]:
    """The split of each webinar of a cycle: women, men and all other answers together.

    Either those of all webinars with answers or none: the one that is withheld would be the cycle's less the others.
    """
    merged = {
        webinar: {
            "woman": told.get("woman", 0),
            "man": told.get("man", 0),
            "not_said": told.get("another", 0) + told.get("not_said", 0),
        }
        for webinar, told in by_webinar.items()
        if any(told.values())
    }
    return merged if all(gender_split(parts) for parts in merged.values()) else {}


def to_withhold(counts: Sequence[int]) -> set[int]:
    """Positions in ``counts`` that may not be shown one by one beside their total.

    The small ones, with the next larger ones until at least two are hidden and their sum leaves each of them open even to
    who knows that none of them is nothing.
    """
    hidden = {place for place, number in enumerate(counts) if number < THRESHOLD}
    rest = sorted((place for place in range(len(counts)) if place not in hidden), key=lambda place: (-counts[place], place))
    while hidden and rest and not _leaves_open([counts[place] for place in hidden]):
        hidden.add(rest.pop())
    return hidden


def _leaves_open(hidden: list[int]) -> bool:
    return len(hidden) >= 2 and sum(hidden) >= len(hidden) + THRESHOLD - 1


def public_figures(figures: CycleFigures) -> CycleFigures:
    """The four figures with None for what is too few to be said."""
    if is_small(figures.participations):
        return replace(figures, participations=None, people=None, municipalities=None)
    if is_small(figures.people) or is_small(figures.participations - figures.people):
        return replace(figures, people=None)
    return figures


def public_tables(tables: CycleTables, *, today: date | None = None) -> CycleTables:
    """``tables`` as everybody may see them; empty tables and None stand for what is withheld. No query."""
    figures = public_figures(tables.figures)
    is_complete = not tables.coming and tables.cycle.ends_on < (today or timezone.localdate())
    names_towns = _can_name_towns(tables.figures)
    return replace(
        tables,
        figures=figures,
        webinars=_webinars(tables),
        roles=_roles(tables.roles) if is_complete and figures.participations else _emptied(tables.roles),
        roles_by_webinar=_emptied(tables.roles_by_webinar),
        gender=tables.gender if is_complete and _fits(tables) else _emptied(tables.gender),
        reached=_named_only(tables.reached) if names_towns else _emptied(tables.reached),
        not_reached=_emptied(tables.not_reached),  # with its contacts, for the coordination alone
        **{name: _open(getattr(tables, name), names_towns) for name in ("by_region", "by_district", "by_nuts3")},
        by_population=_open(tables.by_population, names_towns),
        novelty=_open(tables.novelty, names_towns),
        satisfaction=_satisfaction(tables.satisfaction),
        recordings=replace(tables.recordings, ids=list),
    )


def _can_name_towns(figures: CycleFigures) -> bool:
    """With hardly more participations than towns, a town's name would say how many came from it."""
    return figures.participations - figures.municipalities >= THRESHOLD


def _fits(tables: CycleTables) -> bool:
    """Answers and participations compared must not say that 1 to 4 did not answer."""
    return not is_small(tables.figures.participations - sum(row.count for row in tables.gender.rows))


def _emptied(table: Table) -> Table:
    return replace(table, rows=(), ids=list)


def _open(table: Table, may: bool) -> Table:
    return replace(table, ids=list) if may else _emptied(table)


def _webinars(tables: CycleTables) -> Table:
    """Places and participations; registrations, people and percentages stay with the coordination.

    How many municipalities are new is shown only when no webinar of the cycle is withheld.
    """
    shown = public_attendance({row.webinar.pk: (row.attended or 0, row.municipalities or 0) for row in tables.webinars.rows})
    rows = [_public_row(row, *shown[row.webinar.pk]) for row in tables.webinars.rows]
    if any(row.attended is None or row.municipalities is None for row in rows if row.is_held):
        rows = [replace(row, new_municipalities=None, cumulative_municipalities=None) for row in rows]
    return replace(tables.webinars, columns=_public_columns(), rows=tuple(rows), ids=list)


def public_attendance(counts: dict[int, tuple[int, int]]) -> dict[int, tuple[int | None, int | None]]:
    """Participations and municipalities of each webinar of one cycle, with None for what is withheld.

    A webinar without any attendance is not counted yet: nothing to withhold, nothing to show. Municipalities are shown
    where clearly more people than municipalities came.
    """
    counted = [pk for pk, (people, _towns) in counts.items() if people]
    hidden = {counted[place] for place in to_withhold([counts[pk][0] for pk in counted])}
    return {
        pk: (None, None) if pk in hidden or not people else (people, towns if people - towns >= THRESHOLD else None)
        for pk, (people, towns) in counts.items()
    }


def _public_row(row: WebinarRow, attended: int | None, municipalities: int | None) -> WebinarRow:
    return replace(
        row,
        confirmed=0,
        waiting=0,
        cancelled=0,
        attended=attended,
        municipalities=municipalities,
        new_people=None,
        returning_people=None,
        satisfaction=None,
        answers=0,
    )


def _public_columns() -> tuple:
    return (
        (_("Number"), lambda r: r.webinar.number),
        (_("Webinar"), lambda r: r.webinar.title),
        (_("Day"), lambda r: r.webinar.starts_local.date()),
        (_("Places"), lambda r: r.places),
        (_("Attended"), lambda r: r.attended),
        (_("Municipalities"), lambda r: r.municipalities),
        (_("New municipalities"), lambda r: r.new_municipalities),
        (_("Municipalities so far"), lambda r: r.cumulative_municipalities),
        (_("Views of the recording"), lambda r: r.views),
    )


def _roles(table: Table) -> Table:
    """Small roles as one row, together with the smallest of the others where that is needed."""
    hidden = to_withhold([row.count for row in table.rows])
    whole = sum(row.count for row in table.rows)
    rows = [row for place, row in enumerate(table.rows) if place not in hidden]
    if hidden:
        together = sum(table.rows[place].count for place in hidden)
        rows.append(CountRow(_("Other roles together"), together, per_cent(together, whole), "together"))
    return replace(table, columns=count_columns(_("Role")), rows=tuple(rows), ids=list)


def _named_only(table: Table) -> Table:
    """Which municipalities, never how many came from each."""
    columns = tuple(column for column in table.columns if column[0] not in (_("Participations"), _("First webinar")))
    rows = tuple(replace(row, participations=None) for row in table.rows)
    return replace(table, columns=columns, rows=rows, ids=list)


def _satisfaction(table: Table) -> Table:
    hidden = to_withhold([row.answers for row in table.rows])
    return replace(table, rows=tuple(row for place, row in enumerate(table.rows) if place not in hidden), ids=list)
