"""Reads of the index."""

from django.db import models
from django.db.models import Case, Count, F, When

from network_portal.common.search import Query
from network_portal.search.fields import TermsFound


class EntryQuerySet(models.QuerySet):
    def found_by(self, query: Query):
        """Those that have every term; none when nothing was typed."""
        return self.filter(keys__found=query) if query else self.none()

    def best_first(self, query: Query):
        """First who is called so; then by terms in the title, in the summary, the latest, and for good."""
        return self.annotate(
            is_called=Case(When(title_key=query.title_key, then=1), default=0, output_field=models.IntegerField()),
            in_title=TermsFound("title_keys", query.terms),
            in_summary=TermsFound("summary_keys", query.terms),
        ).order_by("-is_called", "-in_title", "-in_summary", F("dated_on").desc(nulls_last=True), "kind", "-object_id")

    def count_kinds(self) -> dict[str, int]:
        """How many of each kind; one query."""
        return dict(self.order_by().values_list("kind").annotate(n=Count("pk")))
