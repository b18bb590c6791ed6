"""The append-only log of who changed what."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One deed: ``action`` on ``about`` (``webinar:12``) by a person or by the portal itself (null)."""

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=60)
    about = models.CharField(max_length=80, db_index=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.about}"
