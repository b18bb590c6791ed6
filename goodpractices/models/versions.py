"""What is written of a practice: versions, each made of sections."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goodpractices.models.practices import Practice
from goodpractices.querysets import SectionQuerySet, VersionQuerySet

WORKING = ["draft", "submitted", "in_review", "second_review", "changes_requested"]


class Version(models.Model):
    """One state of the text that can be reviewed, published and cited for ever at its own address."""

    class Form(models.TextChoices):
        SNAPSHOT = "snapshot", _("snapshot")  # sections 1–4, 6, 13
        FULL = "full", _("full form")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        IN_REVIEW = "in_review", _("in review")
        SECOND_REVIEW = "second_review", _("waiting for a second review")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")
        PUBLISHED = "published", pgettext_lazy("practice", "published")
        REPLACED = "replaced", _("replaced by a newer version")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("practice", "withdrawn")

    AT_WORK = WORKING  # states in which it is written or reviewed

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    form = models.CharField(_("form"), max_length=8, choices=Form, default=Form.FULL)
    state = models.CharField(_("state"), max_length=17, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_at = models.DateTimeField(null=True)  # the latest time
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    waiting_since = models.DateTimeField(null=True)  # since when it is somebody's turn: of reviewers or authors
    published_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a practice")
        verbose_name_plural = _("versions of practices")
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="version_number_once_per_practice"),
            models.UniqueConstraint(fields=["practice"], condition=Q(state__in=WORKING), name="version_one_at_work_per_practice"),
            models.UniqueConstraint(
                fields=["practice"], condition=Q(state="published"), name="version_one_published_per_practice"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "in_review", "second_review", "changes_requested"])
                | Q(submitted_at__isnull=False, waiting_since__isnull=False),
                name="version_submitted_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "replaced"]) | Q(published_at__isnull=False),
                name="version_published_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "waiting_since"], name="version_queue")]

    def __str__(self):
        return f"{self.practice} v{self.number}"

    def get_absolute_url(self):
        return reverse("goodpractices:version", args=[self.practice.slug, self.number])

    @property
    def is_open(self) -> bool:
        """Whether its authors may write in it."""
        return self.state in (self.State.DRAFT, self.State.CHANGES_REQUESTED)

    @property
    def was_public(self) -> bool:
        return self.state in (self.State.PUBLISHED, self.State.REPLACED)


class Section(models.Model):
    """One section of a version. ``content`` has the shape that ``goodpractices.sections`` gives for its code.

    ``revision`` grows with every save: who saves says which one was read, so that nobody overwrites what they have not seen.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=14)
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SectionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="section_once_per_version")]

    def __str__(self):
        return f"{self.version_id}: {self.code}"


class SetAside(models.Model):
    """What somebody wrote in a section that somebody else had saved meanwhile: kept until its author decides between both."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="set_aside")
    code = models.CharField(max_length=14)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code", "person"], name="setaside_once_per_person_and_section")]

    def __str__(self):
        return f"{self.version_id}: {self.code}"
