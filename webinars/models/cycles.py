"""The cycle and when it reminds."""

from datetime import datetime, timedelta
from secrets import token_hex

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network_portal.common.defaults import network_language
from webinars.querysets import CycleQuerySet


def new_pseudonym_key() -> str:
    return token_hex(32)


class Cycle(models.Model):
    """A funder's cycle of events with its four targets and its reminder rules."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=8, default=network_language)
    funder = models.CharField(_("funder"), max_length=200, blank=True)
    grant_reference = models.CharField(_("grant reference"), max_length=80, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    target_webinars = models.PositiveIntegerField(_("target: webinars"), default=5)
    target_participations = models.PositiveIntegerField(_("target: participations"), default=250)
    target_municipalities = models.PositiveIntegerField(_("target: municipalities"), default=25)
    target_recordings = models.PositiveIntegerField(_("target: recordings"), default=5)
    is_published = models.BooleanField(_("published"), default=False)
    attended_percent = models.PositiveSmallIntegerField(
        _("attended: share of the webinar, in per cent"), default=50, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attended_minutes = models.PositiveSmallIntegerField(_("attended: minutes"), null=True, blank=True)  # instead of the share
    certificate_text = models.CharField(_("sentence on the certificates"), max_length=300, blank=True)
    evidence_until = models.DateField(_("names are kept until"), null=True, blank=True)  # the end of the funder's audit
    pseudonym_key = models.CharField(max_length=64, blank=True, default=new_pseudonym_key, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cycle_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(attended_percent__gte=1, attended_percent__lte=100), name="cycle_attended_percent_in_range"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("webinars:cycle", args=[self.slug])


class ReminderRule(models.Model):
    """When a cycle reminds: so many days before at a local time of day, or so many minutes before the start."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="reminder_rules")
    code = models.SlugField(max_length=20)  # "day" or "hour": part of the mail's key
    days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.TimeField(null=True, blank=True)
    minutes_before = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="reminderrule_code_once_per_cycle"),
            models.CheckConstraint(
                condition=Q(days_before__isnull=False, at__isnull=False, minutes_before__isnull=True)
                | Q(days_before__isnull=True, at__isnull=True, minutes_before__isnull=False),
                name="reminderrule_is_by_day_or_by_minutes",
            ),
        ]

    def __str__(self):
        return f"{self.cycle}: {self.code}"

    def due_at(self, webinar):
        """The moment (aware) at which this rule reminds of ``webinar``, in the webinar's own zone."""
        if self.minutes_before is not None:
            return webinar.starts_at - timedelta(minutes=self.minutes_before)
        day = webinar.starts_local.date() - timedelta(days=self.days_before)
        return datetime.combine(day, self.at, tzinfo=webinar.zone)
