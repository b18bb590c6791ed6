"""Figures of a cycle, from aggregates. A registration is never counted as a participation."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from webinars.models import Cycle, Webinar


@dataclass(frozen=True)
class CycleFigures:
    """What a cycle has reached at ``at``; its targets stand on the cycle itself."""

    webinars: int  # published and over
    participations: int  # check-ins at webinars that are over
    people: int  # different people among the participations
    municipalities: int  # different municipalities among them
    recordings: int
    at: timezone.datetime


def cycle_figures(cycle: Cycle) -> CycleFigures:
    """Count what has happened, in one query."""
    now = timezone.now()
    over = Q(ends_at__lte=now)
    came = over & Q(registrations__checked_in_at__isnull=False)
    counts = Webinar.objects.filter(cycle=cycle, state=Webinar.State.PUBLISHED).aggregate(
        webinars=Count("pk", filter=over, distinct=True),
        participations=Count("registrations", filter=came, distinct=True),
        people=Count("registrations__person", filter=came, distinct=True),
        municipalities=Count("registrations__municipality", filter=came, distinct=True),
    )
    return CycleFigures(**counts, recordings=0, at=now)
