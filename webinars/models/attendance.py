"""Who attended: the files of the video tool, what they say, and the records that count."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from network_portal.vocabularies.models import Term
from webinars.models.registrations import Registration
from webinars.models.webinars import Webinar
from webinars.querysets import AttendanceRecordQuerySet


def private_path(file: "AttendanceFile", _name: str) -> str:
    return f"attendance/{file.uuid}"


class AttendanceFile(models.Model):
    """A file of the video tool, from its upload to its use; its content goes once it is read, its SHA-256 stays as evidence."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        ASKS = "asks", _("waiting for your answer")
        FAILED = "failed", _("could not be read")
        READY = "ready", _("ready to check")
        APPLIED = "applied", _("used")
        UNDONE = "undone", _("undone")

    LIVE = (State.READING, State.ASKS, State.READY, State.APPLIED)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="attendance_files")
    name = models.CharField(_("file name"), max_length=120)
    content = models.FileField(upload_to=private_path, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READING)
    format = models.CharField(max_length=20, blank=True)
    mapping = models.JSONField(default=dict, blank=True)  # field -> header, when a person said which column is what
    day_first = models.BooleanField(null=True, blank=True)  # what a person answered about ambiguous dates
    question = models.JSONField(default=dict, blank=True)  # {"kind": "columns" or "dates", ...} while it asks
    problem = models.TextField(blank=True)  # why it could not be read, in words to be shown
    notes = models.JSONField(default=list, blank=True)  # what was noticed while reading, in sentences to be shown
    rows = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attendance file")
        verbose_name_plural = _("attendance files")
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "sha256"],
                condition=Q(state__in=["reading", "asks", "ready", "applied"]),
                name="attendancefile_once_per_webinar",
            ),
            models.CheckConstraint(condition=~Q(state="applied") | Q(applied_at__isnull=False), name="attendancefile_applied_at"),
            models.CheckConstraint(condition=~Q(state="undone") | Q(undone_at__isnull=False), name="attendancefile_undone_at"),
        ]

    def __str__(self):
        return self.name


class AttendanceLine(models.Model):
    """One person of a file as it will be used; gone when attendance is closed."""

    class Match(models.TextChoices):
        MAIL = "mail", _("same e-mail")
        NAME = "name", _("same name")  # a suggestion: nothing happens before a person confirms it
        NONE = "none", _("not registered")

    class Decision(models.TextChoices):
        OPEN = "open", _("to decide")
        TAKE = "take", _("is this registration")
        ADD = "add", _("add as participant")
        LEAVE = "leave", _("leave out")

    file = models.ForeignKey(AttendanceFile, on_delete=models.CASCADE, related_name="lines")
    identity = models.CharField(max_length=260)  # "mail:…" or "name:…"
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    is_staff = models.BooleanField(default=False)  # host, panelist, organiser: counts only when registered
    minutes = models.PositiveIntegerField()
    first_join_at = models.DateTimeField(null=True, blank=True)
    last_leave_at = models.DateTimeField(null=True, blank=True)
    sessions = models.PositiveIntegerField(default=1)
    match = models.CharField(max_length=4, choices=Match)
    decision = models.CharField(max_length=5, choices=Decision)
    registration = models.ForeignKey(Registration, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=120, blank=True)
    role = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "identity"], name="attendanceline_identity_once_per_file"),
            models.CheckConstraint(
                condition=~Q(decision="take") | Q(registration__isnull=False), name="attendanceline_taken_names_a_registration"
            ),
            models.CheckConstraint(condition=~Q(decision="add") | ~Q(reason=""), name="attendanceline_added_has_a_reason"),
        ]

    def __str__(self):
        return self.name or self.email

    @property
    def has_address(self) -> bool:
        """Whether the file itself says the e-mail address."""
        return self.identity.startswith("mail:")


class AttendanceRecord(models.Model):
    """That somebody was at a webinar. Municipality and role as they were; ``attended`` follows from the cycle's rule."""

    class Source(models.TextChoices):
        FILE = "file", _("attendance file")
        CHECK_IN = "check_in", _("check-in")
        BY_HAND = "by_hand", _("by hand")
        TOGETHER = "together", _("watched together")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="attendance")
    registration = models.ForeignKey(Registration, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="attendance"
    )
    name = models.CharField(_("full name"), max_length=200, blank=True)  # empty once anonymised
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance")
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    role = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", verbose_name=_("role"))
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    first_join_at = models.DateTimeField(null=True, blank=True)
    last_leave_at = models.DateTimeField(null=True, blank=True)
    sessions = models.PositiveIntegerField(default=0)
    source = models.CharField(_("source"), max_length=8, choices=Source)
    file = models.ForeignKey(AttendanceFile, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    attended = models.BooleanField(_("attended"), default=False)
    pseudonym = models.CharField(max_length=64, blank=True, editable=False)  # once anonymised: who counts as one person
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AttendanceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(registration__isnull=False), name="attendancerecord_once_per_registration"
            ),
            models.UniqueConstraint(
                fields=["webinar", "person"], condition=Q(person__isnull=False), name="attendancerecord_once_per_person"
            ),
            models.CheckConstraint(
                condition=~Q(source__in=["by_hand", "together"]) | ~Q(reason=""), name="attendancerecord_by_hand_has_a_reason"
            ),
            models.CheckConstraint(condition=~Q(source="file") | Q(minutes__isnull=False), name="attendancerecord_file_minutes"),
            models.CheckConstraint(
                condition=Q(municipality__isnull=False) | ~Q(organisation=""),
                name="attendancerecord_town_or_body",
            ),
        ]
        indexes = [models.Index(fields=["webinar", "attended"], name="attendancerecord_counted")]

    def __str__(self):
        return f"{self.name}, {self.webinar}"
