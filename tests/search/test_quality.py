"""How good the answers are, over 500 made-up practices and the searches whose answers are known: they may not get worse.

``quality.json`` holds what was reached; who makes the search better writes the new figures there.
"""

import json
from pathlib import Path

import pytest
from django.conf import settings

from bench.corpus import loading, quality, queries
from municipalities import services as municipalities

pytestmark = pytest.mark.django_db

BASELINE = json.loads((Path(__file__).parent / "quality.json").read_text())
RECORDS, LEAST, DROP = 500, {"ndcg": 0.80, "recall": 0.90}, 0.02


@pytest.fixture
def measured() -> dict:
    with (settings.BASE_DIR / "municipalities/data/portugal.csv").open("rb") as file:
        municipalities.import_register(file)
    records = loading.load(RECORDS)
    loading.build_index()
    names = [town.name for town in loading.towns_by_size()]
    return quality.measure(queries.searches(names), records)["all"]


def test_the_answers_are_as_good_as_they_were(measured):
    assert measured["searches"] >= 100
    worse = {name: measured[name] for name, least in LEAST.items() if measured[name] < max(least, BASELINE[name] - DROP)}
    assert worse == {}, measured  # both figures, to be written into the file when they are better


def test_150_searches_thirty_a_language():
    made = queries.searches(["Lisboa", "Sintra", "Porto", "Cascais", "Loures", "Braga"])
    assert len(made) == 150
    assert {
        language: sum(search.language == language for search in made) for language in ("pt", "ca", "gl", "it", "es")
    } == dict.fromkeys(("pt", "ca", "gl", "it", "es"), 30)


def test_negative_control_answers_in_the_wrong_order_count_less():
    grades = {1: 2, 2: 2, 3: 1}
    assert quality.ndcg([1, 2, 3], grades) == 1.0
    assert quality.ndcg([3, 2, 1], grades) < 1.0
    assert quality.ndcg([9, 8, 7, 1], grades) < 0.5
    assert (quality.recall([1], grades), quality.recall([1, 2], grades)) == (0.5, 1.0)
