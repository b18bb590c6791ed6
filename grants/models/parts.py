"""What belongs to a call. Applications, evaluation and awards attach to criteria and documents when they come."""

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.models.calls import AMOUNT, Call
from grants.querysets import CallFileQuerySet
from municipalities.models import Municipality


class Applicant(models.Model):
    """A kind of body that may apply."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        PARISH = "parish", _("parish")
        PUBLIC_BODY = "public_body", _("other public body")
        ASSOCIATION = "association", _("association or NGO")
        COOPERATIVE = "cooperative", _("cooperative or company")
        UNIVERSITY = "university", _("university or research centre")
        SCHOOL = "school", _("school")
        PERSON = "person", _("person or team")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="applicants")
    kind = models.CharField(max_length=12, choices=Kind, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "kind"], name="applicant_kind_once_per_call")]

    def __str__(self):
        return self.get_kind_display()


class Territory(models.Model):
    """Where who applies must be, by the names of the register of municipalities; a call without any is for everywhere."""

    class Level(models.TextChoices):
        COUNTRY = "country", _("country")
        REGION = "region", _("region")
        DISTRICT = "district", _("district or province")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="territories")
    level = models.CharField(max_length=8, choices=Level)
    value = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "level", "value"], name="territory_once_per_call")]

    def __str__(self):
        return self.value


class Criterion(models.Model):
    """What applications will be judged by; the weights of a published call add up to 100."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("criterion"), max_length=200)
    text = models.CharField(_("what is looked at"), max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), validators=[MinValueValidator(1), MaxValueValidator(100)])

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight_in_range")]

    def __str__(self):
        return self.title


class RequiredDocument(models.Model):
    """A document that an application must hold."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="required_documents")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("document"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)

    def __str__(self):
        return self.title


def file_path(file: "CallFile", _name: str) -> str:
    return f"calls/{file.uuid}"


class CallFile(models.Model):
    """A file of a call; kept under a name of ours, served as an attachment."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document of the call")
        RESULT = "result", _("result")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.DOCUMENT)
    title = models.CharField(_("title"), max_length=200)
    content = models.FileField(upload_to=file_path)
    file_name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_accessible = models.BooleanField(_("accessible PDF"), default=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CallFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "sha256"], name="callfile_once_per_call")]

    def __str__(self):
        return self.title


class AwardLine(models.Model):
    """Who got what, as the coordinator wrote it when giving the result."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="award_lines")
    position = models.PositiveSmallIntegerField()
    beneficiary = models.CharField(_("who"), max_length=200)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    project = models.CharField(_("for what"), max_length=300, blank=True)
    amount = models.DecimalField(_("amount, in euros"), **AMOUNT)

    def __str__(self):
        return self.beneficiary
