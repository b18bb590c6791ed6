"""Who may change the words of the portal."""

from network_portal.users.permissions import is_coordinator


def can_manage_vocabularies(user, obj=None) -> bool:
    return is_coordinator(user)
