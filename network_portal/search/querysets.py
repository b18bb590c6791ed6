"""Reads of the index."""

from django.db import models
from django.db.models import Case, Count, F, When

from network_portal.common.search import Query
from network_portal.search.fields import Numbers, TermsFound

IN_NAMES, CALLED = 100, 10_000  # the terms of a query count less than a hundred together


class EntryQuerySet(models.QuerySet):
    def found_by(self, query: Query):
        """Those that have every term; none when nothing was typed."""
        return self.filter(keys__found=query) if query else self.none()

    def with_rank(self, query: Query):
        """``rank`` says how well each answers: first who is called so, then by terms among its names, then in the summary.

        Names are title, place, and the labels of what it is about; a term as it was typed counts twice one in another form.
        """
        called = Case(When(title_key=query.title_key, then=CALLED), default=0, output_field=models.IntegerField())
        in_names, in_summary = TermsFound("name_keys", query.terms), TermsFound("summary_keys", query.terms)
        return self.annotate(rank=called + in_names * IN_NAMES + in_summary)

    def best_first(self, query: Query):
        """By rank, then the latest, and for good."""
        return self.with_rank(query).order_by("-rank", F("dated_on").desc(nulls_last=True), "kind", "-object_id")

    def numbers_by_rank(self, query: Query) -> dict[int, list[int]]:
        """The numbers of the records by rank, in no order; one query, whatever is found."""
        rows = self.with_rank(query).order_by().values_list("rank").annotate(numbers=Numbers("object_id"))
        return {rank: list(map(int, numbers.split(","))) for rank, numbers in rows}

    def count_kinds(self) -> dict[str, int]:
        """How many of each kind; one query."""
        return dict(self.order_by().values_list("kind").annotate(n=Count("pk")))
