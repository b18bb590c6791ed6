"""Who may do what with calls."""

from network_portal.users.permissions import is_coordinator


def can_manage_calls(user, call=None) -> bool:
    return is_coordinator(user)
