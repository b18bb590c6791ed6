"""Measure the pages of calls on PostgreSQL with 1,000 calls: the list, a filtered list, one call, and the home page.

Run from the project's root, on a database of its own that is filled anew:
``DATABASE_URL=postgres://…/bench python -m bench.calls``. Results go to ``bench/results/`` as JSON lines.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")
os.environ["DEMO"] = "1"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import servers
from bench.main_job import ENV, FLOOR_PORT, PORT, RESULTS, ROUNDS, page_load, spread

CALLS = 1_000
KINDS, STATES = ("subsidy", "formula", "prize", "loan"), ("open", "coming", "closed", "resolved", "cancelled", "void")
PAGES = {"list": "/calls/", "filtered list": "/calls/?kind=prize&who=association", "home": "/"}


def prepare() -> str:
    """The demonstration, and calls of every kind and state with what hangs on them; the address of the fullest call."""
    from grants.models import Applicant, Call, Criterion, Territory
    from network_portal.demo.data.calls import ASSOCIATIONS

    for command in (["migrate", "-v0"], ["createcachetable"], ["demo"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True, env={**os.environ, **ENV}, stdout=subprocess.DEVNULL)
    Call.objects.filter(slug__startswith="bench-").delete()
    calls = Call.objects.bulk_create(_call(n, Call, ASSOCIATIONS) for n in range(CALLS))
    Applicant.objects.bulk_create(Applicant(call=c, kind=k) for c in calls for k in ("association", "municipality"))
    Territory.objects.bulk_create(Territory(call=c, level="country", value="PT") for c in calls)
    Criterion.objects.bulk_create(Criterion(call=c, position=n, title="Alcance", weight=25) for c in calls for n in range(1, 5))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Call.objects.get(title=ASSOCIATIONS["title"], slug__startswith="apoio").get_absolute_url()


def _call(n: int, model, facts: dict):
    now, state = timezone.now(), STATES[n % len(STATES)]
    ended = now if state in ("resolved", "cancelled", "void") else None
    opens, closes = {"coming": (9, 40), "open": (-9, 1 + n % 90)}.get(state, (-90, -9))
    return model(
        title=f"{facts['title']} {n}", slug=f"bench-{n}", kind=KINDS[n % len(KINDS)], state=state if ended else "published",
        summary=facts["summary"], text=facts["text"], budget=n + 1, published_at=now - timedelta(days=100),
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes, minutes=n), ended_at=ended,
    )  # fmt: skip


def statements(address: str) -> tuple[int, int]:
    """SQL statements of a page that was opened before, and its bytes."""
    client = Client(headers={"host": "127.0.0.1"})
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), len(answer.content)


def report(name: str, figures: dict) -> None:
    row = {"scenario": name, "figures": figures, "calls": CALLS, "django": django.__version__, "portal": settings.VERSION}
    row["date"] = datetime.now(UTC).isoformat(timespec="seconds")
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"calls_{datetime.now(UTC):%Y%m%d}.jsonl").open("a") as file:
        file.write(json.dumps(row) + "\n")
    print(f"{name:20} {json.dumps(figures)}")


def measure(name: str, address: str, ours: int, floor: int) -> None:
    sql, size = statements(address)
    connection.close()
    times, errors = {"floor": [], "ours": []}, []
    for _ in range(ROUNDS):
        for side, pid, url in (
            ("floor", floor, f"http://127.0.0.1:{FLOOR_PORT}/event?bytes={size}"),
            ("ours", ours, f"http://127.0.0.1:{PORT}{address}"),
        ):
            load = page_load(url, pid)
            times[side].append(load["cpu_ms"])
            errors += load["errors"]
    figures = {f"{side}_cpu_ms": spread(values) for side, values in times.items()}
    ratio = round(figures["ours_cpu_ms"]["median"] / figures["floor_cpu_ms"]["median"], 1)
    report(name, figures | {"ratio": ratio, "sql": sql, "bytes": size, "errors": errors})


def main() -> None:
    pages = PAGES | {"call": prepare()}
    connection.close()
    with (
        servers.serve("network_portal.wsgi:application", PORT, ENV) as ours,
        servers.serve("bench.floor:application", FLOOR_PORT, ENV) as floor,
    ):
        for name, address in pages.items():
            measure(name, address, ours, floor)


if __name__ == "__main__":
    main()
