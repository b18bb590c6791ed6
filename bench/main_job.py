"""Measure the main job on PostgreSQL: the webinar page, one registration, 200 people for 50 places.

Run from the project's root, on a database of its own that is filled anew:
``DATABASE_URL=postgres://…/bench python -m bench.main_job``. Results go to ``bench/results/`` as JSON lines.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")
os.environ["DEMO"] = "1"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench import servers
from bench.people import Person, sign_in

PORT, FLOOR_PORT, ROUNDS = 8191, 8192, 3
RESULTS = Path(__file__).parent / "results"
ENV = {"DEMO": "1", "DATABASE_URL": os.environ.get("DATABASE_URL", ""), "MAIL_RATE": "1000"}


def prepare():
    """The demonstration's records, and one empty webinar of 50 places."""
    from webinars.models import Cycle, Registration, Webinar

    for command in (["migrate", "-v0"], ["createcachetable"], ["demo"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True, env={**os.environ, **ENV}, stdout=subprocess.DEVNULL)
    cycle, model = Cycle.objects.get(), Webinar.objects.get(number=4)
    start = timezone.now() + timedelta(days=20)
    Registration.objects.filter(webinar__slug__startswith="bench-").delete()
    Webinar.objects.filter(slug__startswith="bench-").delete()
    for n in range(ROUNDS + 2):
        fields = {"title": f"Bench {n}", "theme": model.theme, "state": "published", "starts_at": start}
        Webinar.objects.create(
            cycle=cycle, number=90 + n, slug=f"bench-{n}", capacity=50, ends_at=start + timedelta(hours=3), **fields
        )
    return model


def page_load(url: str, pid: int, seconds: int = 6) -> dict:
    """wrk with 8 connections on ``url``: milliseconds of CPU per request, bytes, requests per second."""
    before = servers.cpu(pid)
    out = subprocess.run(["wrk", "-t1", "-c8", f"-d{seconds}s", url], capture_output=True, text=True, check=True).stdout
    used = servers.cpu(pid) - before
    line = next(line for line in out.splitlines() if "requests in" in line)
    requests = int(line.split()[0])
    errors = [line for line in out.splitlines() if "Non-2xx" in line]
    return {"cpu_ms": 1000 * used / requests, "requests": requests, "errors": errors}


def one_by_one(pid: int, count: int) -> None:
    """``count`` people register one after the other: for the first time, then for a second webinar."""
    people = [Person(PORT, session) for session in sign_in("bench-0", count)]
    before = servers.cpu(pid)
    statuses = [status for person in people for status in (*person.answer("bench-0"), *person.confirm("bench-0"))]
    used = servers.cpu(pid) - before
    report("registration, first: 4 requests", {"cpu_ms": round(1000 * used / count, 1)} | outcome("bench-0", statuses))
    before = servers.cpu(pid)
    statuses = [status for person in people for status in (*person.answer_again("bench-1"), *person.confirm("bench-1"))]
    used = servers.cpu(pid) - before
    report("registration, next: 3 requests", {"cpu_ms": round(1000 * used / count, 1)} | outcome("bench-1", statuses))


def at_once(slug: str, count: int) -> dict:
    """``count`` people who have answered press the button at the same moment."""
    people = [Person(PORT, session) for session in sign_in(slug, count)]
    for person in people:
        person.answer(slug)
    statuses, started = [], time.monotonic()
    threads = [threading.Thread(target=lambda p=person: statuses.extend(p.confirm(slug))) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"settled_in_seconds": round(time.monotonic() - started, 2)} | outcome(slug, statuses)


def outcome(slug: str, statuses: list[int]) -> dict:
    """Who has a place, who waits and in what order, and what the server answered."""
    from webinars.models import Registration

    rows = Registration.objects.filter(webinar__slug=slug)
    positions = list(rows.queue().with_queue_position().values_list("queue_position", flat=True))
    return {
        "confirmed": rows.confirmed().count(),
        "waiting": len(positions),
        "in_order": positions == list(range(1, len(positions) + 1)),
        "statuses": {str(s): statuses.count(s) for s in sorted(set(statuses))},
    }


def deliver(count: int) -> dict:
    """Milliseconds of CPU for each mail delivered by a sender of its own process."""
    before = os.times()
    subprocess.run([sys.executable, "manage.py", "deliver_mail"], check=True, env={**os.environ, **ENV})
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return {"cpu_ms": 1000 * used / count, "mails": count, "note": "start of the process included"}


def report(name: str, figures: dict) -> None:
    row = {"scenario": name, "figures": figures, "django": django.__version__, "portal": settings.VERSION}
    row["date"] = datetime.now(UTC).isoformat(timespec="seconds")
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"main_job_{datetime.now(UTC):%Y%m%d}.jsonl").open("a") as file:
        file.write(json.dumps(row) + "\n")
    print(f"{name:34} {json.dumps(figures)}")


def spread(values: list[float]) -> dict:
    return {"median": round(statistics.median(values), 2), "min": round(min(values), 2), "max": round(max(values), 2)}


def main() -> None:
    model = prepare()
    connection.close()
    with (
        servers.serve("network_portal.wsgi:application", PORT, ENV) as ours,
        servers.serve("bench.floor:application", FLOOR_PORT, ENV) as floor,
    ):
        pages = {"floor": [], "ours": []}
        for _ in range(ROUNDS):
            pages["floor"].append(page_load(f"http://127.0.0.1:{FLOOR_PORT}/event?bytes=14000", floor)["cpu_ms"])
            pages["ours"].append(page_load(f"http://127.0.0.1:{PORT}{model.get_absolute_url()}", ours)["cpu_ms"])
        report("webinar page, CPU ms per request", {k: spread(v) for k, v in pages.items()})
        report("largest process, MB", {"resident": round(servers.memory(ours), 1)})
        one_by_one(ours, 40)
        report("mails of these", deliver(80))
        for n in range(2, ROUNDS + 2):
            report("200 people for 50 places", at_once(f"bench-{n}", 200))


if __name__ == "__main__":
    main()
