"""The terms that ship with the portal, and how they come into an installation that has some already."""

import json
from collections import Counter
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction

from network_portal.common.search.stems import LANGUAGES
from network_portal.common.text import fold
from network_portal.vocabularies.models import BANDS, Term, Vocabulary

FILE = settings.BASE_DIR / "network_portal" / "vocabularies" / "terms.json"
SHIPPED = json.loads(FILE.read_text(encoding="utf-8"))
COUNTS = {
    "theme": 18, "area": 3, "axis": 15, "target_group": 20, "practice_type": 16, "charter_article": 39, "sdg_target": 9,
    "population_band": 7, "cost_band": 7, "role": 7,
}  # fmt: skip
THOUSANDS = {"en": "100,000", "pt": "100 000", "es": "100 000", "ca": "100.000", "gl": "100.000", "it": "100.000"}
FOUR_DIGITS = {"en": "1,000", "pt": "1000", "es": "1000", "ca": "1.000", "gl": "1.000", "it": "1.000"}


def load() -> None:
    import_module("network_portal.vocabularies.migrations.0004_more_terms").load(apps, None)


def test_every_vocabulary_is_shipped_with_its_terms():
    assert {vocabulary: len(rows) for vocabulary, rows in SHIPPED.items()} == COUNTS
    assert set(COUNTS) == set(Vocabulary.values)


@pytest.mark.parametrize("vocabulary", COUNTS)
def test_every_term_has_a_label_in_every_language_of_the_search(vocabulary):
    wrong = [
        row["code"] for row in SHIPPED[vocabulary] if set(row["labels"]) != set(LANGUAGES) or not all(row["labels"].values())
    ]
    assert wrong == []


@pytest.mark.parametrize("vocabulary", COUNTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_terms_have_the_same_label(vocabulary, language):
    labels = Counter((row.get("edition"), fold(row["labels"][language])) for row in SHIPPED[vocabulary])
    assert [label for label, times in labels.items() if times > 1] == []


def test_codes_of_articles_and_targets():
    codes = [row["code"] for row in SHIPPED["charter_article"]]
    assert codes[:30] == [f"2006-{n}" for n in range(1, 31)]
    assert [row["edition"] for row in SHIPPED["charter_article"]] == ["2006"] * 30 + ["2022"] * 9
    assert [row["code"] for row in SHIPPED["sdg_target"]] == ["5-1", "5-2", "5-3", "5-4", "5-5", "5-6", "5-a", "5-b", "5-c"]


@pytest.mark.parametrize("vocabulary", BANDS)
def test_bands_leave_no_number_out_and_none_twice(vocabulary):
    bands = [(row["lower"], row["upper"]) for row in SHIPPED[vocabulary] if "lower" in row]
    assert bands[0][0] == 0
    assert bands[-1][1] is None
    assert [upper for _lower, upper in bands[:-1]] == [lower for lower, _upper in bands[1:]]
    assert [f"{row['code']}" for row in SHIPPED[vocabulary] if "lower" not in row] == (
        ["cost-unknown"] if vocabulary == "cost_band" else []
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_grouped_as_each_language_does(language):
    labels = {row["code"]: row["labels"][language].replace("\u00a0", " ") for row in SHIPPED["population_band"]}
    assert THOUSANDS[language] in labels["pop-100000"]
    assert FOUR_DIGITS[language] in labels["pop-0"]


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    before = list(Term.objects.order_by("pk").values())
    load()
    assert list(Term.objects.order_by("pk").values()) == before
    assert Counter(row["vocabulary"] for row in before) == COUNTS


@pytest.mark.django_db
def test_what_a_coordinator_did_stays_and_what_is_missing_comes():
    theme = Term.objects.get(vocabulary="theme", code="health")
    Term.objects.filter(pk=theme.pk).update(labels={"pt": "A nossa saúde", "en": "Health"}, is_retired=True, position=99)
    Term.objects.create(vocabulary="theme", code="own", labels={"pt": "Da casa"}, position=5)
    Term.objects.filter(code="5-c").delete()
    Term.objects.filter(code="pop-0").update(upper=None)
    load()
    theme.refresh_from_db()
    assert theme.labels == {
        "pt": "A nossa saúde", "en": "Health", "ca": "Salut", "gl": "Saúde", "it": "Salute", "es": "Salud",
    }  # fmt: skip
    assert (theme.is_retired, theme.position) == (True, 99)
    assert Term.objects.get(code="own").labels == {"pt": "Da casa"}
    assert Term.objects.get(code="5-c").labels["en"] == "5.c Policies and enforceable legislation"
    assert Term.objects.get(code="pop-0").upper == 1000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"code": "health"}, "vocabulary"),
        ({"code": "x", "lower": 5, "upper": 5}, "term_band_ends_after_it_begins"),
        ({"code": "x", "upper": 5}, "term_band_ends_after_it_begins"),
    ],
)
def test_the_database_refuses(fields, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Term.objects.create(vocabulary="theme", labels={"pt": "X"}, **fields)
