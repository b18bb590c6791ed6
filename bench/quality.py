"""Measure the answers of the search over 20,000 made-up practices: nDCG@10 and recall@50 by kind of search.

Run from the project's root, on the database that ``bench.catalogue`` has filled, or an empty one, which is filled first:
``DATABASE_URL=… python -m bench.quality``. The index is made anew. Results go to ``bench/results/`` as JSON lines.
"""

from django.db import connection

import bench.portal
from bench.catalogue import FIRST, PRACTICES, fill
from bench.corpus import loading, quality, queries
from bench.corpus.records import Record, record
from bench.report import Report
from goodpractices.models import Practice
from network_portal.search import services


def records() -> list[Record]:
    """Those that are in the database; written now when there are none."""
    if not Practice.objects.filter(pk__gt=FIRST).exists():
        bench.portal.prepare()
        fill(PRACTICES)
    names = [town.name for town in loading.towns_by_size()]
    return [record(number, names) for number in range(FIRST, FIRST + Practice.objects.filter(pk__gt=FIRST).count())]


def main() -> None:
    made = records()
    services.forget_words()
    loading.build_index()
    loading.analyse()
    asked = queries.searches([town.name for town in loading.towns_by_size()])
    report = Report("quality", database=connection.vendor, practices=len(made))
    for kind, means in sorted(quality.measure(asked, made).items(), key=lambda pair: pair[0] == "all"):
        report.add(kind, means)


if __name__ == "__main__":
    main()
