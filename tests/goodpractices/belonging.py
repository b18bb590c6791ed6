"""People who belong to municipalities."""

from municipalities.models import Municipality
from network_portal.users.models import User
from tests.factories import make_affiliation, make_user


def make_staff(town: Municipality, *, person: User | None = None, **fields) -> User:
    """Somebody who writes for ``town``."""
    return make_affiliation(person or make_user(**fields), town).person


def make_focal_point(town: Municipality, **fields) -> User:
    return make_affiliation(make_user(**fields), town, kind="focal_point").person
