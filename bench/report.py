"""Results of the benchmarks: a JSON line for each figure in ``bench/results/``, one file a day, and a table on the screen.

``python -m bench.report bench/results/catalogue_20261128.jsonl`` prints the table of a file again.
"""

import json
import os
import platform
import statistics
import sys
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


class Report:
    """The figures of one run; ``parameters`` stand in every line."""

    def __init__(self, name: str, **parameters):
        self.name, self.parameters, self.rows = name, parameters, []

    def add(self, scenario: str, figures: dict) -> None:
        """Write a line and show it. A figure is a number, a text, or a spread (see ``spread``)."""
        now = datetime.now(UTC)
        row = {"scenario": scenario, "parameters": self.parameters, "figures": figures, "versions": _versions()}
        row |= {"load": round(os.getloadavg()[0], 1), "date": now.isoformat(timespec="seconds")}
        RESULTS.mkdir(exist_ok=True)
        with (RESULTS / f"{self.name}_{now:%Y%m%d}.jsonl").open("a") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.rows.append(row)
        print(line_of(row), flush=True)


def spread(values: list[float], digits: int = 2) -> dict[str, float]:
    """Median, least and most."""
    found = {"median": statistics.median(values), "min": min(values), "max": max(values)}
    return {name: round(value, digits) for name, value in found.items()}


def _versions() -> dict[str, str]:
    import django
    from django.conf import settings
    from django.db import connection

    database = connection.Database.sqlite_version if connection.vendor == "sqlite" else _postgresql(connection)
    return {"python": platform.python_version(), "django": django.__version__, "portal": settings.VERSION,
            connection.vendor: database}  # fmt: skip


def _postgresql(connection) -> str:
    number = connection.pg_version
    return f"{number // 10_000}.{number % 10_000}"


def line_of(row: dict) -> str:
    """A line of the table: the scenario, then each figure by its name; a spread as median (least–most)."""
    figures = (f"{name} {_words(value)}" for name, value in row["figures"].items())
    return f"{row['scenario']:36} " + " · ".join(figures)


def _words(value) -> str:
    if isinstance(value, dict) and value.keys() == {"median", "min", "max"}:
        return f"{value['median']} ({value['min']}–{value['max']})"
    return value if isinstance(value, str) else json.dumps(value)


def main() -> None:
    for path in sys.argv[1:]:
        known = None
        for row in map(json.loads, Path(path).read_text().splitlines()):
            heading = f"{row['date'][:10]} {json.dumps(row.get('parameters', {}))}"
            if heading != known:
                print(known := heading)
            print("  " + line_of(row))


if __name__ == "__main__":
    main()
