"""The figures of the catalogue: what is counted, what is not covered, and the same cost whatever it holds."""

import pytest
from django.utils import timezone, translation

from goodpractices import services
from goodpractices.models import Practice
from goodpractices.stats import catalogue_figures
from municipalities.models import Membership
from tests.factories import make_coordinator, make_municipality
from tests.goodpractices.catalogue import themes
from tests.goodpractices.practices import make_draft, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def table(code: str):
    return next(table for table in catalogue_figures().tables if table.code == code)


def counts(code: str) -> dict[str, int]:
    return {row.label: row.count for row in table(code).rows if row.count}


def test_each_theme_counts_the_practices_that_name_it():
    make_practice(**themes("care", "health"))
    make_practice(**themes("care"))
    make_draft(**themes("education"))
    rows = {row.label: (row.count, row.percent) for row in table("themes").rows}
    assert [found for found in rows.values() if found[0]] == [(2, 100), (1, 50)]
    assert len(table("themes").gaps) == len(rows) - 2


def test_axes_that_were_never_looked_at_are_named():
    axes = table("axes")
    assert (len(axes.gaps), axes.rows[0].count, axes.rows[0].percent) == (len(axes.rows), 0, None)
    make_practice()
    assert len(table("axes").gaps) == len(axes.rows) - 1


def test_evidence_and_year():
    make_practice()
    make_practice(results={"indicators": [], "not_measured": "Não medido, porque acabou agora."})
    old = make_practice()
    Practice.objects.filter(pk=old.pk).update(first_published_at=timezone.now().replace(year=timezone.now().year - 2))
    assert counts("evidence") == {"0 described": 1, "2 measured before and after": 2}
    this = timezone.localdate().year
    assert [(row.label, row.count) for row in table("years").rows] == [(str(this - 2), 1), (str(this - 1), 0), (str(this), 2)]


def test_a_practice_counts_in_the_region_of_its_municipality():
    town = make_municipality(nuts3="PT150")
    make_practice(municipality=town)
    make_practice(municipality=town)
    make_practice(municipality=make_municipality())
    rows = [(row.label, row.count, row.towns) for row in table("territory").rows]
    assert rows == [("Algarve", 2, 1), ("not known", 1, 1)]


def test_members_with_a_practice_are_counted_among_all_members():
    towns = [make_municipality() for _ in range(3)]
    for town in towns[:2]:
        Membership.objects.create(municipality=town, kind="member", since=timezone.localdate())
    make_practice(municipality=towns[0])
    make_practice(municipality=towns[2])
    figures = catalogue_figures()
    assert (figures.listed, figures.towns, figures.members, figures.all_members) == (2, 2, 1, 2)


@pytest.mark.parametrize("deed", ["archive", "unpublish"])
def test_what_left_the_catalogue_is_not_counted(deed):
    practice, by = make_practice(), make_coordinator()
    getattr(services, deed)(practice, by=by, reason="x")
    assert (catalogue_figures().listed, counts("themes"), table("years").rows) == (0, {}, ())


def test_it_costs_the_same_whatever_it_holds(client, django_assert_num_queries):
    client.force_login(make_coordinator())
    client.get("/en/practices/review/figures/")
    for _ in range(2):
        make_practice(municipality=make_municipality())
        with django_assert_num_queries(12):
            response = client.get("/en/practices/review/figures/")
    assert response.content.decode().count("chart__svg--rows") == 6


def test_the_file_has_a_line_for_each_number(client):
    make_practice()
    client.force_login(make_coordinator())
    response = client.get("/en/practices/review/figures/figures.csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0] == "Table;Row;Practices;Per cent;Municipalities;What it counts"
    assert len(lines) == 1 + sum(len(table.rows) for table in catalogue_figures().tables)
    assert [line.split(";")[:4] for line in lines if line.startswith("Evidence;2")] == [
        ["Evidence", "2 measured before and after", "1", "100"]
    ]
