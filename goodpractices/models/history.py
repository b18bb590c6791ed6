"""What happened to a practice, and what reviewers said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goodpractices.models.practices import Practice
from goodpractices.models.versions import Version

PERSON = settings.AUTH_USER_MODEL


class PracticeEvent(models.Model):
    """Something that happened to a practice; append-only. Authors and coordinators read all, the public what was public."""

    class Kind(models.TextChoices):
        CREATED = "created", _("draft made")
        VERSION = "version", _("new version begun")
        SUBMITTED = "submitted", _("submitted")
        TAKEN = "taken", _("review begun")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")
        PASSED_ON = "passed_on", _("passed on to a second reviewer")
        PUBLISHED = "published", pgettext_lazy("practice", "published")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn by its authors")
        UNPUBLISHED = "unpublished", _("taken out of the catalogue")
        BROUGHT_BACK = "brought_back", _("back in the catalogue")
        FEATURED = "featured", _("shown on the home page")
        UNFEATURED = "unfeatured", _("no longer on the home page")
        ASKED = "asked", _("authors asked whether it is still true")
        CONFIRMED = "confirmed", _("confirmed by its authors")
        ARCHIVED = "archived", _("archived")
        DELETED = "deleted", _("deleted")
        RESTORED = "restored", _("restored")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="events")
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=17, choices=Kind)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)  # the reason, where there is one
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "at"], name="practiceevent_of_practice")]

    def __str__(self):
        return f"{self.practice_id}: {self.kind}"

    @property
    def authors_text(self) -> str:
        """The reason as authors read it; why a review was taken over, or published without a second look, is for coordinators."""
        return "" if self.kind in (self.Kind.TAKEN, self.Kind.PUBLISHED) else self.text


class Review(models.Model):
    """One look of one reviewer at one submission of a version, on the grid that everybody can read beforehand."""

    class Decision(models.TextChoices):
        CHANGES = "changes", _("changes requested")
        PASS_ON = "pass_on", _("passed on to a second reviewer")
        PUBLISH = "publish", pgettext_lazy("practice", "published")
        DECLINE = "decline", _("declined")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    step = models.PositiveSmallIntegerField(default=1)  # 1 the first reviewer's, 2 the second's
    reviewer = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer_role = models.CharField(max_length=80)  # as it was shown to the authors
    grid = models.JSONField(default=dict)  # {criterion: {"level": "met" | "partly" | "missing", "comment": str}}
    text = models.TextField(blank=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="review_decided_has_a_time",
            ),
            models.CheckConstraint(condition=Q(step__in=[1, 2]), name="review_step_is_first_or_second"),
            models.UniqueConstraint(fields=["version"], condition=Q(decision=""), name="review_one_open_per_version"),
        ]
        indexes = [models.Index(fields=["version", "began_at"], name="review_of_version")]

    def __str__(self):
        return f"{self.version_id}: {self.step}"


class SectionComment(models.Model):
    """What a reviewer asks to be changed in one section."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="comments")
    code = models.CharField(max_length=14)  # of the section
    text = models.TextField(_("what to change"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "code"], name="sectioncomment_once_per_review")]

    def __str__(self):
        return f"{self.review_id}: {self.code}"
