"""Who may change the network's membership."""

from network_portal.users.permissions import is_coordinator


def can_manage_memberships(user, membership=None) -> bool:
    return is_coordinator(user)
