"""What a municipality says of itself."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.errors import ChangedMeanwhile
from municipalities.models import Municipality, Presentation
from municipalities.search import index_municipalities
from municipalities.services import acting
from network_portal.audit.services import record
from network_portal.users.models import User

FIELDS = ["language", "text", "service", "website", "email"]


def stamp_of(presentation: Presentation | None) -> str:
    """What tells one state of the text from another; empty where there is none yet."""
    return presentation.changed_at.isoformat() if presentation else ""


@transaction.atomic
def save_presentation(municipality: Municipality, *, by: User, seen: str, **fields: str) -> Presentation:
    """Write ``language``, ``text``, ``service``, ``website`` and ``email``. Saving the same twice changes nothing.

    ``seen`` is the ``stamp_of`` what the person had before them. Raises ChangedMeanwhile.
    """
    town = acting.lock(municipality)
    stored = Presentation.objects.filter(municipality=town).first()
    if stored and all(getattr(stored, name) == fields[name] for name in FIELDS):
        return stored
    if stamp_of(stored) != seen:
        raise ChangedMeanwhile(_("Somebody else saved the text meanwhile. Nothing was overwritten."))
    values = {name: fields[name] for name in FIELDS} | {"changed_at": timezone.now(), "changed_by": by}
    saved, _made = Presentation.objects.update_or_create(municipality=town, defaults=values)
    index_municipalities([town])
    record("municipality.presented", about=f"municipality:{town.pk}", by=by)
    return saved
