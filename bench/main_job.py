"""Measure the main job on PostgreSQL: home, the webinar page, registrations one by one, many people for few places.

Run from the project's root, on a database of its own that is filled anew:
``DATABASE_URL=postgres://…/bench python -m bench.main_job``. Results go to ``bench/results/`` as JSON lines.
"""

import asyncio
import os
import subprocess
import sys
import time
from contextlib import AsyncExitStack
from datetime import timedelta

from django.db import connection
from django.utils import timezone

import bench.portal
from bench import pages, servers
from bench.pages import Page, Server
from bench.people import crowd, sign_in, together
from bench.report import Report, spread

ROUNDS, ONE_BY_ONE = 3, 40
CROWDS = ((200, 200), (500, 80))  # people, and how many of them have a request going on
PLACES = 50


def prepare():
    """The demonstration's records, and empty webinars of 50 places: two to register one by one, one for each crowd."""
    from webinars.models import Cycle, Registration, Webinar

    bench.portal.prepare()
    cycle, model = Cycle.objects.order_by("-starts_on").first(), Webinar.objects.filter(number=4).latest("starts_at")
    start = timezone.now() + timedelta(days=20)
    Registration.objects.filter(webinar__slug__startswith="bench-").delete()
    Webinar.objects.filter(slug__startswith="bench-").delete()
    for n in range(2 * ROUNDS + len(CROWDS) * ROUNDS):
        Webinar.objects.create(
            cycle=cycle, number=90 + n, slug=f"bench-{n}", capacity=PLACES, ends_at=start + timedelta(hours=3),
            title=f"Bench {n}", theme=model.theme, state="published", starts_at=start,
        )  # fmt: skip
    return model


def registrations(report: Report, ours: Server, floor: Server) -> None:
    """CPU of one registration, for the first and for the next time, beside the floor's, in turn."""
    sides, found = {"floor": [], "first": [], "next": []}, {}
    for n in range(ROUNDS):
        sides["floor"].append(asyncio.run(_one_by_one(floor, [""] * ONE_BY_ONE, "register_on_the_floor"))[0])
        sessions = sign_in(f"bench-{2 * n}", ONE_BY_ONE)
        for side, slug, answer in (("first", f"bench-{2 * n}", "answer"), ("next", f"bench-{2 * n + 1}", "answer_again")):
            used, statuses = asyncio.run(_one_by_one(ours, sessions, answer, slug))
            sides[side].append(used)
            found[side] = outcome(slug, statuses)
    figures = {f"{side}_cpu_ms": spread(values) for side, values in sides.items()}
    middle = figures["floor_cpu_ms"]["median"]
    report.add("registration, first: 4 requests", figures | found["first"] | _ratio(figures["first_cpu_ms"], middle))
    report.add("registration, next: 3 requests", figures | found["next"] | _ratio(figures["next_cpu_ms"], middle))


def _ratio(values: dict, floor: float) -> dict:
    return {"ratio_to_floor": round(values["median"] / floor, 1)}


async def _one_by_one(server: Server, sessions: list[str], answer: str, *slug: str) -> tuple[float, list[int]]:
    """Milliseconds of CPU for each person, who comes when the one before has gone; the statuses of all answers."""
    statuses = []
    async with AsyncExitStack() as stack:
        people = await crowd(stack, server.port, sessions)
        before = servers.cpu(server.pid)
        for person in people:
            statuses += await getattr(person, answer)(*slug)
            statuses += await person.confirm(*slug) if slug else []
        return 1000 * (servers.cpu(server.pid) - before) / len(people), statuses


def crowds(report: Report, ours: Server, floor: Server) -> None:
    """Many people press the button for 50 places; the floor's do the least there is."""
    free = iter(range(2 * ROUNDS, 2 * ROUNDS + len(CROWDS) * ROUNDS))
    for count, in_flight in CROWDS:
        floors, settled, found = [], [], {}
        for slug in (f"bench-{next(free)}" for _ in range(ROUNDS)):
            floors.append(asyncio.run(_crowd(floor, [""] * count, in_flight))[0])
            taken, statuses = asyncio.run(_crowd(ours, sign_in(slug, count), in_flight, slug))
            settled.append(taken)
            found = outcome(slug, statuses)
            assert (found["confirmed"], found["waiting"], found["in_order"]) == (PLACES, count - PLACES, True), found
        figures = {"floor_s": spread(floors), "settled_s": spread(settled), "in_flight": in_flight} | found
        report.add(f"{count} people for {PLACES} places", figures)


async def _crowd(server: Server, sessions: list[str], in_flight: int, slug: str = "") -> tuple[float, list[int]]:
    """Seconds until everybody has an answer after pressing the button; on the floor the form is part of it."""
    async with AsyncExitStack() as stack:
        people = await crowd(stack, server.port, sessions)
        if slug:
            await together([lambda p=person: p.answer(slug) for person in people], 8)
        begun = time.monotonic()
        acts = [(lambda p=person: p.confirm(slug)) if slug else person.register_on_the_floor for person in people]
        answers = await together(acts, in_flight)
        return time.monotonic() - begun, [status for statuses in answers for status in statuses]


def outcome(slug: str, statuses: list[int]) -> dict:
    """Who has a place, who waits and in what order, and what the server answered."""
    from webinars.models import Registration

    rows = Registration.objects.filter(webinar__slug=slug)
    positions = list(rows.queue().with_queue_position().values_list("queue_position", flat=True))
    found = {
        "confirmed": rows.confirmed().count(),
        "waiting": len(positions),
        "in_order": positions == list(range(1, len(positions) + 1)),
        "statuses": {str(s): statuses.count(s) for s in sorted(set(statuses))},
    }
    connection.close()
    return found


def deliver(count: int) -> dict:
    """Milliseconds of CPU for each mail delivered by a sender of its own process."""
    before = os.times()
    subprocess.run([sys.executable, "manage.py", "deliver_mail"], check=True, env={**os.environ, **bench.portal.ENV})
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return {"cpu_ms": round(1000 * used / count, 1), "mails": count, "note": "start of the process included"}


def waiting_mails() -> int:
    from network_portal.mail.models import OutboxMail

    count = OutboxMail.objects.filter(state=OutboxMail.State.QUEUED).count()
    connection.close()
    return count


def main() -> None:
    model = prepare()
    connection.close()
    report = Report("main_job", database=connection.vendor)
    with pages.portal_and_floor() as (ours, floor):
        for name, address in (("home", "/"), ("webinar", model.get_absolute_url())):
            pages.measure(report, Page(name, [address], {"floor": ["/event"]}), ours, floor)
        report.add("largest process", {"resident_mb": round(servers.memory(ours.pid), 1)})
        registrations(report, ours, floor)
        report.add("mails of these", deliver(waiting_mails()))
        crowds(report, ours, floor)


if __name__ == "__main__":
    main()
