"""Measure the pages of calls on PostgreSQL with 1,000 calls: the list, a filtered list, one call, and the home page.

Run from the project's root, on a database of its own that is filled anew:
``DATABASE_URL=postgres://…/bench python -m bench.calls``. Results go to ``bench/results/`` as JSON lines.
"""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

import bench.portal
from bench import pages
from bench.pages import Page
from bench.report import Report

CALLS = 1_000
KINDS, STATES = ("subsidy", "formula", "prize", "loan"), ("open", "coming", "closed", "resolved", "cancelled", "void")
PAGES = {"list": "/calls/", "filtered list": "/calls/?kind=prize&who=association", "home": "/"}


def prepare() -> str:
    """The demonstration, and calls of every kind and state with what hangs on them; the address of the fullest call."""
    from grants.models import Applicant, Call, Criterion, Territory
    from network_portal.demo.data.calls import ASSOCIATIONS

    bench.portal.prepare()
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


def main() -> None:
    addresses = PAGES | {"call": prepare()}
    connection.close()
    report = Report("calls", database=connection.vendor, calls=CALLS)
    with pages.portal_and_floor() as (ours, floor):
        for name, address in addresses.items():
            pages.measure(report, Page(name, [address], {"floor": ["/event"]}), ours, floor)


if __name__ == "__main__":
    main()
