"""Long work: a row that a page queues, a worker does, and a person watches."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from network_portal.jobs.querysets import JobQuerySet


class Job(models.Model):
    """One piece of work of one kind (``app.verb``), done by the task of the app that the kind belongs to."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to begin")
        RUNNING = "running", _("under way")
        DONE = "done", pgettext_lazy("work", "done")
        FAILED = "failed", _("failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=8)  # of the person, for what the work writes
    key = models.CharField(max_length=200, null=True, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    back_url = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)  # 0: not known yet
    attempts = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=500, blank=True)
    file = models.FileField(upload_to="jobs", max_length=200, blank=True)  # jobs/<uuid>/<lease token><suffix>
    file_name = models.CharField(max_length=200, blank=True)
    file_removed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="jobs"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(state="failed") & Q(file_removed_at=None), name="job_key_once_while_it_holds"
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False, lease_token__isnull=False)
                | ~Q(state="running") & Q(lease_until=None, lease_token=None),
                name="job_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["queued", "running"], finished_at=None),
                name="job_finished_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(error="") | ~Q(state="failed") & Q(error=""), name="job_failed_says_why"
            ),
            models.CheckConstraint(condition=Q(file="") | Q(state="done") & ~Q(file_name=""), name="job_file_only_when_done"),
            models.CheckConstraint(
                condition=Q(file_removed_at=None) | Q(file="") & ~Q(file_name=""), name="job_removed_file_is_gone"
            ),
            models.CheckConstraint(condition=Q(steps_done__lte=F("steps_total")), name="job_steps_within_total"),
        ]
        indexes = [
            models.Index(fields=["created_at", "id"], condition=Q(state__in=["queued", "running"]), name="job_due"),
            models.Index(fields=["finished_at"], condition=~Q(file=""), name="job_files"),
        ]

    def __str__(self):
        return f"{self.kind} {self.uuid}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", args=[self.uuid])

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def mail_subject(self) -> str:
        """What its mail is filed under."""
        return f"job:{self.uuid}"
