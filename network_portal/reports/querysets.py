"""Which reports a person sees."""

from django.db import models

from network_portal.users.permissions import is_coordinator


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """People who coordinate see all; nobody else any."""
        return self if is_coordinator(user) else self.none()

    def latest_first(self):
        return self.order_by("-cycle__ends_on", "-cycle", "-number")

    def drafts(self):
        return self.filter(state="draft")

    def frozen(self):
        return self.filter(state="frozen")
