"""What stays of a webinar for those who were not there: recording, chapters, slides."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_portal.common.defaults import network_language
from webinars.models.programme import AgendaItem
from webinars.models.webinars import Webinar
from webinars.querysets import RecordingQuerySet


class Recording(models.Model):
    """The video of a webinar on YouTube. It counts towards the target when it is published, public and dated."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        CAPTIONS = "captions", _("waiting for captions")
        PUBLISHED = "published", _("published")

    class Privacy(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        PUBLIC = "public", _("public")
        UNLISTED = "unlisted", _("not listed")
        PRIVATE = "private", _("private")
        ABSENT = "absent", _("private or deleted")

    webinar = models.OneToOneField(Webinar, on_delete=models.PROTECT, related_name="recording")
    video_id = models.CharField(max_length=11, unique=True)
    title = models.CharField(max_length=200, blank=True)  # what the video is called on YouTube, once read
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    privacy = models.CharField(_("on YouTube"), max_length=8, choices=Privacy, default=Privacy.UNKNOWN)
    language = models.CharField(_("language"), max_length=8, default=network_language)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)
    views = models.PositiveIntegerField(_("views"), null=True, blank=True)
    has_captions = models.BooleanField(null=True, blank=True)  # what YouTube says
    read_at = models.DateTimeField(null=True, blank=True)  # when YouTube was last asked
    captions_checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    captions_checked_at = models.DateTimeField(null=True, blank=True)
    transcript = models.TextField(_("transcript"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(captions_checked_at__isnull=False, published_on__isnull=False),
                name="recording_published_is_dated_and_captioned",
            )
        ]
        indexes = [models.Index(fields=["state", "published_on"], name="recording_by_state_and_day")]

    def __str__(self):
        return str(self.webinar)


class Chapter(models.Model):
    """A title at a second of the recording."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="chapters")
    second = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    agenda_item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="chapters")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recording", "second"], name="chapter_second_once_per_recording")]

    def __str__(self):
        return self.title


def slides_path(slides: "Slides", _name: str) -> str:
    return f"slides/{slides.uuid}"


class Slides(models.Model):
    """A file that was shown at a webinar; kept under a name of ours, served as an attachment."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="slides")
    title = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("by whom"), max_length=200, blank=True)
    content = models.FileField(upload_to=slides_path)
    file_name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_accessible = models.BooleanField(_("accessible"), default=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("slides")
        verbose_name_plural = _("slides")
        constraints = [models.UniqueConstraint(fields=["webinar", "sha256"], name="slides_once_per_webinar")]

    def __str__(self):
        return self.title
