"""The mails after a webinar, which a coordinator may switch off and word anew in each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from webinars.models.cycles import Cycle


class CycleMail(models.Model):
    """A mail of a cycle that is not as shipped: switched off, or with words of its own."""

    class Kind(models.TextChoices):
        THANKS = "thanks", _("Thanks, with the certificate")
        MISSED = "missed", _("We missed you")
        RECORDING = "recording", _("The recording is published")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=9, choices=Kind)
    is_on = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "kind"], name="cyclemail_once_per_cycle")]

    def __str__(self):
        return f"{self.cycle}: {self.get_kind_display()}"


class CycleMailText(models.Model):
    """A coordinator's own subject and words in one language; the shipped ones hold where there is none."""

    mail = models.ForeignKey(CycleMail, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("text"), max_length=4000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mail", "language"], name="cyclemailtext_once_per_language")]

    def __str__(self):
        return f"{self.mail} ({self.language})"
