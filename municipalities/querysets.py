"""Reads of the register and of the network's members."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from network_portal.common.text import fold


class MunicipalityQuerySet(models.QuerySet):
    def matching(self, text: str):
        """Towns whose name holds every typed word, accents and case aside; towns that begin with it come first."""
        found = self
        for word in fold(text).split():
            found = found.filter(name_folded__contains=word)
        starts = Q(name_folded__startswith=fold(text))
        return found.annotate(starts=models.Case(models.When(starts, then=0), default=1)).order_by("starts", "name_folded", "pk")


class MembershipQuerySet(models.QuerySet):
    def current(self, day=None):
        """Memberships that hold on ``day`` (a date; today when left out)."""
        day = day or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day).order_by("kind", "municipality__name_folded", "pk")
