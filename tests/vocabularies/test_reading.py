"""What each process keeps of the vocabularies: one small query while nothing changes, and never an old word."""

import pytest
from django.utils import translation

from network_portal.vocabularies import reading, services
from network_portal.vocabularies.models import Term, VocabularyState
from tests.factories import make_coordinator, make_municipality

pytestmark = pytest.mark.django_db


def test_one_query_tells_that_nothing_changed(django_assert_num_queries):
    reading.current()
    with django_assert_num_queries(1):
        assert len(reading.terms_of("theme")) == 18


def test_many_terms_cost_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        kept = reading.current()
        assert {vocabulary: len(kept.of(vocabulary)) for vocabulary in ("axis", "role", "sdg_target")} == {
            "axis": 15, "role": 7, "sdg_target": 9,
        }  # fmt: skip


def test_the_version_travels_with_another_query(django_assert_num_queries):
    Term.objects.create(vocabulary="theme", code="new", labels={"pt": "Novo"}, position=99)
    reading.touch()
    with django_assert_num_queries(2):  # the row that brings the version, and the terms that are new
        version = Term.objects.annotate(version=reading.version_column()).values_list("version", flat=True).first()
        assert reading.at(version).of("theme")[-1].code == "new"


def test_a_change_is_seen_at_once():
    theme = Term.objects.get(vocabulary="theme", code="health")
    services.rename(
        theme, labels={"pt": "Saúde e bem-estar", "en": "Health"}, seen=services.stamp_of(theme), by=make_coordinator()
    )
    assert reading.term(theme.pk).label == "Saúde e bem-estar"
    assert reading.current().label_of("theme", "health") == "Saúde e bem-estar"


def test_retired_terms_are_known_but_not_offered():
    theme = Term.objects.get(vocabulary="theme", code="health")
    services.retire(theme, by=make_coordinator())
    assert "health" not in [term.code for term in reading.terms_of("theme")]
    assert "health" in [term.code for term in reading.terms_of("theme", with_retired=True)]
    assert reading.current().label_of("theme", "health") == "Saúde"


def test_what_is_not_known_is_itself():
    assert reading.term(999_999) is None
    assert reading.current().label_of("theme", "no-such-term") == "no-such-term"
    assert reading.terms_of("no-such-vocabulary") == ()


def test_without_a_state_the_terms_are_read():
    VocabularyState.objects.all().delete()
    assert len(reading.terms_of("area")) == 3


@pytest.mark.parametrize(
    ("residents", "code"),
    [
        (0, "pop-0"), (999, "pop-0"), (1_000, "pop-1000"), (4_999, "pop-1000"), (5_000, "pop-5000"), (9_999, "pop-5000"),
        (10_000, "pop-10000"), (20_000, "pop-20000"), (50_000, "pop-50000"), (99_999, "pop-50000"), (100_000, "pop-100000"),
        (545_796, "pop-100000"),
    ],
)  # fmt: skip
def test_the_band_of_a_number_of_residents(residents, code):
    assert reading.current().band_of("population_band", residents).code == code


def test_a_number_that_nobody_knows_is_in_no_band():
    assert reading.current().band_of("population_band", None) is None
    assert make_municipality(residents=None).population_band == ""


def test_a_town_says_its_band_in_the_language_of_the_page():
    town = make_municipality(residents=6_000)
    assert town.population_band == "De 5000 a 9999 habitantes"
    with translation.override("en"):
        assert town.population_band == "5,000 to 9,999 residents"


def test_a_term_without_a_label_in_the_language_speaks_the_first_one():
    term = Term(code="x", labels={"pt": "Só em português"})
    with translation.override("en"):
        assert str(term) == "Só em português"
    assert Term(code="y").label == "y"


def test_terms_that_a_record_has_are_offered_with_it():
    retired = Term.objects.get(vocabulary="theme", code="education")
    other = Term.objects.get(vocabulary="axis", code="age")
    Term.objects.filter(pk=retired.pk).update(is_retired=True)
    assert Term.objects.of("theme").count() == 17
    offered = [term.code for term in Term.objects.of("theme", also=[retired.pk, other.pk])]
    assert (len(offered), offered[:2]) == (18, ["mainstreaming", "education"])
