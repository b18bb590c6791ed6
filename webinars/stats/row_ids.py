"""Which rows a table was counted from, for those who prove a figure later: "attendancefact:12"."""

from collections.abc import Iterable

from django.db.models import QuerySet

from webinars.models import AttendanceFact, GenderFact, PersonFact, SurveyAnswer, Webinar
from webinars.stats.figures import Held


def webinars(shown: Iterable[Webinar], held: Held) -> list[str]:
    """The webinars themselves, their sealed registrations, their attendances and their people."""
    shown = list(shown)
    facts = [f"webinarfact:{w.fact.pk}" for w in shown if w.attendance_closed_at and hasattr(w, "fact")]
    people = _named("personfact", held.rows(PersonFact))
    return [f"webinar:{w.pk}" for w in shown] + facts + attendance(held) + people


def attendance(held: Held, *, of_municipalities: bool = False) -> list[str]:
    rows = held.rows(AttendanceFact)
    return _named("attendancefact", rows.filter(municipality__isnull=False) if of_municipalities else rows)


def genders(held: Held) -> list[str]:
    return _named("genderfact", held.rows(GenderFact))


def answers(held: Held) -> list[str]:
    return _named("surveyanswer", held.rows(SurveyAnswer))


def _named(kind: str, rows: QuerySet) -> list[str]:
    return [f"{kind}:{pk}" for pk in rows.order_by("pk").values_list("pk", flat=True)]
