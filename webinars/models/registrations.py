"""People's registrations."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from network_portal.vocabularies.models import Term
from webinars.models.webinars import Webinar
from webinars.querysets import RegistrationQuerySet


class Registration(models.Model):
    """A person's registration for one webinar; a cancelled one stays for the figures.

    Coming back after cancelling is a new row, so that the queue and the mails start afresh.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        WAITING = "waiting", _("waiting list")
        CANCELLED = "cancelled", _("cancelled")

    class Source(models.TextChoices):
        SELF = "self", _("the person")
        COORDINATOR = "coordinator", _("the coordinator")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="registrations")
    name = models.CharField(_("full name"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    queued_at = models.DateTimeField(null=True, blank=True)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations")
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    role = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", verbose_name=_("role"))
    needs = models.TextField(_("needs"), max_length=1000, blank=True)
    consents_to_recording = models.BooleanField(_("agrees to be in the recording"), default=False)
    consent_version = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=12, choices=Source, default=Source.SELF)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    answered_survey = models.BooleanField(default=False)  # that, never what: the answers stand apart, without the person
    answered_gender = models.BooleanField(default=False)
    anonymised_at = models.DateTimeField(null=True, blank=True)
    mail_version = models.PositiveIntegerField(default=0)  # grows with each confirmation owed: part of the mail's key
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry in this person's calendar

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "person"], condition=~Q(status="cancelled"), name="registration_one_live_per_person"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", queued_at__isnull=False) | (~Q(status="waiting") & Q(queued_at__isnull=True)),
                name="registration_waiting_has_a_place_in_the_queue",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False), name="registration_confirmed_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at__isnull=True)),
                name="registration_cancelled_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(anonymised_at__isnull=False), name="registration_has_a_person_or_had_one"
            ),
            models.CheckConstraint(
                condition=Q(municipality__isnull=False) | ~Q(organisation=""), name="registration_names_a_municipality_or_body"
            ),
        ]
        indexes = [
            models.Index(fields=["webinar", "status", "queued_at"], name="registration_queue"),
            models.Index(fields=["person", "status"], name="registration_of_person"),
        ]

    def __str__(self):
        return f"{self.name}, {self.webinar}"

    def get_absolute_url(self):
        return reverse("webinars:registration", args=[self.uuid])

    @property
    def mail_subject(self) -> str:
        return f"registration:{self.uuid}"
