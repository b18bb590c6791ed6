"""Who may do what with practices."""

from django.db.models import Q

from goodpractices.models import Practice
from municipalities.models import Membership, Municipality
from municipalities.permissions import can_write_for, is_affiliated, is_focal_point
from network_portal.users.permissions import is_coordinator


def can_start_practices(user, obj=None) -> bool:
    """Whether there is a municipality that the person may write for."""
    return is_coordinator(user) or (user.is_authenticated and Municipality.objects.with_staff(user).exists())


def can_write_practice(user, practice: Practice) -> bool:
    return can_write_for(user, practice.municipality)


def can_see_contact_person(user, practice: Practice) -> bool:
    """People of towns that are in the network now, of the practice's own town, and coordinators."""
    if is_coordinator(user) or not user.is_authenticated:
        return is_coordinator(user)
    members = Membership.objects.current().order_by().values("municipality")
    towns = Municipality.objects.with_staff(user)
    return towns.filter(Q(pk=practice.municipality_id) | Q(pk__in=members)).exists()


def can_send_practice(user, practice: Practice) -> bool:
    """Send it for review, withdraw, archive, delete and answer for it: focal points of its municipality, and coordinators."""
    return is_coordinator(user) or is_focal_point(user, practice.municipality)


def can_restore_practices(user, obj=None) -> bool:
    """Whether there is a municipality whose practices the person may delete and restore."""
    return is_coordinator(user) or (user.is_authenticated and Municipality.objects.with_focal_point(user).exists())


def can_manage_practices(user, practice: Practice | None = None) -> bool:
    """Publish, take out, feature: coordinators."""
    return is_coordinator(user)


def can_review_practice(user, practice: Practice) -> bool:
    """Coordinators, but never of a municipality they belong to."""
    return is_coordinator(user) and not is_affiliated(user, practice.municipality)
