"""Reads of the register and of the network's members."""

import re
from collections import defaultdict

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

    def called(self, text: str) -> list:
        """Towns of exactly this name, accents and case aside; "Lagoa (Faro)" and "Lagoa (0806)" name one of two."""
        return self.called_each([text])[text]

    def called_each(self, texts) -> dict[str, list]:
        """The same for many texts at once, in one query. Read here, because no database folds accents; few towns bear a name."""
        parts = {text: QUALIFIED.match(text) for text in texts}
        names = {fold(text) for text in parts} | {fold(match["name"]) for match in parts.values() if match}
        bearers = defaultdict(list)
        for town in self.filter(name_folded__in=names).order_by("name_folded", "pk"):
            bearers[town.name_folded].append(town)
        return {
            text: bearers[fold(text)] + (_those_of(match["where"], bearers[fold(match["name"])]) if match else [])
            for text, match in parts.items()
        }

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


def _those_of(where: str, towns: list) -> list:
    """Of ``towns`` those with this code, or in a district or region of this name."""
    where = where.strip()
    if where.isalnum() and any(character.isdigit() for character in where):
        return [town for town in towns if town.code == where]
    return [town for town in towns if fold(where) in map(fold, (town.district, town.region, town.code))]


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

    def with_removals(self):
        """``was_removed_before``: whether somebody took the same person out of the same town earlier."""
        earlier = self.model.objects.filter(person=OuterRef("person"), municipality=OuterRef("municipality"), was_removed=True)
        return self.annotate(was_removed_before=Exists(earlier))

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
