"""Terms of the controlled vocabularies: themes, axes, target groups, roles, bands."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Vocabulary(models.TextChoices):
    """The vocabularies of the portal; each is used under its code."""

    THEME = "theme", _("Themes")
    AREA = "area", _("Areas")
    AXIS = "axis", _("Axes of inequality")
    TARGET_GROUP = "target_group", _("Target groups")
    PRACTICE_TYPE = "practice_type", _("Types of practice")
    CHARTER_ARTICLE = "charter_article", _("Articles of the European Charter for Equality")
    SDG_TARGET = "sdg_target", _("Targets of Sustainable Development Goal 5")
    POPULATION_BAND = "population_band", _("Bands of residents")
    COST_BAND = "cost_band", _("Bands of cost")
    ROLE = "role", _("Roles of participants")


BANDS = (Vocabulary.POPULATION_BAND, Vocabulary.COST_BAND)


class TermQuerySet(models.QuerySet):
    def of(self, vocabulary: str, *, also=()):
        """The terms in use of one vocabulary, in their own order; and those of the primary keys ``also``, which a record or
        a list has already, when they are retired."""
        return self.filter(Q(is_retired=False) | Q(pk__in=also), vocabulary=vocabulary).order_by("position", "pk")


class Term(models.Model):
    """One word of a vocabulary with its label in each language. A retired term stays on old records.

    A band holds the numbers from ``lower`` (included) to ``upper`` (not included; null: no end): residents or euros.
    """

    vocabulary = models.CharField(max_length=30, choices=Vocabulary)
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    labels = models.JSONField(default=dict)
    edition = models.CharField(max_length=10, blank=True)  # of the Charter: the year
    lower = models.PositiveIntegerField(null=True, blank=True)
    upper = models.PositiveIntegerField(null=True, blank=True)
    is_retired = models.BooleanField(default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="term_code_once_per_vocabulary"),
            models.CheckConstraint(
                condition=Q(upper=None) | Q(lower__isnull=False, upper__gt=F("lower")), name="term_band_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page, else in the network's first language."""
        return self.labels.get(get_language() or "") or self.labels.get(settings.LANGUAGE_CODE) or self.code

    @property
    def last(self) -> int | None:
        """The last number of the band; None when it has no end."""
        return self.upper - 1 if self.upper else None

    def holds(self, number: int) -> bool:
        """Whether ``number`` is in this band."""
        return self.lower is not None and self.lower <= number and (self.upper is None or number < self.upper)


class VocabularyState(models.Model):
    """One row with a version that every change of a term makes anew, so that what processes keep is never stale."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField(default=uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="vocabularystate_one_row")]

    def __str__(self):
        return str(self.version)
