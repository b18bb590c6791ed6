"""The figures without the people: derived from attendance with every change, sealed when attendance is closed.

Anonymising or erasing somebody never touches these rows, so no figure moves (docs/adr/0006).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from network_portal.vocabularies.models import Term
from webinars.models.webinars import Webinar


class WebinarFact(models.Model):
    """The registrations of a webinar by state, as they were when attendance was closed."""

    webinar = models.OneToOneField(Webinar, on_delete=models.PROTECT, related_name="fact")
    confirmed = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    cancelled = models.PositiveIntegerField()

    def __str__(self):
        return str(self.webinar)


class AttendanceFact(models.Model):
    """So many participations from a municipality (none: another body) in a role."""

    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="attendance_facts")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="attendance_facts")
    role = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(count__gte=1), name="attendancefact_counts_somebody")]

    def __str__(self):
        return f"{self.webinar}: {self.municipality} {self.count}"


class PersonFact(models.Model):
    """That one person attended: a keyed pseudonym, to count people once over a cycle, with nothing else about them."""

    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="person_facts")
    pseudonym = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webinar", "pseudonym"], name="personfact_once_per_webinar")]

    def __str__(self):
        return str(self.webinar)


class GenderFact(models.Model):
    """So many answers: asked apart, stored apart, with nobody in it."""

    class Gender(models.TextChoices):
        WOMAN = "woman", _("woman")
        MAN = "man", _("man")
        ANOTHER = "another", _("another answer")
        NOT_SAID = "not_said", _("prefer not to say")

    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="gender_facts")
    gender = models.CharField(max_length=8, choices=Gender)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webinar", "gender"], name="genderfact_once_per_webinar")]

    def __str__(self):
        return f"{self.webinar}: {self.gender} {self.count}"


class SurveyAnswer(models.Model):
    """What somebody thought of a webinar; nobody is in it, and no moment either."""

    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="survey_answers")
    usefulness = models.PositiveSmallIntegerField(_("usefulness"))  # 1 to 5
    comment = models.CharField(_("comment"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(usefulness__gte=1, usefulness__lte=5), name="surveyanswer_usefulness_in_range"
            )
        ]

    def __str__(self):
        return f"{self.webinar}: {self.usefulness}"
