"""Whom a practice concerns: the focal points of its municipality, and the coordinators who can review it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from goodpractices.models import Practice, Review, Version
from municipalities.models import Municipality
from network_portal.users.models import User

COORDINATION = "coordination"
ROLES = {COORDINATION: _("coordination of the network")}  # authors read the role, not the name


def focal_points(town: Municipality) -> list[User]:
    """Those with an active account, in the order of their accounts."""
    rows = town.affiliations.focal_points().filter(person__is_active=True).select_related("person")
    return [row.person for row in rows.order_by("person")]


def reviewers_for(practice: Practice) -> list[User]:
    """The coordinators who do not belong to its municipality, in the order of their accounts."""
    own = practice.municipality.affiliations.confirmed().values("person")
    return list(User.objects.filter(is_coordinator=True, is_active=True).exclude(pk__in=own).order_by("pk"))


def second_reviewers(practice: Practice, *, besides: Iterable[User]) -> list[User]:
    """Those who may take the second look after ``besides`` took the first."""
    first = {person.pk for person in besides}
    return [person for person in reviewers_for(practice) if person.pk not in first]


def first_reviewer(version: Version) -> User | None:
    """Who passed this submission on; None when nobody did, or when their account was erased."""
    passed = version.reviews.filter(decision=Review.Decision.PASS_ON).select_related("reviewer").order_by("-decided_at").first()
    return passed.reviewer if passed else None
