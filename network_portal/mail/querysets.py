"""Which mails are due, which must not go out, which are left of a sender that died."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

OPTIONAL = ("reminder", "bulk")  # what a person can unsubscribe from


class OutboxMailQuerySet(models.QuerySet):
    def queued(self):
        return self.filter(state="queued")

    def due(self, now=None):
        """Queued, its time has come, and no sender has it in hand; the most urgent first."""
        now = now or timezone.now()
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        started = Q(not_before=None) | Q(not_before__lte=now)
        due = self.queued().filter(free, started, next_attempt_at__lte=now)
        return due.order_by("priority", "next_attempt_at", "id")

    def too_late(self, now):
        return self.filter(send_before__lte=now)

    def in_time(self, now):
        return self.filter(Q(send_before=None) | Q(send_before__gt=now))

    def unwanted(self):
        """To an address that is refused for good, or unsubscribed from the category."""
        return self.filter(self._address_is_blocked())

    def wanted(self):
        return self.exclude(self._address_is_blocked())

    def unless_paused(self, now):
        """Nothing while a person or errors of connection stop all mail."""
        control = apps_model(self.model, "OutboxControl")
        return self.exclude(Exists(control.filter(Q(is_paused=True) | Q(paused_until__gt=now))))

    def abandoned(self, now):
        """Being sent by a sender that has not been heard of since its lease ended."""
        return self.filter(state="sending", lease_until__lt=now)

    def _address_is_blocked(self):
        states = apps_model(self.model, "AddressState").filter(address=OuterRef("to"))
        unsubscribed = states.filter(category=OuterRef("category"), category__in=OPTIONAL)
        return Exists(states.filter(category="")) | Exists(unsubscribed)


def apps_model(model, name):
    """Rows of a neighbouring model; this module imports none of its own app."""
    return model._meta.apps.get_model("mail", name).objects.all()
