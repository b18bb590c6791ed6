"""What every deed on a practice begins and ends with: the lock, the state, and the event that stays."""

from django.utils import timezone
from django.utils.translation import gettext as _

from goodpractices.errors import ReasonMissing, WrongState
from goodpractices.models import Practice, PracticeEvent, Version
from network_portal.audit.services import record
from network_portal.users.models import User


def lock(practice: Practice) -> Practice:
    """The practice as it is now, locked, with its town and both versions.

    Read anew after the lock is held: PostgreSQL gives who waited for a lock the joined rows of the moment they began to wait.
    """
    Practice.objects.select_for_update(of=("self",)).only("pk").get(pk=practice.pk)
    return Practice.objects.select_related("municipality", "public_version", "work_version").get(pk=practice.pk)


def work_of(practice: Practice, *states: str) -> Version:
    """The version at work, when it is in one of ``states``; there is none of a deleted practice. Raises WrongState."""
    version = practice.work_version if practice.state != Practice.State.DELETED else None
    if version is None or version.state not in states:
        word = version.get_state_display() if version else practice.get_state_display()
        raise WrongState(_("This cannot be done with a practice in the state “%(state)s”.") % {"state": word})
    return version


def in_state(practice: Practice, *states: str) -> Practice:
    """The practice, when it is in one of ``states``. Raises WrongState."""
    if practice.state not in states:
        words = {"state": practice.get_state_display()}
        raise WrongState(_("This cannot be done with a practice in the state “%(state)s”.") % words)
    return practice


def end_work(practice: Practice) -> None:
    """Nothing is at work any more; a practice that never was public keeps its last version, so that it can be read and begun
    anew."""
    if practice.public_version_id:
        practice.work_version = None
        practice.save(update_fields=["work_version"])


def reason_in(text: str) -> str:
    """``text`` without blanks around it. Raises ReasonMissing."""
    if not text.strip():
        raise ReasonMissing(_("Give the reason."))
    return text.strip()


def note(
    practice: Practice, kind: str, *, by: User | None, version: Version | None = None, text: str = "", **detail
) -> PracticeEvent:
    """Write what happened, in the practice's history and in the log of the whole portal (there without the text)."""
    record(f"practice.{kind}", about=practice.mail_subject, by=by, version=version.number if version else None)
    practice.changed_at = timezone.now()
    practice.save(update_fields=["changed_at"])
    return PracticeEvent.objects.create(practice=practice, version=version, kind=kind, by=by, text=text, detail=detail)
