"""The report to a funder: a draft shows today's figures, a frozen one is text that never changes."""

import json
from functools import cached_property
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_portal.reports.querysets import ReportQuerySet
from webinars.models import Cycle


class Report(models.Model):
    """What a cycle had reached at the end of a day. ``content`` is canonical JSON, kept as text so that its hash holds."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        FROZEN = "frozen", _("frozen")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reports", verbose_name=_("cycle"))
    number = models.PositiveSmallIntegerField(_("number"))
    cut_off = models.DateField(_("cut-off day"))  # the last day that counts
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT)
    text = models.JSONField(_("text"), default=dict, blank=True)  # language -> Markdown
    content = models.TextField(blank=True)
    content_sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    key = models.CharField(max_length=60, null=True, blank=True, unique=True)  # of a draft that the portal made
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="report_number_once_per_cycle"),
            models.CheckConstraint(
                condition=Q(state="frozen", frozen_at__isnull=False) & ~Q(content="") & ~Q(content_sha256="")
                | Q(state="draft", frozen_at=None, content="", content_sha256=""),
                name="report_frozen_has_its_content",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, reason="") | Q(corrects__isnull=False) & ~Q(reason=""),
                name="report_correction_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.cycle}: {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.uuid])

    @property
    def is_frozen(self) -> bool:
        return self.state == self.State.FROZEN

    @cached_property
    def frozen(self) -> dict:
        """The content of a frozen report."""
        return json.loads(self.content)

    @property
    def mail_subject(self) -> str:
        """What mails and the log file it under."""
        return f"report:{self.uuid}"
