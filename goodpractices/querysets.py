"""Reads of practices: who sees which, and what lists need of them."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from goodpractices.sections import needed
from municipalities.models import Municipality
from network_portal.users.permissions import is_coordinator

READABLE = ["public", "archived"]  # at their address, by everybody
LISTED = "public"  # in the catalogue, the search, the feeds


class PracticeQuerySet(models.QuerySet):
    def listed(self):
        """What the catalogue, the search and the feeds may show."""
        return self.filter(state=LISTED)

    def readable(self):
        """What everybody reads at its address."""
        return self.filter(state__in=READABLE)

    def visible_to(self, user):
        """What is readable, all of one's own municipalities but what was deleted; everything for coordinators."""
        if is_coordinator(user):
            return self
        return self.filter(Q(state__in=READABLE) | self._own(user))

    def written_by(self, user):
        """What the person may write in: of their municipalities; everything for coordinators."""
        return self if is_coordinator(user) else self.filter(self._own(user))

    def deleted_from(self, user):
        """What was deleted where the person writes, whoever may restore it; everything deleted for coordinators."""
        own = self if is_coordinator(user) else self.filter(municipality__in=Municipality.objects.with_staff(user))
        return own.filter(state="deleted")

    def deleted_of(self, user):
        """What the person may restore: deleted ones of where they are focal points; everything deleted for coordinators."""
        own = self if is_coordinator(user) else self.filter(municipality__in=Municipality.objects.with_focal_point(user))
        return own.filter(state="deleted")

    def unanswered(self):
        """Public ones whose authors were asked twice whether they are still true, and whose time to answer is over."""
        second_over = Q(unanswered=2, asked_on__lte=timezone.localdate() - timedelta(days=30))
        return self.filter(Q(unanswered__gt=2) | second_over, state=LISTED)

    def of_person(self, user):
        """Of the municipalities that they belong to, and what they began where they may still write; what waits first."""
        own = Q(municipality__in=Municipality.objects.with_staff(user)) | Q(created_by=user)
        found = self.written_by(user).filter(own).exclude(state="deleted")
        return found.order_by(models.F("work_version").desc(nulls_last=True), "-changed_at", "-pk")

    def _own(self, user) -> Q:
        if not user.is_authenticated:
            return Q(pk__in=[])
        return ~Q(state="deleted") & Q(municipality__in=Municipality.objects.with_staff(user))

    def newest_first(self):
        return self.order_by("-published_at", "-pk")


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Versions that were public are read by everybody while their practice is; the others by who may write."""
        if is_coordinator(user):
            return self
        public = Q(state__in=["published", "replaced"], practice__state__in=READABLE)
        if not user.is_authenticated:
            return self.filter(public)
        own = ~Q(practice__state="deleted") & Q(practice__municipality__in=Municipality.objects.with_staff(user))
        return self.filter(public | own)

    def in_queue(self):
        """Those that wait for a reviewer, the longest first."""
        return self.filter(state__in=["submitted", "in_review", "second_review"]).order_by("waiting_since", "pk")


class SectionQuerySet(models.QuerySet):
    def shown(self):
        """Those that the form of their version asks for: reviewers read these and no others, so nobody else does either. What
        was written in the others is kept for its authors."""
        in_snapshot = [section.code for section in needed("snapshot").shown]
        return self.filter(Q(version__form="full") | Q(code__in=in_snapshot))


class PracticeFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of what everybody reads; the others for who may write in the practice."""
        if is_coordinator(user):
            return self
        public = Q(is_public=True, practice__state__in=READABLE)
        if not user.is_authenticated:
            return self.filter(public)
        own = ~Q(practice__state="deleted") & Q(practice__municipality__in=Municipality.objects.with_staff(user))
        return self.filter(public | own)
