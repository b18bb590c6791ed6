"""No number from 1 to 4 follows from what everybody sees: the equations of the public tables are solved for random cycles."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest

from municipalities.models import Municipality
from network_portal.vocabularies.models import Term
from network_portal.vocabularies.reading import Vocabularies
from webinars.models import Cycle, Webinar
from webinars.stats import public_tables
from webinars.stats.counting import Counts
from webinars.stats.figures import CycleFigures
from webinars.stats.layout import lay_out
from webinars.stats.small_numbers import gender_split, is_small, to_withhold
from webinars.stats.tables import CycleTables

FIRST = datetime(2024, 1, 10, 10, tzinfo=UTC)
TODAY = date(2025, 6, 1)
NO_TERMS = Vocabularies(None, {}, {}, {})
SEEDS = range(400)
SIZES = [(0, 3), (0, 6), (1, 8), (2, 30), (5, 60)]  # least and most people of a cell


def random_cycle(seed: int) -> CycleTables:
    """A finished cycle of invented attendances: who came to which webinar, from where, in which role."""
    chance = Random(seed)
    cycle = Cycle(pk=1, title="Ciclo", slug="c", starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    webinars, roles = chance.randint(1, 6), chance.randint(1, 5)
    towns = [Municipality(pk=n, name=f"T{n}", name_folded=f"t{n:02}", region=f"R{n % 3}") for n in range(chance.randint(1, 12))]
    low, high = chance.choice(SIZES)
    came = [
        (webinar, chance.choice([None, *towns]), chance.randrange(roles))
        for webinar in range(webinars)
        for _ in range(chance.randint(low, high))
    ]
    return lay_out(counts_of(chance, cycle, webinars, came))


def counts_of(chance: Random, cycle: Cycle, webinars: int, came: list) -> Counts:
    made = [make_webinar(n, cycle, [row for row in came if row[0] == n], chance) for n in range(webinars)]
    reached = sorted({town.pk: town for _w, town, _r in came if town}.values(), key=lambda town: town.pk)
    for town in reached:
        town.participations = sum(1 for _w, t, _r in came if t is town)
        town.first_start = min(made[w].starts_at for w, t, _r in came if t is town)
        town.came_before = chance.random() < 0.3
    people = chance.randint((len(came) + 1) // 2, len(came)) if came else 0
    roles = {f"r{role}": Term(code=f"r{role}", labels={"pt": f"R{role}"}) for _w, _t, role in came}
    participations = Counter((webinar + 1, f"r{role}") for webinar, _t, role in came)
    figures = CycleFigures(webinars, len(came), people, len(reached), 0, FIRST)
    return Counts(
        cycle=cycle, until=TODAY, figures=figures, held=None, webinars=made, first_timers={},
        registrations={}, terms=NO_TERMS, roles=roles, participations=participations, reached=reached, members=[], coming={},
        genders={code: chance.choice([0, 1, 3, 4, 5, 9, 40]) for code in ("woman", "man", "another", "not_said")},
    )  # fmt: skip


def make_webinar(number: int, cycle: Cycle, came: list, chance: Random) -> Webinar:
    start = FIRST + timedelta(days=30 * number)
    webinar = Webinar(
        pk=number + 1, number=number + 1, cycle=cycle, title="W", starts_at=start, ends_at=start + timedelta(hours=2)
    )
    webinar.towns_came = len({town.pk for _w, town, _r in came if town})
    webinar.answers = chance.choice([0, 1, 2, 4, 5, 6, 30])
    webinar.usefulness, webinar.has_recording = 4 * webinar.answers, False
    return webinar


class Solver:
    """Equations with whole unknowns of at least some number; ``known`` are those that have one solution."""

    def __init__(self):
        self.equations, self.least = [], {}

    def add(self, names: list[str], value: int | None) -> None:
        if value is not None:
            self.equations.append(({name: Fraction(1) for name in names}, Fraction(value)))

    def known(self, names: list[str]) -> dict[str, int]:
        """By exact elimination, then by bounds: a sum as small as its parts can be gives every part away."""
        rows = self._eliminated(sorted({name for left, _ in self.equations for name in left} | set(names)))
        found = {}
        for left, right in rows:
            if len(left) == 1:
                name, factor = next(iter(left.items()))
                found[name] = right / factor
        for left, right in [*rows, *self.equations]:
            rest = right - sum(f * found[n] for n, f in left.items() if n in found)
            unknown = {n: f for n, f in left.items() if n not in found}
            if unknown and all(f == 1 for f in unknown.values()) and rest == sum(self.least.get(n, 0) for n in unknown):
                found |= {n: Fraction(self.least.get(n, 0)) for n in unknown}
        return {name: int(value) for name, value in found.items() if name in names}

    def _eliminated(self, order: list[str]):
        rows = [(dict(left), right) for left, right in self.equations]
        done = []
        for name in order:
            pivot = next((row for row in rows if row[0].get(name)), None)
            if pivot is None:
                continue
            rows = [row for row in rows if row is not pivot]
            factor = pivot[0][name]
            pivot = ({n: f / factor for n, f in pivot[0].items()}, pivot[1] / factor)
            rows, done = ([self._without(row, name, pivot) for row in group] for group in (rows, done))
            done.append(pivot)
        return [(left, right) for left, right in done if left]

    @staticmethod
    def _without(row, name, pivot):
        factor = row[0].get(name, Fraction(0))
        if not factor:
            return row
        left = {n: row[0].get(n, 0) - factor * pivot[0].get(n, 0) for n in {*row[0], *pivot[0]}}
        return {n: f for n, f in left.items() if f}, row[1] - factor * pivot[1]


def what_follows(exact: CycleTables, public: CycleTables) -> dict[str, int]:
    """Every cell of a person count that the public tables give away, whoever adds and subtracts them.

    Whoever reads them is taken to know which roles and webinars had anybody at all.
    """
    solver = Solver()
    webinars = {f"w{row.webinar.pk}": row for row in exact.webinars.rows if row.attended}
    roles = {f"r{row.code}": row.count for row in exact.roles.rows}
    towns = [f"t{row.municipality.pk}" for row in exact.reached.rows]
    answers = {f"a{row.webinar.pk}": row.answers for row in exact.satisfaction.rows}
    solver.least |= dict.fromkeys([*webinars, *roles, *answers], 1)
    figures = public.figures
    for names in ([*webinars], [*roles], [*towns, "bodies"]):
        solver.add(names, figures.participations)
    for row in public.webinars.rows:
        if f"w{row.webinar.pk}" in webinars:
            solver.add([f"w{row.webinar.pk}"], row.attended)
            solver.least[f"w{row.webinar.pk}"] = max(row.municipalities or 1, row.new_municipalities or 1)
    shown = {f"r{row.code}" for row in public.roles.rows}
    for row in public.roles.rows:
        solver.add([f"r{row.code}"] if f"r{row.code}" in roles else [name for name in roles if name not in shown], row.count)
    for row in public.reached.rows:
        solver.least[f"t{row.municipality.pk}"] = 1
        solver.add([f"t{row.municipality.pk}"], row.participations)
    if public.by_region.rows or public.novelty.rows:  # the names may be guessed from these
        solver.least |= dict.fromkeys(towns, 1)
    solver.add(["people"], figures.people)
    solver.add(["people", "came again"], figures.participations)
    for row in public.gender.rows:
        solver.add([f"g{row.code}"], row.count)
    if public.gender.rows:
        solver.add([f"g{row.code}" for row in public.gender.rows] + ["no answer"], figures.participations)
    for row in public.satisfaction.rows:
        solver.add([f"a{row.webinar.pk}"], row.answers)
    cells = [*webinars, *roles, *towns, "bodies", "people", "came again", *answers, "no answer", "gwoman", "gman", "gother"]
    return solver.known(cells)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_number_from_1_to_4_follows_from_the_public_tables(seed):
    exact = random_cycle(seed)
    follows = what_follows(exact, public_tables(exact, today=TODAY))
    given_away = {name: value for name, value in follows.items() if is_small(value)}
    assert given_away == {}, f"seed {seed}"


def test_with_only_the_small_cell_hidden_the_solver_finds_it(monkeypatch):
    """The negative control: without the second cell, total minus the others is the secret."""
    monkeypatch.setattr("webinars.stats.small_numbers.to_withhold", lambda counts: {n for n, c in enumerate(counts) if c < 5})
    found = [
        seed
        for seed in SEEDS
        if any(map(is_small, what_follows(e := random_cycle(seed), public_tables(e, today=TODAY)).values()))
    ]
    assert len(found) > len(SEEDS) / 10


def test_the_solver_finds_a_cell_by_bounds():
    solver = Solver()
    solver.least |= {"a": 1, "b": 1}
    solver.add(["a", "b"], 2)
    assert solver.known(["a", "b"]) == {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([], set()),
        ([40, 38, 5], set()),
        ([3], {0}),
        ([40, 3], {0, 1}),
        ([40, 38, 3], {1, 2}),  # with the next larger one
        ([40, 4, 3], {1, 2}),
        ([40, 1, 1], {0, 1, 2}),  # 2 together is too few
        ([40, 30, 1, 1, 1, 1, 1], {1, 2, 3, 4, 5, 6}),  # 5 together, but each must be 1
        ([5, 5, 4], {0, 2}),
    ],
)
def test_what_is_withheld_beside_a_total(counts, hidden):
    assert to_withhold(counts) == hidden or {counts[n] for n in to_withhold(counts)} == {counts[n] for n in hidden}


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, {}),
        ({"woman": 5}, {}),
        ({"woman": 9}, {}),
        ({"woman": 10}, {"woman": 10, "man": 0}),
        ({"woman": 30, "man": 4}, {}),
        ({"woman": 30, "man": 5}, {"woman": 30, "man": 5}),
        ({"woman": 30, "man": 8, "another": 1, "not_said": 5}, {"woman": 30, "man": 8, "other": 6}),
        ({"woman": 30, "man": 8, "another": 1, "not_said": 2}, {}),
        ({"woman": 30, "man": 8, "another": 5, "not_said": 6}, {"woman": 30, "man": 8, "another": 5, "not_said": 6}),
    ],
)
def test_the_split_by_gender(answers, shown):
    assert gender_split(answers) == shown


def test_while_a_cycle_runs_nothing_is_split_by_role_or_gender():
    exact = random_cycle(4)
    assert not public_tables(exact, today=date(2024, 12, 31)).roles
    assert not public_tables(exact, today=date(2024, 12, 31)).gender


def test_random_cycles_are_not_all_withheld():
    """What holds by showing nothing would prove nothing."""
    shown = [public_tables(random_cycle(seed), today=TODAY) for seed in SEEDS]
    assert sum(bool(tables.roles) for tables in shown) > len(SEEDS) / 2
    assert sum(bool(tables.reached) for tables in shown) > len(SEEDS) / 2
    assert sum(bool(tables.gender) for tables in shown) > 10
    assert sum(any(row.attended for row in tables.webinars.rows) for tables in shown) > len(SEEDS) / 2
