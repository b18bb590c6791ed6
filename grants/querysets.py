"""Reads of calls."""

from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.utils import timezone

from network_portal.users.permissions import is_coordinator


class CallQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coordinators see drafts too."""
        return self if is_coordinator(user) else self.exclude(state="draft")

    def manageable_by(self, user):
        """All for coordinators, none for others: to them a call's pages of coordination do not exist."""
        return self if is_coordinator(user) else self.none()

    def with_open_questions(self):
        """``open_questions``: how many wait for an answer."""
        return self.annotate(open_questions=Count("questions", filter=Q(questions__answered_at=None), distinct=True))

    def in_phase(self, phase: str, *, now=None):
        """``"coming"``, ``"open"``, ``"closed"`` (published, without result) or ``"ended"`` (result, cancelled, void)."""
        now = now or timezone.now()
        published = self.filter(state="published")
        return {
            "coming": published.filter(opens_at__gt=now),
            "open": published.filter(opens_at__lte=now, closes_at__gte=now),
            "closed": published.filter(closes_at__lt=now),
            "ended": self.filter(state__in=["resolved", "cancelled", "void"]),
        }[phase]

    def open_first(self, *, now=None):
        """Open ones by what closes first, then coming ones by what opens first, then the others, the latest first."""
        now = now or timezone.now()
        live = {"state": "published", "closes_at__gte": now}
        rank = Case(When(**live, opens_at__lte=now, then=0), When(**live, then=1), When(state="draft", then=3), default=2)
        soonest = Case(When(**live, opens_at__lte=now, then=F("closes_at")), When(**live, then=F("opens_at")), default=None)
        return self.order_by(rank, soonest.asc(nulls_last=True), F("closes_at").desc(nulls_last=True), "-pk")
