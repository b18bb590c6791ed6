"""Who may read and make reports."""

from network_portal.users.permissions import is_coordinator


def can_manage_reports(user, report=None) -> bool:
    return is_coordinator(user)
