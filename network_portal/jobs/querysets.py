"""Which jobs are due, which a person sees, which files are old."""

from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; people who coordinate see everybody's."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_coordinator else self.filter(created_by=user)

    def due(self, now):
        """Not begun, or begun by a worker that has not been heard of since its lease ended; the oldest first."""
        abandoned = Q(state="running", lease_until__lt=now)
        return self.filter(Q(state="queued") | abandoned).order_by("created_at", "pk")

    def keeping_key(self):
        """Those that stand in the way of a second job with their key: live, or done with what they made still there."""
        return self.filter(~Q(state="failed"), file_removed_at=None)

    def with_file_from_before(self, moment):
        return self.filter(finished_at__lt=moment).exclude(file="")
