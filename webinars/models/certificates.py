"""Certificates: facts from which the file is made whenever somebody asks for it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from webinars.models.attendance import AttendanceRecord
from webinars.models.cycles import Cycle
from webinars.models.webinars import Webinar
from webinars.querysets import CertificateQuerySet, PartnerQuerySet


class Certificate(models.Model):
    """That a person attended a webinar (or a cycle, when ``webinar`` is none), as it was said on the day of issue."""

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        CORRECTED = "corrected", _("corrected")  # another one stands in its place
        REVOKED = "revoked", _("revoked")

    code = models.CharField(max_length=8, unique=True)  # shown as XXXX-XXXX
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="certificates")
    webinar = models.ForeignKey(Webinar, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="certificates"
    )
    record = models.ForeignKey(
        AttendanceRecord, null=True, blank=True, on_delete=models.SET_NULL, related_name="certificates"
    )  # none for a cycle
    name = models.CharField(_("full name"), max_length=200, blank=True)  # empty once anonymised
    title = models.CharField(max_length=200)
    held_on = models.DateField()  # of a cycle: the day of the last webinar attended
    minutes = models.PositiveIntegerField()  # that the webinar lasted, added up for a cycle
    webinars = models.PositiveSmallIntegerField(default=1)
    listed = models.JSONField(default=list, blank=True)  # of a cycle: {"webinar": pk, "title", "held_on", "minutes"} of each
    language = models.CharField(max_length=8)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.VALID)
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(state="valid"), name="certificate_one_valid_per_record"),
            models.UniqueConstraint(
                fields=["cycle", "person"], condition=Q(state="valid", webinar=None), name="certificate_one_valid_per_cycle"
            ),
            models.CheckConstraint(
                condition=(Q(state="corrected") & Q(replaced_by__isnull=False))
                | (~Q(state="corrected") & Q(replaced_by__isnull=True)),
                name="certificate_corrected_names_the_new_one",
            ),
            models.CheckConstraint(
                condition=Q(state="valid", ended_at__isnull=True) | (~Q(state="valid") & Q(ended_at__isnull=False)),
                name="certificate_ended_has_a_time",
            ),
            models.CheckConstraint(condition=~Q(state="revoked") | ~Q(reason=""), name="certificate_revoked_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.shown_code}, {self.title}"

    @property
    def shown_code(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"


def logo_path(partner: "Partner", _name: str) -> str:
    return f"logos/{partner.uuid}.png"


class Partner(models.Model):
    """Who funds or carries a cycle, with a logo for certificates and reports."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=200)
    logo = models.ImageField(_("logo"), upload_to=logo_path, blank=True)
    is_funder = models.BooleanField(_("funds the cycle"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self):
        return self.name
