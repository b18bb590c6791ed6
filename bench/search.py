"""Measure the search layer with 20,000 records on the database of DATABASE_URL: p95 of 150 searches, one process.

Run from the project's root, on an empty database of its own: ``DATABASE_URL=… python -m bench.search``. A search is what the
page does: count by kind, and the best twenty. Results go to ``bench/results/`` as JSON lines, and as a table to the screen.
"""

import json
import os
import random
import statistics
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")
os.environ["DEMO"] = "1"

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from network_portal.common.search import read_query
from network_portal.search import services
from network_portal.search.models import Entry
from network_portal.search.services import Document

ROWS, SEARCHES, SHOWN = 20_000, 150, 20
RESULTS = Path(__file__).parent / "results"
# syllables of made-up words, no language's own
STARTS = [
    "con",
    "de",
    "re",
    "tra",
    "per",
    "for",
    "igual",
    "muni",
    "vio",
    "or",
    "par",
    "sal",
    "cui",
    "mob",
    "edu",
    "co",
    "pro",
    "inter",
]
MIDDLES = ["cilia", "cipa", "len", "ça", "forma", "ta", "liza", "ori", "dade", "bili", "men", "cul", "duca", "lu", "minis", "ple"]
ENDS = ["ção", "dade", "mento", "al", "ência", "ista", "agem", "or", "ura", "ivo", "eira", "anças"]
WORDS = [start + middle + end for start in STARTS for middle in MIDDLES for end in ENDS]
COMMON = ["igualdade", "género", "mulheres", "municípios", "violência", "conciliação", "cuidados", "saúde", "educação"]


def words(draw: random.Random, count: int) -> str:
    """Words as often as in life: the common ones, then each the rarer the later it stands."""
    picked = [draw.choice(COMMON) if draw.random() < 0.2 else WORDS[int(len(WORDS) * draw.random() ** 3)] for _ in range(count)]
    return " ".join(picked)


def document(pk: int) -> Document:
    """The same record whenever it is made."""
    draw = random.Random(pk)
    day = date(2016, 1, 1) + timedelta(days=draw.randrange(3_600))
    return Document(pk, "pt", words(draw, 6), words(draw, 30), words(draw, 150), day)


def searches() -> list[str]:
    """One, two and three words, the first of them common in a third; one in five ends in a beginning."""
    draw = random.Random(7)
    typed = [words(draw, draw.choice([1, 2, 2, 3])) for _ in range(SEARCHES)]
    return [text[:-3] if n % 5 == 0 and len(text) > 8 else text for n, text in enumerate(typed)]


def one_search(typed: str) -> tuple[float, int]:
    """Milliseconds and records found."""
    began = time.perf_counter()
    query = read_query(typed)
    found = Entry.objects.found_by(query)
    total = sum(found.count_kinds().values())
    list(found.best_first(query)[:SHOWN])
    return 1000 * (time.perf_counter() - began), total


def main() -> None:
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    services.rewrite("bench", map(document, range(1, ROWS + 1)))
    built = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    typed = searches()
    for text in typed[:10]:
        one_search(text)
    measured = [one_search(text) for text in typed]
    times = sorted(took for took, _total in measured)
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "database": connection.vendor, "rows": ROWS, "searches": SEARCHES,
        "built_s": round(built, 1), "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(0.95 * len(times))], 1), "most_ms": round(times[-1], 1),
        "median_found": statistics.median(total for _took, total in measured), "most_found": max(n for _took, n in measured),
    }  # fmt: skip
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"search_{datetime.now(UTC):%Y%m%d}.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")
    print("\n".join(f"{name:<14}{value}" for name, value in line.items()))


if __name__ == "__main__":
    main()
