"""Reads of the index."""

from django.db import models
from django.db.models import Case, Count, F, When

from network_portal.common.search import Query
from network_portal.search.ranks import CALLED, TYPED, points


class EntryQuerySet(models.QuerySet):
    def found_by(self, query: Query):
        """Those that have every term; none when nothing was typed."""
        return self.filter(keys__found=query) if query else self.none()

    def with_rank(self, query: Query):
        """``rank`` says how well each answers: first who is called so, then by the terms that are among its names as they were
        typed (title, place, the labels of what it is about), then in its summary, then in either in another form.

        What has the words that were typed stands before what has only those that were meant.
        """
        called = Case(When(title_key=query.title_key, then=CALLED), default=0, output_field=models.IntegerField())
        rank = sum((terms * weight for weight, terms in points(query)), called)
        return self.annotate(rank=rank + self._typed(query) if query.typed else rank)

    def _typed(self, query: Query) -> Case:
        """Whether a record has what was typed, not only what was meant."""
        typed = self.model.objects.found_by(query.typed).values("pk")
        return Case(When(pk__in=typed, then=TYPED), default=0, output_field=models.IntegerField())

    def best_first(self, query: Query):
        """By rank, then the latest, and for good."""
        return self.with_rank(query).order_by("-rank", F("dated_on").desc(nulls_last=True), "kind", "-object_id")

    def count_kinds(self) -> dict[str, int]:
        """How many of each kind; one query."""
        return dict(self.order_by().values_list("kind").annotate(n=Count("pk")))
