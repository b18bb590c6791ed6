"""Who may do what with municipalities, their people, and the network's membership."""

from municipalities.models import Municipality
from network_portal.users.permissions import is_coordinator


def can_manage_memberships(user, membership=None) -> bool:
    return is_coordinator(user)


def is_affiliated(user, municipality: Municipality) -> bool:
    """Whether the person belongs to the town, confirmed."""
    return Municipality.objects.with_staff(user).filter(pk=municipality.pk).exists()


def is_focal_point(user, municipality: Municipality) -> bool:
    return Municipality.objects.with_focal_point(user).filter(pk=municipality.pk).exists()


def can_write_for(user, municipality: Municipality) -> bool:
    """Its people write for a town; coordinators for every one."""
    return is_coordinator(user) or is_affiliated(user, municipality)


def can_manage_colleagues(user, municipality: Municipality) -> bool:
    return is_coordinator(user) or is_focal_point(user, municipality)
