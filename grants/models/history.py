"""What happened to a call since, and who wants to hear of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.models.calls import Call
from network_portal.vocabularies.models import Term


class CallEvent(models.Model):
    """Something that happened to a call; append-only, and its history in public."""

    class Kind(models.TextChoices):
        CREATED = "created", _("draft made")
        PUBLISHED = "published", _("published")
        CORRECTED = "corrected", _("corrected")
        EXTENDED = "extended", _("deadline extended")
        ANSWERED = "answered", _("question answered")
        RESOLVED = "resolved", _("result given")
        CANCELLED = "cancelled", _("cancelled")
        VOID = "void", _("declared void")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)  # the reason or notice, shown in public
    detail = models.JSONField(default=dict, blank=True)  # what changed: {"closes_at": ["…", "…"]}

    class Meta:
        indexes = [models.Index(fields=["call", "at"], name="callevent_of_call")]

    def __str__(self):
        return f"{self.call}: {self.kind}"


class Question(models.Model):
    """A question about a call; public, without the name of who asked, once it is answered."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_answered_has_a_time",
            )
        ]
        indexes = [models.Index(fields=["call", "answered_at"], name="question_of_call")]

    def __str__(self):
        return self.text[:80]


class Follow(models.Model):
    """That a person wants to hear of a call, or of all calls of a theme."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    call = models.ForeignKey(Call, null=True, blank=True, on_delete=models.CASCADE, related_name="follows")
    theme = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(call__isnull=False, theme=None) | Q(call=None, theme__isnull=False), name="follow_a_call_or_a_theme"
            ),
            models.UniqueConstraint(fields=["person", "call"], condition=Q(theme=None), name="follow_call_once"),
            models.UniqueConstraint(fields=["person", "theme"], condition=Q(call=None), name="follow_theme_once"),
        ]

    def __str__(self):
        return f"{self.person}: {self.call or self.theme}"
