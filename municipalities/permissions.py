"""Who may do what with municipalities, their people, and the network's membership."""

from municipalities.models import Affiliation, Municipality
from network_portal.users.permissions import is_administrator, is_coordinator


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


def can_see_colleagues(user, municipality: Municipality) -> bool:
    return can_write_for(user, municipality)


def can_present(user, municipality: Municipality) -> bool:
    """Write what the town says of itself on its public page."""
    return can_manage_colleagues(user, municipality)


def can_end(user, affiliation: Affiliation) -> bool:
    """One's own, and those that one looks after."""
    return affiliation.person_id == user.pk or can_manage_colleagues(user, affiliation.municipality)


def can_ask_affiliation(user, municipality=None) -> bool:
    """Everybody but those who look after the technique alone."""
    return is_coordinator(user) or not is_administrator(user)


def can_keep_mail_domains(user, municipality=None) -> bool:
    return is_coordinator(user)
