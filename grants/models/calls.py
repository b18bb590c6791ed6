"""A call for support: what is offered to whom, and until when."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.querysets import CallQuerySet
from network_portal.common.defaults import network_language, network_time_zone
from network_portal.vocabularies.models import Term

AMOUNT = {"max_digits": 12, "decimal_places": 2, "null": True, "blank": True}


class Call(models.Model):
    """A call. Whether it is coming, open or closed follows from the clock and is never stored."""

    class Kind(models.TextChoices):
        SUBSIDY = "subsidy", _("competitive subsidy")
        FORMULA = "formula", _("allocation to municipalities by formula")
        PRIZE = "prize", _("prize")
        LOAN = "loan", _("loan in kind")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        RESOLVED = "resolved", _("resolved")
        CANCELLED = "cancelled", _("cancelled")
        VOID = "void", _("void")

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(max_length=90, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    language = models.CharField(_("language"), max_length=8, default=network_language)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    text = models.TextField(_("text"), blank=True)
    themes = models.ManyToManyField(Term, blank=True, related_name="+", verbose_name=_("themes"))
    axes = models.ManyToManyField(Term, blank=True, related_name="+", verbose_name=_("axes"))
    who_note = models.CharField(_("who may apply, in words"), max_length=400, blank=True)
    residents_from = models.PositiveIntegerField(_("from so many residents"), null=True, blank=True)
    residents_to = models.PositiveIntegerField(_("up to so many residents"), null=True, blank=True)
    budget = models.DecimalField(_("total budget, in euros"), **AMOUNT)
    most_per_project = models.DecimalField(_("most per project, in euros"), **AMOUNT)
    lent = models.CharField(_("what is lent"), max_length=300, blank=True)
    lent_from = models.DateField(_("lent from"), null=True, blank=True)
    lent_until = models.DateField(_("lent until"), null=True, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default=network_time_zone)
    resolution_due_on = models.DateField(_("result expected by"), null=True, blank=True)
    regulatory_basis = models.CharField(_("regulatory basis"), max_length=300, blank=True)
    regulatory_url = models.URLField(_("link to the regulatory basis"), max_length=500, blank=True)
    official_notice = models.CharField(_("official notice"), max_length=300, blank=True)
    official_url = models.URLField(_("link to the official notice"), max_length=500, blank=True)
    how_to_apply = models.TextField(_("how to apply"), blank=True)
    apply_url = models.URLField(_("link to the application form"), max_length=500, blank=True)
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail of the contact"), blank=True)
    result_text = models.TextField(_("result"), blank=True)
    result_cut_off = models.DecimalField(_("lowest score with support"), max_digits=5, decimal_places=2, null=True, blank=True)
    result_applications = models.PositiveIntegerField(_("number of applications"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)  # resolved, cancelled or void
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)  # grows with every change of what pages show of it

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")) | Q(opens_at=None) | Q(closes_at=None), name="call_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | (~Q(state="draft") & Q(published_at__isnull=False, opens_at__isnull=False, closes_at__isnull=False)),
                name="call_published_is_dated",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["draft", "published"]) & Q(ended_at=None))
                | (Q(state__in=["resolved", "cancelled", "void"]) & Q(ended_at__isnull=False)),
                name="call_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(residents_from=None) | Q(residents_to=None) | Q(residents_to__gte=F("residents_from")),
                name="call_residents_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "closes_at"], name="call_by_state_and_closing"),
            models.Index(fields=["kind", "state"], name="call_by_kind"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("grants:detail", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def opens_local(self):
        return self.opens_at and self.opens_at.astimezone(self.zone)

    @property
    def closes_local(self):
        return self.closes_at and self.closes_at.astimezone(self.zone)

    def phase_at(self, now) -> str:
        """``"coming"``, ``"open"`` or ``"closed"`` at ``now`` for a published call, else its state; the last moment is inside."""
        if self.state != self.State.PUBLISHED:
            return self.state
        if now < self.opens_at:
            return "coming"
        return "open" if now <= self.closes_at else "closed"

    @property
    def phase(self) -> str:
        return self.phase_at(timezone.now())

    @property
    def days_overdue(self) -> int:
        """How many days ago the result was expected; 0 before that and when no day was promised."""
        today = timezone.localdate(timezone=self.zone)
        return max((today - self.resolution_due_on).days, 0) if self.resolution_due_on else 0

    @property
    def mail_subject(self) -> str:
        """What the mails about this call are filed under in the outbox."""
        return f"call:{self.pk}"
