"""Measure the answers of the search over 20,000 made-up practices: nDCG@10, recall@50 and the time of a search, by kind.

Run from the project's root, on a database of its own: ``DATABASE_URL=… python -m bench.quality``. An empty one is filled first;
in one that holds the corpus only the index is made anew. A table goes to the screen, one JSON line to ``bench/results/``.
"""

import json
import os
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")
os.environ["DEMO"] = "1"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict

from bench.corpus import loading, quality, queries
from bench.corpus.records import Record, record
from goodpractices.addresses import read_address
from goodpractices.catalogue import find
from goodpractices.facets import FACETS
from goodpractices.models import Practice
from municipalities import services as municipalities
from municipalities.models import Municipality
from network_portal.search import services

COUNT = 20_000
RESULTS = Path(__file__).parent / "results"


def prepared() -> list[Record]:
    """The records in the database: those that are there, else written now. RuntimeError where there are others."""
    call_command("migrate", verbosity=0)
    if not Municipality.objects.exists():
        with (settings.BASE_DIR / "municipalities/data/portugal.csv").open("rb") as file:
            municipalities.import_register(file)
    there = Practice.objects.count()
    if there == COUNT:
        names = [town.name for town in loading.towns_by_size()]
        return [record(number, names) for number in range(COUNT)]
    if there:
        raise RuntimeError(f"This database has {there} practices: give one that is empty or holds the corpus.")
    return loading.load(COUNT)


def milliseconds(typed: str) -> float:
    """What a search of the catalogue costs: the records by rank, the first twenty, and every value of every facet counted."""
    began = time.perf_counter()
    found = find(read_address(QueryDict(urlencode({"q": typed}))))
    found[:20]
    for facet in FACETS:
        found.counts(facet.parameter)
    return 1000 * (time.perf_counter() - began)


def measured() -> dict:
    """One line of the results."""
    records = prepared()
    began = time.perf_counter()
    services.forget_words()
    loading.build_index()
    built = time.perf_counter() - began
    loading.analyse()
    asked = queries.searches([town.name for town in loading.towns_by_size()])
    milliseconds("")  # what each process keeps is read
    times = sorted(milliseconds(search.typed) for search in asked)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "database": connection.vendor, "rows": len(records),
        "built_s": round(built, 1), "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(0.95 * len(times))], 1), "most_ms": round(times[-1], 1),
        "kinds": quality.measure(asked, records),
    }  # fmt: skip


def main() -> None:
    line = measured()
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"quality_{datetime.now(UTC):%Y%m%d}.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")
    print(f"{'kind':<20}{'searches':>9}{'nDCG@10':>9}{'recall@50':>11}")
    for kind, means in sorted(line["kinds"].items(), key=lambda pair: pair[0] == "all"):
        print(f"{kind:<20}{means['searches']:>9}{means['ndcg']:>9.3f}{means['recall']:>11.3f}")
    print("  ".join(f"{name} {value}" for name, value in line.items() if name != "kinds"))


if __name__ == "__main__":
    main()
