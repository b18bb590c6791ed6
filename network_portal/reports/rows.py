"""The rows behind the figures, by names that outlive a copy of the database: no key of a table, nobody's name."""

from collections.abc import Iterator
from datetime import date

from municipalities.models import Municipality
from network_portal.vocabularies.models import Term
from webinars.models import AttendanceFact, Cycle, PersonFact
from webinars.stats.figures import counted_recordings, held_webinars

CHUNK = 2_000  # rows read at a time


def figure_rows(cycle: Cycle, *, until: date) -> dict[str, list[str]]:
    """Figure → the ids of the rows that it counts, in five queries.

    Webinars by their number, participations as "webinar town role count", people by pseudonym, towns by their official
    code, recordings by webinar, address and day.
    """
    held = held_webinars(cycle, until=until)
    groups = list(_groups(held))
    recordings = counted_recordings(held, until=until).values_list("webinar__number", "video_id", "published_on")
    people = PersonFact.objects.filter(webinar__in=held).order_by().values_list("pseudonym", flat=True).distinct()
    return {
        "webinars": [str(number) for number in held.values_list("number", flat=True)],
        "participations": [f"{number} {_town(scheme, code)} {role} {count}" for number, scheme, code, role, count in groups],
        "people": list(people),
        "municipalities": sorted({_town(scheme, code) for _number, scheme, code, *_rest in groups if code}),
        "recordings": [f"{number} {video} {day}" for number, video, day in recordings],
    }


def _town(scheme: str | None, code: str | None) -> str:
    return f"{scheme}:{code}" if code else "-"


def _groups(held) -> Iterator[tuple]:
    fields = ("webinar__number", "municipality__code_scheme", "municipality__code", "role__code", "count")
    return AttendanceFact.objects.filter(webinar__in=held).order_by("pk").values_list(*fields).iterator(chunk_size=CHUNK)


def participations(cycle: Cycle) -> tuple[int, Iterator[tuple]]:
    """How many groups (webinar × municipality × role) there are up to today, and the groups in that order.

    A group is (webinar, municipality or None, role, count); equal objects are the same, so that 100,000 groups cost what
    their ids cost. Five queries.
    """
    held = held_webinars(cycle)
    webinars, roles = held.in_bulk(), Term.objects.filter(vocabulary="role").in_bulk()
    rows = AttendanceFact.objects.filter(webinar__in=held)
    towns = Municipality.objects.in_bulk()
    ordered = rows.order_by("webinar__number", "municipality__name", "municipality__code", "role__position", "pk")
    found = ordered.values_list("webinar_id", "municipality_id", "role_id", "count").iterator(chunk_size=CHUNK)
    return rows.count(), ((webinars[w], towns.get(m), roles[r], n) for w, m, r, n in found)
