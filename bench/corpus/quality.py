"""How good the answers of the search are: nDCG@10 and recall@50 over the searches with known answers."""

import math
import statistics
from collections.abc import Iterable

from bench.corpus.queries import Search
from bench.corpus.records import Record
from goodpractices.models import Practice
from network_portal.common.search import read_query
from network_portal.search.models import Entry
from network_portal.search.suggestions import did_you_mean, with_what_was_meant

TOP, DEEP = 10, 50


def answers(typed: str, n: int = DEEP) -> list[int]:
    """The numbers of the records that the page of a search shows, the best first: with what was probably meant where little is
    found, and what it suggests when it finds nothing."""
    entries = Entry.objects.filter(kind="practice")
    query = read_query(typed)
    query = with_what_was_meant(query, entries, entries.found_by(query).count())
    found = _found(entries, query, n)
    if not found and query and (meant := did_you_mean(query, entries)):
        found = _found(entries, read_query(meant), n)
    return found


def _found(entries, query, n: int) -> list[int]:
    return [pk - 1 for pk in entries.found_by(query).best_first(query).values_list("object_id", flat=True)[:n]]


def measure(searches: Iterable[Search], records: list[Record]) -> dict[str, dict[str, float]]:
    """Means of both by kind of search and over "all"; searches without an answer in the corpus are left out."""
    public = set(Practice.objects.listed().values_list("pk", flat=True))
    listed = [record for record in records if record.number + 1 in public]
    scores: dict[str, list[tuple[float, float]]] = {}
    for search in searches:
        grades = {r.number: grade for r in listed if (grade := search.grade(r))} if search.grade else {}
        if not grades:
            continue
        found = answers(search.typed)
        for kind in (search.kind, "all"):
            scores.setdefault(kind, []).append((ndcg(found, grades), recall(found, grades)))
    return {kind: _means(found) for kind, found in scores.items()}


def _means(found: list[tuple[float, float]]) -> dict[str, float]:
    ndcgs, recalls = zip(*found, strict=True)
    return {"searches": len(found), "ndcg": round(statistics.mean(ndcgs), 3), "recall": round(statistics.mean(recalls), 3)}


def ndcg(found: list[int], grades: dict[int, int]) -> float:
    """Järvelin and Kekäläinen 2002, with gains 2^grade − 1, over the first ten."""
    best = sorted(grades.values(), reverse=True)[:TOP]
    return _gain(grades.get(number, 0) for number in found[:TOP]) / _gain(best)


def recall(found: list[int], grades: dict[int, int]) -> float:
    """Of what answers wholly (in part, when nothing does), the share among the first fifty; at most fifty can be."""
    whole = {number for number, grade in grades.items() if grade == max(grades.values())}
    return len(whole & set(found[:DEEP])) / min(len(whole), DEEP)


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
