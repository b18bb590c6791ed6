"""The practice that a page acts on, for who may."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from goodpractices.models import Practice
from goodpractices.permissions import can_manage_practices, can_review_practice, can_start_practices
from network_portal.users.permissions import is_coordinator

PARTS = ("municipality", "public_version", "work_version")


def own_practice(request, pk: int, *, rule, among=None) -> Practice:
    """Of the person's municipalities; any for coordinators. Who writes for no municipality is refused, what is of another
    does not exist, and ``rule`` may refuse the deed."""
    if not can_start_practices(request.user):
        raise PermissionDenied
    found = Practice.objects.written_by(request.user) if among is None else among
    practice = get_object_or_404(found.select_related(*PARTS), pk=pk)
    if not rule(request.user, practice):
        raise PermissionDenied
    return practice


def managed_practice(request, pk: int) -> Practice:
    """Any, for coordinators."""
    if not can_manage_practices(request.user):
        raise PermissionDenied
    return get_object_or_404(Practice.objects.select_related(*PARTS), pk=pk)


def reviewed_practice(request, pk: int) -> Practice:
    """One that the coordinator may review: never of a municipality that they belong to."""
    if not is_coordinator(request.user):
        raise PermissionDenied
    practice = get_object_or_404(Practice.objects.select_related(*PARTS, "work_version__reviewer"), pk=pk)
    if not can_review_practice(request.user, practice):
        raise PermissionDenied(_("You belong to the municipality of this practice: somebody else reviews it."))
    return practice
