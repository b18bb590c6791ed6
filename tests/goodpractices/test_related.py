"""Which practices stand below another one."""

import pytest

from goodpractices import catalogue_index
from goodpractices.models import Practice
from goodpractices.related import related_to
from goodpractices.services import projection
from network_portal.vocabularies.reading import version_column
from tests.factories import make_municipality
from tests.goodpractices.practices import make_draft, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make_municipality(residents=6_000)


@pytest.fixture
def large():
    return make_municipality(residents=64_000)


def practice(title: str, town, *, themes: list[str], axis: str = "family", kind: str = "regulation") -> Practice:
    groups = {"axes": [{"axis": axis, "level": "considered", "sentence": "Sim."}]}
    classification = {"themes": themes, "practice_type": kind}
    return make_practice(municipality=town, title=title, groups=groups, classification=classification)


def titles(of: Practice, n: int = 9) -> list[str]:
    catalogue_index.current()
    return [found.title for found in related_to(of, n)]


def test_the_nearest_come_first_those_of_towns_of_the_same_size_before_all(small, large):
    own = practice("Esta", small, themes=["care", "health"])
    practice("Outro tema", small, themes=["digital"], axis="age", kind="service")
    practice("Só o tipo e o eixo", small, themes=["digital"])
    practice("Um tema, nada mais", small, themes=["care"], axis="age", kind="service")
    practice("Um tema, o tipo", small, themes=["care"], axis="age")
    practice("Um tema, tudo o mais", small, themes=["care"])
    practice("Tudo igual, cidade grande", large, themes=["care", "health"])
    practice("Tudo igual", small, themes=["care", "health"])
    assert titles(own) == [
        "Tudo igual", "Um tema, tudo o mais", "Um tema, o tipo", "Um tema, nada mais", "Só o tipo e o eixo",
        "Tudo igual, cidade grande",
    ]  # fmt: skip
    assert titles(own, 2) == ["Tudo igual", "Um tema, tudo o mais"]


def test_of_the_same_the_newest_comes_first(small):
    own = practice("Esta", small, themes=["care"])
    for n in range(4):
        practice(f"Igual {n}", small, themes=["care"])
    assert titles(own, 3) == ["Igual 3", "Igual 2", "Igual 1"]


def test_what_is_not_listed_is_not_related_and_has_none(small):
    own, hidden, draft = practice("Esta", small, themes=["care"]), practice("Fora", small, themes=["care"]), make_draft()
    catalogue_index.current()
    Practice.objects.filter(pk=hidden.pk).update(state="unpublished")
    assert related_to(own) == []  # also while the process does not know yet
    hidden.refresh_from_db()
    projection.touch(hidden)
    catalogue_index.current()
    assert related_to(hidden) == related_to(draft) == []


def test_it_costs_one_query_with_the_moment_of_the_catalogue(small, django_assert_num_queries):
    own = practice("Esta", small, themes=["care"])
    for n in range(4):
        practice(f"Igual {n}", make_municipality(name=f"Vila {n}"), themes=["care"])
    catalogue_index.current()
    columns = catalogue_index.moment_columns()
    own = Practice.objects.annotate(terms_version=version_column(), **columns).get(pk=own.pk)
    with django_assert_num_queries(1):
        assert len([found.municipality.name for found in related_to(own)]) == 3
