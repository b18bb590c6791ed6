"""Pictures and documents of a practice."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goodpractices.models.practices import Practice
from goodpractices.querysets import PracticeFileQuerySet


def file_path(file: "PracticeFile", _name: str) -> str:
    return f"practices/{file.uuid}"


class PracticeFile(models.Model):
    """A file that a version's section ``media`` or ``results`` names by its uuid, kept under a name of ours.

    Of a picture ``content`` is the widest WebP; narrower ones lie beside it, see ``widths``. Private until a public version
    names it: ``is_public`` is written by ``services.projection`` alone.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        DOCUMENT = "document", _("document")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind)
    content = models.FileField(upload_to=file_path)
    file_name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    widths = models.JSONField(default=list)  # of the pictures that were made, in pixels, the narrowest first
    is_public = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PracticeFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "sha256"], name="practicefile_once_per_practice"),
            models.CheckConstraint(
                condition=Q(kind="document") | Q(width__isnull=False, height__isnull=False),
                name="practicefile_picture_has_a_size",
            ),
        ]

    def __str__(self):
        return self.file_name

    def url_of(self, width: int) -> str:
        """The address of the picture of ``width`` pixels."""
        return reverse("goodpractices:picture", args=[self.uuid, width])

    @property
    def url(self) -> str:
        """The widest picture; of a document the file."""
        return self.url_of(self.widths[-1]) if self.kind == self.Kind.PICTURE else reverse("goodpractices:file", args=[self.uuid])

    @property
    def preview(self) -> str:
        """The address of the narrowest picture."""
        return self.url_of(self.widths[0])

    def name_of(self, width: int) -> str:
        """What the picture of ``width`` pixels is called in the storage."""
        return self.content.name if width == self.widths[-1] else f"{self.content.name}-{width}"

    @property
    def names(self) -> list[str]:
        """Everything of this file in the storage."""
        return [self.name_of(width) for width in self.widths] or [self.content.name]

    @property
    def extension(self) -> str:
        return self.file_name.rpartition(".")[2].upper()
