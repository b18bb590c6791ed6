"""Reads of the register and of the network's members."""

import re

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, Min, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from network_portal.common.text import fold
from network_portal.users.permissions import is_coordinator

QUALIFIED = re.compile(r"^(?P<name>.+?)\s*\((?P<where>[^()]+)\)$")  # "Lagoa (Faro)"


def label_column(path: str) -> Case:
    """The ``label`` of the town at ``path`` as a column of a query about something else; empty where there is none."""
    where = Case(When(**{f"{path}__district": ""}, then=f"{path}__code"), default=f"{path}__district")
    qualified = Concat(f"{path}__name", Value(" ("), where, Value(")"))
    name = Coalesce(f"{path}__name", Value(""))
    return Case(When(**{f"{path}__has_namesake": True}, then=qualified), default=name, output_field=models.CharField())


class MunicipalityQuerySet(models.QuerySet):
    def matching(self, text: str):
        """Towns whose name holds every typed word, accents and case aside; towns that begin with it come first."""
        found = self
        for word in fold(text).split():
            found = found.filter(name_folded__contains=word)
        starts = models.Case(models.When(name_folded__startswith=fold(text), then=0), default=1)
        return found.annotate(starts=starts).order_by("starts", "name_folded", "pk")

    def called(self, text: str):
        """Towns of exactly this name, accents and case aside; "Lagoa (Faro)" and "Lagoa (0806)" name one of two."""
        whole = Q(name_folded=fold(text))
        parts = QUALIFIED.match(text)
        if parts and parts["where"].strip().isalnum() and any(c.isdigit() for c in parts["where"]):
            whole |= Q(name_folded=fold(parts["name"]), code=parts["where"].strip())
        elif parts:
            whole |= Q(pk__in=self._in_district(fold(parts["name"]), parts["where"]))
        return self.filter(whole).order_by("name_folded", "pk")

    def _in_district(self, name_folded: str, where: str) -> list[int]:
        """Read here, because no database folds accents; a name is borne by a few towns at most."""
        rows = self.filter(name_folded=name_folded).values_list("pk", "district", "region", "code")
        return [pk for pk, *places in rows if fold(where) in map(fold, places)]

    def with_staff(self, user):
        """Towns to which the person belongs, in whatever capacity, confirmed."""
        return self._of(user)

    def with_focal_point(self, user):
        """Towns of which the person is a focal point."""
        return self._of(user, kind="focal_point")

    def with_requests_nobody_answers(self):
        """Towns without a focal point where people asked to belong: ``people_asking`` and ``asked_since``; the longest first."""
        asked = Q(affiliations__state="asked", affiliations__person__is_active=True)
        rows = self.filter(~Exists(_focal_points())).annotate(
            people_asking=Count("affiliations", filter=asked), asked_since=Min("affiliations__asked_at", filter=asked)
        )
        return rows.filter(people_asking__gt=0).order_by("asked_since", "pk")

    def that_lost_their_focal_point(self):
        """Towns that had one, and whose last was erased or had the account closed."""
        once = apps.get_model("municipalities", "Affiliation").objects.filter(municipality=OuterRef("pk"), kind="focal_point")
        return self.filter(Exists(once), ~Exists(_focal_points())).order_by("name_folded", "pk")

    def _of(self, user, **capacity):
        if not user.is_authenticated:
            return self.none()
        mine = user.affiliations.filter(state="confirmed", **capacity)
        return self.filter(pk__in=mine.values("municipality"))


def _focal_points():
    """Those of the town of the outer query."""
    return apps.get_model("municipalities", "Affiliation").objects.focal_points().filter(municipality=OuterRef("pk"))


class AffiliationQuerySet(models.QuerySet):
    def live(self):
        """Asked for, offered or confirmed."""
        return self.filter(state__in=["asked", "invited", "confirmed"])

    def confirmed(self):
        return self.filter(state="confirmed")

    def asked(self):
        """Waiting for an answer, the longest first."""
        return self.filter(state="asked", person__is_active=True).order_by("asked_at", "pk")

    def invited(self):
        """Waiting for the person's answer, the longest first."""
        return self.filter(state="invited", person__is_active=True).order_by("asked_at", "pk")

    def focal_points(self):
        """Those who can act: a closed account looks after nobody."""
        return self.filter(state="confirmed", kind="focal_point", person__is_active=True)

    def in_order(self):
        """Focal points first, then by name."""
        return self.order_by("kind", "person__name", "person__email", "pk")

    def visible_to(self, user):
        """One's own, those of one's towns, and everybody's for coordinators."""
        if is_coordinator(user):
            return self
        if not user.is_authenticated:
            return self.none()
        towns = user.affiliations.filter(state="confirmed").values("municipality")
        return self.filter(Q(person=user) | Q(municipality__in=towns))


class MembershipQuerySet(models.QuerySet):
    def current(self, day=None):
        """Memberships that hold on ``day`` (a date; today when left out)."""
        day = day or timezone.localdate()
        now = Q(until=None) | Q(until__gt=day)
        return self.filter(now, since__lte=day).order_by("kind", "municipality__name_folded", "pk")
