"""Reads what the tables of a cycle need, in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import CharField, Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from municipalities.models import Membership, Municipality
from network_portal.mail.models import OutboxMail
from network_portal.vocabularies import reading
from network_portal.vocabularies.models import Term
from webinars.models import AttendanceFact, Cycle, GenderFact, Registration, SurveyAnswer, Webinar
from webinars.stats.figures import (
    CycleFigures,
    Held,
    TownCount,
    attendance_by_town,
    counted_recordings,
    figures_of,
    held_by,
    people_by_first_start,
)


@dataclass(frozen=True)
class Counts:
    """What was read, before it is laid out in tables."""

    cycle: Cycle
    until: date | None
    figures: CycleFigures
    held: Held
    webinars: list[Webinar]  # published ones by date, only held ones when there is a cut-off day; see ``_webinars``
    first_timers: dict[datetime, int]
    registrations: dict[tuple[int, str], int]  # (webinar, state) → people
    terms: reading.Vocabularies
    roles: dict[str, Term]  # by code
    participations: dict[tuple[int, str], int]  # (webinar, code of the role) → how many
    reached: list[Municipality]  # with participations, first_start, came_before
    members: list[Membership]  # with written_at
    coming: dict[int, int]  # municipality → live registrations for coming webinars
    genders: dict[str, int]

    @cached_property
    def came(self) -> Counter[int]:
        """Participations by webinar."""
        sums: Counter[int] = Counter()
        for (webinar, _code), people in self.participations.items():
            sums[webinar] += people
        return sums


def count(cycle: Cycle, *, until: date | None = None) -> Counts:
    """Nine queries; ten with ``until``."""
    held = held_by(cycle, until=until)
    first_timers, towns = people_by_first_start(held), attendance_by_town(held)
    roles = _roles(held)
    webinars = _webinars(cycle, held, until, roles["terms"])
    is_held = [webinar for webinar in webinars if until or webinar.is_past]
    recordings = sum(webinar.has_recording for webinar in webinars)
    return Counts(
        cycle=cycle,
        until=until,
        figures=figures_of(towns, first_timers, webinars=len(is_held), recordings=recordings),
        held=held,
        webinars=webinars,
        first_timers=first_timers,
        registrations=_registrations(webinars),
        **roles,
        reached=_reached(cycle, towns),
        members=_members(cycle, until),
        coming=_coming([webinar for webinar in webinars if not webinar.is_past]),
        genders=dict(held.rows(GenderFact).values_list("gender").annotate(n=Sum("count"))),
    )


def _webinars(cycle: Cycle, held: Held, until: date | None, terms: reading.Vocabularies) -> list[Webinar]:
    """With ``towns_came``, ``answers``, ``usefulness`` (their sum), ``has_recording`` (one that counts); themes of ``terms``."""
    rows = held.webinars() if until else Webinar.objects.filter(cycle=cycle, state=Webinar.State.PUBLISHED)
    towns = AttendanceFact.objects.filter(webinar=OuterRef("pk")).order_by().values("webinar")
    answers = SurveyAnswer.objects.filter(webinar=OuterRef("pk")).order_by().values("webinar")
    found = list(
        rows.annotate(
            towns_came=_number(towns.annotate(n=Count("municipality", distinct=True))),
            answers=_number(answers.annotate(n=Count("pk"))),
            usefulness=_number(answers.annotate(n=Sum("usefulness"))),
            has_recording=Exists(counted_recordings(held.webinars(), until=until).filter(webinar=OuterRef("pk"))),
        )
        .select_related("fact", "recording")
        .defer("text", "summary", "recording__transcript")
        .order_by("starts_at", "pk")
    )
    for webinar in found:
        webinar.theme = terms.by_pk[webinar.theme_id]  # kept by the process: 500 webinars have five themes
    return found


def _number(grouped: QuerySet):
    return Coalesce(Subquery(grouped.values("n"), output_field=IntegerField()), 0)


def _registrations(webinars: list[Webinar]) -> dict[tuple[int, str], int]:
    """As they were when attendance was closed, else as they are now."""
    sealed = [webinar for webinar in webinars if webinar.attendance_closed_at and hasattr(webinar, "fact")]
    found = {(w.pk, state): getattr(w.fact, state) for w in sealed for state in Registration.Status.values}
    still_open = {webinar.pk for webinar in webinars} - {webinar.pk for webinar in sealed}
    live = Registration.objects.filter(webinar__in=still_open).order_by().values_list("webinar", "status")
    return found | {(webinar, state): people for webinar, state, people in live.annotate(n=Count("pk"))}


def _roles(held: Held) -> dict:
    """The roles in which anybody came, how many in each webinar and role, and the vocabularies of the moment.

    Each row brings the version of the vocabularies, so that they cost no query of their own while nothing changed in them.
    """
    rows = held.rows(AttendanceFact).values("webinar", "role").annotate(n=Sum("count")).annotate(version=reading.version_column())
    found = list(rows.values_list("webinar", "role", "n", "version"))
    terms = reading.at(found[0][-1]) if found else reading.current()
    roles = {role: terms.by_pk[role] for _webinar, role, _n, _version in found}
    return {
        "terms": terms,
        "roles": {term.code: term for term in roles.values()},
        "participations": {(webinar, roles[role].code): n for webinar, role, n, _version in found},
    }


def _reached(cycle: Cycle, towns: list[TownCount]) -> list[Municipality]:
    """By name, with what ``towns`` says and whether anybody came to an earlier cycle."""
    counted = {town.municipality: town for town in towns if town.municipality is not None}
    earlier = AttendanceFact.objects.filter(
        municipality=OuterRef("pk"),
        webinar__cycle__starts_on__lt=cycle.starts_on,
        webinar__state=Webinar.State.PUBLISHED,
        webinar__ends_at__lte=timezone.now(),
    ).exclude(webinar__cycle=cycle)
    rows = Municipality.objects.filter(pk__in=counted).annotate(came_before=Exists(earlier)).order_by("name_folded", "pk")
    reached = list(rows)
    for town in reached:
        town.participations, town.first_start = counted[town.pk].participations, counted[town.pk].first_start
    return reached


def not_reached_subject(cycle: Cycle) -> str:
    """How the subjects begin under which the outbox files what is written to municipalities not reached."""
    return f"not_reached:{cycle.pk}:"


def _members(cycle: Cycle, until: date | None) -> list[Membership]:
    about = Concat(Value(not_reached_subject(cycle)), Cast(OuterRef("municipality"), CharField(max_length=20)))
    mails = OutboxMail.objects.filter(about=about).exclude(state=OutboxMail.State.CANCELLED).order_by("-created_at", "-pk")
    rows = Membership.objects.current(until).select_related("municipality")
    return list(rows.annotate(written_at=Subquery(mails.values("created_at")[:1])))


def _coming(webinars: list[Webinar]) -> dict[int, int]:
    rows = Registration.objects.live().filter(webinar__in=[w.pk for w in webinars], municipality__isnull=False)
    return dict(rows.order_by().values_list("municipality").annotate(n=Count("pk")))
