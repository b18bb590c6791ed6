"""Reads of calls."""

from django.db import models
from django.db.models import Case, CharField, Count, F, Max, Min, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from network_portal.common.aggregates import Joined
from network_portal.users.permissions import is_coordinator
from network_portal.vocabularies.reading import version_column


class CallFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coordinators see every file; everybody else those of public calls, and those of a result once it is public."""
        if is_coordinator(user):
            return self
        return self.exclude(call__state="draft").exclude(Q(kind="result") & ~Q(call__state="resolved"))


class CallQuerySet(models.QuerySet):
    def public(self):
        """Everything that was ever published."""
        return self.exclude(state="draft")

    def visible_to(self, user):
        """Coordinators see drafts too."""
        return self if is_coordinator(user) else self.public()

    def manageable_by(self, user):
        """All for coordinators, none for others: to them a call's pages of coordination do not exist."""
        return self if is_coordinator(user) else self.none()

    def followed_by(self, person, *, now):
        """Those that ``person`` follows, and of the themes that they follow those for which one can still apply."""
        follows = self.model._meta.get_field("follows").related_model.objects.filter(person=person)
        of_theme = Q(state="published", closes_at__gte=now, themes__in=follows.filter(call=None).values("theme"))
        found = self.public().filter(Q(pk__in=follows.filter(theme=None).values("call")) | of_theme)
        return self.filter(pk__in=found.values("pk"))

    def without_texts(self):
        """Without the long columns, which only the page of a call shows."""
        return self.defer("text", "how_to_apply", "result_text")

    def with_kinds(self):
        """``kinds``: the kinds of bodies that may apply, with commas between them."""
        applicants = self.model._meta.get_field("applicants").related_model.objects.filter(call=OuterRef("pk"))
        return self.annotate(kinds=Subquery(applicants.values("call").annotate(joined=Joined("kind")).values("joined")))

    def with_open_questions(self):
        """``open_questions``: how many wait for an answer, and ``oldest_question``: since when the first of them does."""
        waiting = Q(questions__answered_at=None)
        return self.annotate(
            open_questions=Count("questions", filter=waiting), oldest_question=Min("questions__asked_at", filter=waiting)
        )

    def with_sequence(self):
        """``sequence``: how often what a calendar knows of the call changed; it only grows."""
        kinds = ["corrected", "extended", "resolved", "cancelled", "void"]
        return self.annotate(sequence=Count("events", filter=Q(events__kind__in=kinds), distinct=True))

    def pulse(self, *, now) -> tuple:
        """What changes when anything changes that anybody may see of calls: how many there are, the sum of their versions,
        what opens and closes next, and the version of the terms, also while there is no call; one query."""
        terms = Cast(version_column(), CharField(max_length=36))
        facts = {
            "calls": Count("pk"),
            "versions": Sum("version"),
            "opens": Min("opens_at", filter=Q(opens_at__gt=now)),
            "closes": Min("closes_at", filter=Q(closes_at__gte=now)),
            "terms": Coalesce(Max(terms), terms),
        }
        return tuple(self.public().aggregate(**facts).values())

    def with_terms_version(self):
        """Annotate ``terms_version``, which changes when a theme or an axis does."""
        return self.annotate(terms_version=version_column())

    def count_phases(self, *, now=None) -> dict[str, int]:
        """How many are coming, open, closed and ended; one query."""
        now = now or timezone.now()
        published = Q(state="published")
        return self.aggregate(
            open=Count("pk", filter=published & Q(opens_at__lte=now, closes_at__gte=now), distinct=True),
            coming=Count("pk", filter=published & Q(opens_at__gt=now), distinct=True),
            closed=Count("pk", filter=published & Q(closes_at__lt=now), distinct=True),
            ended=Count("pk", filter=Q(state__in=["resolved", "cancelled", "void"]), distinct=True),
        )

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
        """Open ones by what closes first, then coming ones by what opens first, then those without result and those that
        ended, the latest first; drafts last."""
        now = now or timezone.now()
        live = {"state": "published", "closes_at__gte": now}
        ranks = [When(**live, opens_at__lte=now, then=0), When(**live, then=1), When(state="published", then=2)]
        rank = Case(*ranks, When(state="draft", then=4), default=3)
        soonest = Case(When(**live, opens_at__lte=now, then=F("closes_at")), When(**live, then=F("opens_at")), default=None)
        return self.order_by(rank, soonest.asc(nulls_last=True), F("closes_at").desc(nulls_last=True), "-pk")
