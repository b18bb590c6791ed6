"""Reads of cycles, webinars and registrations."""

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from network_portal.users.permissions import is_coordinator
from network_portal.vocabularies.reading import version_column


class CycleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coordinators see every cycle; everybody else the published ones."""
        return self if is_coordinator(user) else self.filter(is_published=True)

    def current_first(self):
        """The cycle that runs today first, then the latest."""
        return self.order_by("-ends_on", "-pk")


class WebinarQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coordinators see drafts; everybody else what is published or was cancelled, in published cycles."""
        return self if is_coordinator(user) else self.exclude(state="draft").filter(cycle__is_published=True)

    def upcoming(self):
        """Not yet over, the next first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def past(self):
        """Over, the latest first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")

    def with_places(self):
        """Annotate ``places_taken`` and ``people_waiting``, one sub-query each; ``places_left`` follows from them."""
        return self.annotate(places_taken=_live_count("confirmed"), people_waiting=_live_count("waiting"))

    def with_places_left(self):
        """Those in which a newcomer has a place at once, now or when registration opens; needs ``with_places``."""
        open_still = self.annotate(closing=Coalesce("registration_closes_at", "starts_at")).filter(closing__gt=timezone.now())
        return open_still.filter(state="published", places_taken__lt=F("capacity"), people_waiting=0)

    def with_came(self):
        """Annotate ``people_came``: the participations; and ``towns_came``, their different municipalities.

        Both from the fact rows, as every figure (``webinars.stats``).
        """
        facts = apps.get_model("webinars", "AttendanceFact").objects.filter(webinar=OuterRef("pk")).order_by().values("webinar")
        towns = facts.annotate(n=Count("municipality", distinct=True)).values("n")
        return self.annotate(
            people_came=Coalesce(Subquery(facts.annotate(n=Sum("count")).values("n"), output_field=IntegerField()), 0),
            towns_came=Coalesce(Subquery(towns, output_field=IntegerField()), 0),
        )

    def with_practices_version(self):
        """Annotate ``practices_version``, which grows when a practice of the programme changes in the catalogue."""
        items = apps.get_model("webinars", "AgendaItem").objects.filter(webinar=OuterRef("pk"), practice__isnull=False)
        latest = items.order_by("-practice__catalogue_version").values("practice__catalogue_version")[:1]
        return self.annotate(practices_version=Subquery(latest))

    def with_terms_version(self):
        """Annotate ``terms_version``, which changes when a theme or an axis does."""
        return self.annotate(terms_version=version_column())

    def with_towns(self):
        """Annotate ``towns_confirmed``: how many different municipalities have a place."""
        rows = _registrations().filter(status="confirmed").values("webinar")
        towns = rows.annotate(n=Count("municipality", distinct=True)).values("n")
        return self.annotate(towns_confirmed=Coalesce(Subquery(towns, output_field=IntegerField()), 0))


def _registrations():
    """Registrations of the webinar of the outer query."""
    return apps.get_model("webinars", "Registration").objects.filter(webinar=OuterRef("pk")).order_by()


def _live_count(status: str):
    rows = _registrations().filter(status=status).values("webinar")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


class AgendaItemQuerySet(models.QuerySet):
    def in_order(self):
        """As held, with the people who speak."""
        return self.order_by("starts_at", "pk").prefetch_related("speakers")


class RecordingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coordinators see all; everybody else the published ones of webinars that they see."""
        if is_coordinator(user):
            return self
        return self.filter(state="published", webinar__cycle__is_published=True).exclude(webinar__state="draft")

    def watchable(self):
        """Published, and as far as is known still there on YouTube."""
        return self.filter(state="published").exclude(privacy__in=["private", "absent"])

    def lost(self):
        """Published, and YouTube says that it is private or deleted."""
        return self.filter(state="published", privacy__in=["private", "absent"])

    def due_to_be_read(self, before):
        """Those that YouTube was not asked about since ``before``, the longest ago first."""
        return self.filter(Q(read_at=None) | Q(read_at__lt=before)).order_by(F("read_at").asc(nulls_first=True), "pk")

    def counted(self):
        """Those that count towards the target: published, public on YouTube, and dated."""
        return self.filter(state="published", privacy="public", published_on__isnull=False)


class AttendanceRecordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; coordinators see all."""
        if is_coordinator(user):
            return self
        return self.filter(person=user) if user.is_authenticated else self.none()

    def attended(self):
        return self.filter(attended=True)


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; coordinators see all."""
        if is_coordinator(user):
            return self
        return self.filter(person=user) if user.is_authenticated else self.none()

    def valid(self):
        return self.filter(state="valid")

    def newest_first(self):
        return self.order_by("-issued_at", "-pk")


class PartnerQuerySet(models.QuerySet):
    def in_order(self):
        """Who funds first, then by the position that was given."""
        return self.order_by("-is_funder", "position", "pk")


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; coordinators see all."""
        if is_coordinator(user):
            return self
        return self.filter(person=user) if user.is_authenticated else self.none()

    def live(self):
        return self.exclude(status="cancelled")

    def confirmed(self):
        return self.filter(status="confirmed")

    def queue(self):
        """The waiting list in the order in which places are given."""
        return self.filter(status="waiting").order_by("queued_at", "pk")

    def for_the_list(self):
        """Who has a place by name, then the queue as it stands, then the cancelled."""
        rank = Case(When(status="confirmed", then=0), When(status="waiting", then=1), default=2)
        return self.order_by(rank, "queued_at", "name", "pk")

    def with_attended(self):
        """Annotate ``has_attended``: whether a record says that the person was there long enough."""
        records = apps.get_model("webinars", "AttendanceRecord").objects.attended()
        return self.annotate(has_attended=Exists(records.filter(registration=OuterRef("pk"))))

    def with_belonging(self):
        """Annotate ``belongs``: whether the person is, confirmed, one of the people of the municipality that was declared."""
        people = apps.get_model("municipalities", "Affiliation").objects.confirmed()
        return self.annotate(belongs=Exists(people.filter(person=OuterRef("person"), municipality=OuterRef("municipality"))))

    def with_queue_position(self):
        """Annotate ``queue_position`` (1 is next); null for who is not waiting."""
        ahead = (
            self.model.objects.filter(webinar=OuterRef("webinar"), status="waiting")
            .filter(Q(queued_at__lt=OuterRef("queued_at")) | Q(queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk")))
            .order_by().values("webinar").annotate(n=Count("pk")).values("n")
        )  # fmt: skip
        return self.annotate(queue_position=Subquery(ahead, output_field=IntegerField()))
