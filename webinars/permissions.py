"""Who may do what with webinars and registrations."""

from municipalities.permissions import is_focal_point
from network_portal.users.permissions import is_coordinator


def can_manage_webinars(user, webinar=None) -> bool:
    return is_coordinator(user)


def can_see_people(user, webinar=None) -> bool:
    return is_coordinator(user)


def can_mark_attendance(user, webinar=None) -> bool:
    return is_coordinator(user)


def can_see_exact_figures(user, cycle=None) -> bool:
    """Everybody else sees the figures with small numbers withheld."""
    return is_coordinator(user)


def can_see_town(user, town) -> bool:
    """Who of ``town`` is registered and came, and its figures."""
    return is_coordinator(user) or is_focal_point(user, town)


def can_cancel_registration(user, registration) -> bool:
    return is_coordinator(user) or registration.person_id == user.pk
