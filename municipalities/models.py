"""The official register of municipalities and who of them belongs to the network."""

from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.nuts import NAMES
from municipalities.querysets import AffiliationQuerySet, MembershipQuerySet, MunicipalityQuerySet
from network_portal.common.defaults import network_language
from network_portal.vocabularies import reading
from network_portal.vocabularies.models import Vocabulary


class Municipality(models.Model):
    """A town of the official register. Never keyed by name: two pairs of Portuguese towns share one."""

    code_scheme = models.CharField(_("code scheme"), max_length=10)
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    name_folded = models.CharField(max_length=120, db_index=True, editable=False)
    district = models.CharField(_("district or province"), max_length=80, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2)
    nuts3 = models.CharField("NUTS 3", max_length=5, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    residents = models.PositiveIntegerField(_("residents"), null=True, blank=True)
    has_namesake = models.BooleanField(default=False, editable=False)  # kept by the import

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints = [models.UniqueConstraint(fields=["code_scheme", "code"], name="municipality_code_once_per_scheme")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("municipalities:detail", args=[self.slug])

    @property
    def label(self) -> str:
        """The name that tells it from a namesake: "Odemira", "Lagoa (Faro)"."""
        return self.qualified_name if self.has_namesake else self.name

    @property
    def qualified_name(self) -> str:
        return f"{self.name} ({self.district or self.code})"

    @property
    def nuts3_name(self) -> str:
        """The region in words; its code where no name is known."""
        return NAMES.get(self.nuts3, self.nuts3)

    @property
    def population_band(self) -> str:
        """The band of residents in words; empty when the number is not known."""
        band = reading.current().band_of(Vocabulary.POPULATION_BAND, self.residents)
        return band.label if band else ""


class Membership(models.Model):
    """A municipality's belonging to the network over a stretch of time; ``until`` is the first day outside."""

    class Kind(models.TextChoices):
        FOUNDER = "founder", _("founder")
        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)  # to whom the network writes
    contact_email = models.EmailField(_("e-mail of the contact"), max_length=254, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(until=None), name="membership_one_open_per_municipality"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="membership_ends_after_it_began"),
        ]

    def __str__(self):
        return f"{self.municipality} ({self.get_kind_display()})"

    @property
    def last_day(self) -> date | None:
        """The last day inside; None while there is no end."""
        return self.until and self.until - timedelta(days=1)

    @property
    def has_ended(self) -> bool:
        return self.until is not None and self.until <= timezone.localdate()


class Affiliation(models.Model):
    """A person's belonging to a municipality: its staff, or its focal point for the network.

    Asked for by the person, or offered by a focal point (``invited``) and accepted by the person; it ends, it is never deleted.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", _("staff")
        FOCAL_POINT = "focal_point", _("focal point")

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        INVITED = "invited", _("invited")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    class Proof(models.TextChoices):
        DOMAIN = "domain", _("by the address of the municipality")
        PERSON = "person", _("by a person")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="affiliations")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.STAFF)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    function = models.CharField(_("function"), max_length=120, blank=True)
    proof = models.CharField(max_length=6, choices=Proof, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")  # or invited
    decided_at = models.DateTimeField(null=True)  # confirmed or refused
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500, blank=True)  # of a refusal
    ended_at = models.DateTimeField(null=True)
    was_removed = models.BooleanField(default=False, editable=False)  # ended by somebody else, after it was confirmed

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "municipality"], condition=Q(state__in=["asked", "invited", "confirmed"]),
                name="affiliation_one_live_per_town",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "invited"], decided_at=None) | Q(state="ended")
                | Q(state__in=["confirmed", "refused"], decided_at__isnull=False),
                name="affiliation_decided_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(decided_at__isnull=False), name="affiliation_decided_by_has_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="confirmed") | ~Q(proof=""), name="affiliation_confirmed_has_a_proof"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | (~Q(state="ended") & Q(ended_at=None)),
                name="affiliation_ended_has_a_time",
            ),
            models.CheckConstraint(condition=Q(was_removed=False) | Q(state="ended"), name="affiliation_removed_has_ended"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["municipality", "state", "kind"], name="affiliation_of_town")]

    def __str__(self):
        return f"{self.person}: {self.municipality}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def is_focal_point(self) -> bool:
        return self.is_confirmed and self.kind == self.Kind.FOCAL_POINT

    @property
    def mail_subject(self) -> str:
        """What the mails about it are filed under in the outbox."""
        return f"affiliation:{self.uuid}"


class MailDomain(models.Model):
    """A mail domain that a municipality uses. It suggests the town; once a coordinator has checked it with the town, who
    proved an address of it belongs to the town's staff when they ask."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="mail_domains")
    domain = models.CharField(_("mail domain"), max_length=120, unique=True)
    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None) | Q(checked_at__isnull=False), name="mail_domain_checked_by_has_a_time"
            ),
        ]

    def __str__(self):
        return self.domain


class Presentation(models.Model):
    """What a municipality says of itself on its public page, in the words of its own people."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="presentation")
    language = models.CharField(_("language of the text"), max_length=8, default=network_language)
    text = models.TextField(_("presentation"), max_length=1500, blank=True)
    service = models.TextField(_("address of the equality service"), max_length=400, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail of the service"), max_length=254, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")

    def __str__(self):
        return f"{self.municipality}"
