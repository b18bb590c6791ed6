"""Practices of the small network: of the town of ST and FP, and of the other one; made when they are asked for."""

from functools import cached_property

from goodpractices.models import Practice
from tests.goodpractices.practices import make_draft, make_practice


class PracticesWorld:
    def __init__(self, people: dict, town, other_town):
        self.people, self.town, self.other_town = people, town, other_town

    @cached_property
    def public(self) -> Practice:
        """Published, of the town of ST and FP."""
        return make_practice(municipality=self.town, by=self.people["CO"])

    @cached_property
    def draft(self) -> Practice:
        """A draft of the town of ST and FP from which nothing is missing."""
        return make_draft(municipality=self.town, by=self.people["ST"])

    @cached_property
    def others_draft(self) -> Practice:
        return make_draft(municipality=self.other_town, by=self.people["CO"])

    @property
    def values(self) -> dict:
        """What ``$name`` stands for in permissions.yml."""
        return {
            "practice": lambda: self.public.slug, "practice_pk": lambda: self.public.pk,
            "practice_draft": lambda: self.draft.slug, "practice_draft_pk": lambda: self.draft.pk,
            "others_practice_draft_pk": lambda: self.others_draft.pk,
        }  # fmt: skip
