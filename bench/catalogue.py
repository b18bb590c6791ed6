"""Measure the catalogue, the search and a practice's page with 20,000 practices, on the database of DATABASE_URL.

Run from the project's root, on an empty database of its own: ``DATABASE_URL=… python -m bench.catalogue [--practices N]``.
On PostgreSQL beside the floor; on SQLite only how long one client waits. Results go to ``bench/results/`` as JSON lines.
"""

import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from urllib.parse import quote, urlencode

from django.db import connection

import bench.portal
from bench import pages, servers
from bench.corpus import loading
from bench.corpus.queries import searches
from bench.pages import Page
from bench.report import Report
from goodpractices.models import Practice
from network_portal.common.search import read_query
from network_portal.vocabularies.models import Term

PRACTICES, FIRST = 20_000, 1_000  # the demonstration's own practices have numbers below ``FIRST``
OPENED = 150  # different practices


def fill(count: int) -> dict:
    """Write ``count`` practices; the seconds it took, from words to rows."""
    begun = time.perf_counter()
    loading.load_with_all_cores(count, first=FIRST)
    return {"practices": count, "s": _since(begun), "target_s": 60}


def index(_count: int) -> dict:
    begun = time.perf_counter()
    entries = loading.build_index()
    return {"entries": entries, "s": _since(begun), "target_s": 30}


ACTS = {"fill": fill, "index": index}


def _since(begun: float) -> float:
    return round(time.perf_counter() - begun, 1)


def _cpu() -> float:
    """Seconds of this process and of those it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def in_a_process(name: str, count: int) -> dict:
    """The figures of an act in a process of its own, with the most memory and the CPU that it used."""
    command = [sys.executable, "-m", "bench.catalogue", "--act", name, "--practices", str(count)]
    out = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(out.stdout.splitlines()[-1])


def the_pages() -> list[Page]:
    """The catalogue as it opens, narrowed, searched with and without facets; a page of the list of all; practices."""
    themes = list(Term.objects.of("theme").values_list("code", flat=True))
    towns = [town.name for town in loading.towns_by_size()]
    typed = [search.typed for search in searches(towns) if search.grade]
    listed = Practice.objects.listed().filter(pk__gt=FIRST).order_by("?").values_list("slug", flat=True)
    slugs = list(listed[:OPENED])
    beyond = min(40, Practice.objects.listed().count() // 20)
    narrowed = [(theme, page) for theme in themes for page in (1, 2)]
    both = [(text, themes[place % len(themes)]) for place, text in enumerate(typed)]
    return [
        Page("catalogue", ["/practices/"], _floors([{}])),
        Page("catalogue, further pages", [f"/practices/?page={n}" for n in range(1, beyond)],
             _floors([{"page": n} for n in range(1, beyond)])),
        Page("catalogue, a theme", [f"/practices/?theme={theme}&page={page}" for theme, page in narrowed],
             _floors([{"theme": theme, "page": page} for theme, page in narrowed])),
        Page("search", [f"/practices/?q={quote(text)}" for text in typed], _floors([_words(text) for text in typed])),
        Page("search with a facet", [f"/practices/?q={quote(text)}&theme={theme}" for text, theme in both],
             _floors([_words(text) | {"theme": theme} for text, theme in both])),
        Page("search of the site", [f"/search/?q={quote(text)}" for text in typed], {}),
        Page("practice", [f"/practices/{slug}/" for slug in slugs], {"floor": [f"/practice?slug={slug}" for slug in slugs]}),
    ]  # fmt: skip


def _words(text: str) -> dict[str, str]:
    """The query as PostgreSQL reads it: for each term one of its forms, or what begins with it."""
    terms = [[f"'{key}'" for key in t.keys] + ([f"'{t.prefix}':*"] if t.prefix else []) for t in read_query(text).terms]
    return {"words": " & ".join(f"({' | '.join(forms)})" for forms in terms)}


def _floors(asked: list[dict]) -> dict[str, list[str]]:
    return {
        "floor": [f"/catalogue?{urlencode(one | {'counts': 'sql'})}" for one in asked],
        "rows_alone": [f"/catalogue?{urlencode(one)}" for one in asked],
    }


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--practices", type=int, default=PRACTICES)
    parser.add_argument("--act", choices=ACTS)
    given = parser.parse_args()
    if given.act:
        begun = _cpu()
        figures = ACTS[given.act](given.practices)
        print(json.dumps(figures | {"cpu_s": round(_cpu() - begun, 1), "mb": servers.most_memory()}))
        return
    is_postgresql = connection.vendor == "postgresql"
    report = Report("catalogue", database=connection.vendor, practices=given.practices)
    bench.portal.prepare()
    connection.close()
    if not Practice.objects.filter(pk__gt=FIRST).exists():  # a second run measures the pages alone
        connection.close()
        report.add("generator", in_a_process("fill", given.practices))
        report.add("index of the search", in_a_process("index", given.practices))
        loading.analyse()
    asked = the_pages()
    connection.close()
    with pages.portal_and_floor(with_floor=is_postgresql) as (ours, floor):
        for page in asked:
            pages.measure(report, page, ours, floor)
        report.add("largest process", {"resident_mb": round(servers.memory(ours.pid), 1)})


if __name__ == "__main__":
    main()
