"""Who funds and carries a cycle, with logos for certificates and reports."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from network_portal.audit.services import record
from network_portal.users.models import User
from webinars.models import Cycle, Partner


@transaction.atomic
def save_partner(
    partner: Partner | None, *, cycle: Cycle, by: User, logo: bytes | None = None, remove_logo: bool = False, **fields
) -> Partner:
    """Write ``fields`` to ``partner``, or to a new one of ``cycle``. ``logo`` is a PNG file that was checked and takes the
    place of the last one; without it the logo stays, unless ``remove_logo``."""
    is_new = partner is None
    partner = Partner(cycle=cycle) if is_new else Partner.objects.select_for_update().get(pk=partner.pk)
    for name, value in fields.items():
        setattr(partner, name, value)
    old = partner.logo.name
    if logo:
        partner.logo.save("logo.png", ContentFile(logo), save=False)
    elif remove_logo:
        partner.logo = ""
    partner.save()
    if old and old != partner.logo.name:
        _delete_later(old)
    record("partner.added" if is_new else "partner.edited", about=f"cycle:{cycle.pk}", by=by, partner=partner.name)
    return partner


@transaction.atomic
def remove_partner(partner: Partner, *, by: User) -> None:
    """The row and its logo; certificates made from now on do not show it."""
    name = partner.logo.name
    record("partner.removed", about=f"cycle:{partner.cycle_id}", by=by, partner=partner.name)
    partner.delete()
    if name:
        _delete_later(name)


def _delete_later(name: str) -> None:
    """Once it is sure that no row names it."""
    transaction.on_commit(lambda: default_storage.delete(name))
