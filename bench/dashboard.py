"""Measure the figures of a large cycle on PostgreSQL: 500 webinars, 100,000 registrations, by default.

Run from the project's root, on a database of its own that is filled anew:
``DATABASE_URL=postgres://…/bench_dashboard python -m bench.dashboard``. Results go to ``bench/results/`` as JSON lines.
"""

import time
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection, reset_queries
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import bench.portal  # first of all: it sets Django up
from bench import servers
from bench.report import Report, spread
from municipalities import services as municipalities
from municipalities.models import Membership, Municipality
from network_portal.users.models import User
from network_portal.vocabularies.models import Term
from webinars.models import AttendanceFact, Cycle, GenderFact, PersonFact, Registration, SurveyAnswer, Webinar, WebinarFact
from webinars.stats import cycle_figures, cycle_tables, public_tables
from webinars.views.figures import FiguresView, figures_file

ROUNDS = 7
SHOW_UP, PEOPLE = 0.85, 20_000
OPEN = 10  # of the latest webinars, attendance is not closed


def prepare(webinars: int, registrations: int) -> Cycle:
    """A cycle of ``webinars``, most of them over, with ``registrations`` spread over them, and the facts of who came."""
    bench.portal.manage("migrate", "-v0")
    bench.portal.manage("createcachetable")
    if found := Cycle.objects.filter(slug=f"bench-{webinars}-{registrations}").first():
        return found
    chance = Random(3)
    with (settings.BASE_DIR / "municipalities/data/portugal.csv").open("rb") as file:
        municipalities.import_register(file)
    towns = list(Municipality.objects.order_by("pk"))
    Membership.objects.all().delete()
    Membership.objects.bulk_create(Membership(municipality=town, kind="member", since=date(2020, 1, 1)) for town in towns[:200])
    people = _people()
    cycle = Cycle.objects.create(
        title="Bench", slug=f"bench-{webinars}-{registrations}", is_published=True,
        starts_on=timezone.localdate() - timedelta(700), ends_on=timezone.localdate() + timedelta(30),
    )  # fmt: skip
    for number in range(1, webinars + 1):
        _make_webinar(cycle, number, webinars, registrations // webinars, towns, people, chance)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return cycle


def _people() -> list[User]:
    wanted = PEOPLE - User.objects.filter(email__endswith="@bench.example").count()
    User.objects.bulk_create(
        [User(email=f"p{n}@bench.example", name=f"P {n}", password="!") for n in range(wanted)], batch_size=2000
    )
    return list(User.objects.filter(email__endswith="@bench.example").order_by("pk"))


def _make_webinar(cycle: Cycle, number: int, webinars: int, count: int, towns, people, chance: Random) -> None:
    start = timezone.now() - timedelta(days=690 * (webinars - 5 - number) / webinars)  # the last five are to come
    roles, theme = list(Term.objects.of("role")), Term.objects.of("theme").first()
    webinar = Webinar.objects.create(
        cycle=cycle, number=number, title=f"Webinar {number}", slug=f"{cycle.slug}-{number}", theme=theme, state="published",
        capacity=count, starts_at=start, ends_at=start + timedelta(hours=2),
    )  # fmt: skip
    chosen = [(person, chance.choice(towns), chance.choice(roles)) for person in chance.sample(people, count)]
    Registration.objects.bulk_create(
        Registration(
            webinar=webinar, person=person, name=person.name, status="confirmed", confirmed_at=start, municipality=town, role=role
        )
        for person, town, role in chosen
    )
    if not webinar.is_past:
        return
    if webinars - number > OPEN:
        WebinarFact.objects.create(webinar=webinar, confirmed=count, waiting=0, cancelled=0)
        Webinar.objects.filter(pk=webinar.pk).update(attendance_closed_at=webinar.ends_at)
    groups: dict = {}
    came = [row for row in chosen if chance.random() < SHOW_UP]
    for _person, town, role in came:
        groups[town, role] = groups.get((town, role), 0) + 1
    AttendanceFact.objects.bulk_create(
        AttendanceFact(webinar=webinar, municipality=town, role=role, count=n) for (town, role), n in groups.items()
    )
    PersonFact.objects.bulk_create(PersonFact(webinar=webinar, pseudonym=f"{person.pk:064x}") for person, _town, _role in came)
    GenderFact.objects.bulk_create(GenderFact(webinar=webinar, gender=gender, count=20) for gender in GenderFact.Gender.values)
    SurveyAnswer.objects.bulk_create(SurveyAnswer(webinar=webinar, usefulness=chance.randint(2, 5)) for _ in range(count // 4))


def measure(report: Report, name: str, act) -> None:
    """Milliseconds from call to answer and of CPU (this process and its backend), and SQL; the first round warms up."""
    act()
    reset_queries()
    taken, used = [], []
    for _ in range(ROUNDS):
        begun, before = time.perf_counter(), cpu()
        act()
        taken.append(1000 * (time.perf_counter() - begun))
        used.append(1000 * (cpu() - before))
    with CaptureQueriesContext(connection) as captured:
        act()
    report.add(name, {"ms": spread(taken, 0), "cpu_ms": spread(used, 0), "sql": len(captured)})


def cpu() -> float:
    """Seconds of processor time used so far, by us and by our backend of PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / servers.TICK


def page(user, cycle: Cycle):
    request = RequestFactory().get("/")
    request.user, request.session = user, {}
    return lambda: FiguresView.as_view()(request, slug=cycle.slug).render()


def file(user, cycle: Cycle, kind: str):
    request = RequestFactory().get("/")
    request.user, request.session = user, {}
    return lambda: figures_file(request, cycle.slug, kind)


def main() -> None:
    from django.contrib.auth.models import AnonymousUser

    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--webinars", type=int, default=500)
    parser.add_argument("--registrations", type=int, default=100_000)
    given = parser.parse_args()
    report = Report("dashboard", database=connection.vendor, **vars(given))
    cycle = prepare(given.webinars, given.registrations)
    coordinator = User(pk=0, email="c@bench.example", name="C", is_coordinator=True)
    measure(report, "the four figures", lambda: cycle_figures(cycle))
    measure(report, "all tables, exact", lambda: cycle_tables(cycle))
    measure(report, "all tables, public", lambda: public_tables(cycle_tables(cycle)))
    measure(report, "the page for coordinators", page(coordinator, cycle))
    measure(report, "the page for everybody", page(AnonymousUser(), cycle))
    measure(report, "the file for Excel", file(coordinator, cycle, "xlsx"))


if __name__ == "__main__":
    main()
