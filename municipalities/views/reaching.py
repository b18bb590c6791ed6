"""Which towns and affiliations a person may know of on pages that are not public.

To outsiders such a page does not exist (404, as in permissions.yml); administrators look after the technique alone (403).
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from municipalities import permissions
from municipalities.models import Affiliation, Municipality
from network_portal.users.permissions import is_administrator


def town_of_colleagues(user, slug: str) -> Municipality:
    """The town, for its people and for coordinators."""
    town = get_object_or_404(Municipality, slug=slug)
    if permissions.can_see_colleagues(user, town):
        return town
    raise PermissionDenied if is_administrator(user) else Http404


def affiliation_of(user, uuid: UUID) -> Affiliation:
    """One's own, one of one's town, or any for coordinators."""
    rows = Affiliation.objects.visible_to(user).select_related("person", "municipality")
    if affiliation := rows.filter(uuid=uuid).first():
        return affiliation
    raise PermissionDenied if is_administrator(user) else Http404


def managed(user, uuid: UUID) -> Affiliation:
    """The same, for those who look after the town's people."""
    affiliation = affiliation_of(user, uuid)
    if not permissions.can_manage_colleagues(user, affiliation.municipality):
        raise PermissionDenied
    return affiliation
