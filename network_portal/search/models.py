"""The index of the search: what is found, for all apps, with the words as they are read and the keys by which they match."""

from django.db import models

from network_portal.search.fields import KeysField
from network_portal.search.querysets import EntryQuerySet


class Entry(models.Model):
    """A record of an app as the search sees it. Whether somebody may see it is asked of the record itself.

    The indexes hang on this table outside of Django (migration 0002): a migration that makes the table anew on SQLite (any
    change of a column) must make the triggers again.
    """

    kind = models.CharField(max_length=16)
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    dated_on = models.DateField(null=True, blank=True)
    title_key = models.CharField(max_length=400, blank=True)
    keys = KeysField(blank=True)  # of title, place, summary, text, and of labels in all languages

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="entry_once_per_record")]

    def __str__(self):
        return self.title


class IndexedWord(models.Model):
    """A word of a title, summary or label, to offer it to who misspells it."""

    folded = models.CharField(max_length=60, unique=True)
    shown = models.CharField(max_length=60)
    length = models.PositiveSmallIntegerField(db_index=True)

    def __str__(self):
        return self.shown
