"""Terms of the controlled vocabularies: themes, axes, roles."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language


class TermQuerySet(models.QuerySet):
    def of(self, vocabulary: str):
        """The terms in use of one vocabulary, in their own order."""
        return self.filter(vocabulary=vocabulary, is_retired=False).order_by("position", "pk")


class Term(models.Model):
    """One word of a vocabulary with its label in each language. A retired term stays on old records."""

    vocabulary = models.CharField(max_length=30)
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    labels = models.JSONField(default=dict)
    is_retired = models.BooleanField(default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="term_code_once_per_vocabulary")]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page, else in the network's first language."""
        return self.labels.get(get_language() or "") or self.labels.get(settings.LANGUAGE_CODE) or self.code
