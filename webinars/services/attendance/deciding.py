"""What a person decides about the names of a file that was read, before it is used."""

from django.db import transaction
from django.utils.translation import gettext as _

from network_portal.users.models import User
from webinars.errors import AlreadyCounted, AttendanceFileRefused
from webinars.models import AttendanceFile, AttendanceLine, Registration
from webinars.services.attendance.files import lock_file
from webinars.services.attendance.reading import Registered

Match, Decision = AttendanceLine.Match, AttendanceLine.Decision
NOBODY = {"municipality": None, "organisation": "", "role": None, "reason": ""}


def lock_ready(file: AttendanceFile) -> AttendanceFile:
    """The locked file whose names can be decided on. Raises AttendanceFileRefused, AttendanceClosed."""
    file = lock_file(file)
    check_ready(file)
    return file


def check_ready(file: AttendanceFile) -> None:
    """Raises AttendanceFileRefused unless its names can be decided on."""
    if file.state != AttendanceFile.State.READY:
        raise AttendanceFileRefused(_("This file was used, undone or removed meanwhile: nothing about it can be decided now."))


@transaction.atomic
def take_line(line: AttendanceLine, *, registration: Registration, by: User) -> AttendanceLine:
    """``line`` is the person of ``registration``, as a person said. Raises AttendanceFileRefused, AttendanceClosed."""
    file = lock_ready(line.file)
    _check_place(file, registration)
    return _write(line, decision=Decision.TAKE, registration=registration)


def _check_place(file: AttendanceFile, registration: Registration) -> None:
    found = file.webinar.registrations.confirmed().filter(pk=registration.pk, anonymised_at=None)
    if not found.exists():
        raise AttendanceFileRefused(_("%(name)s has no place in this webinar any more.") % {"name": registration.name})


@transaction.atomic
def add_line(
    line: AttendanceLine, *, name: str, role, reason: str, by: User, email: str = "", municipality=None, organisation: str = ""
) -> AttendanceLine:
    """``line`` is a participant who was not registered; ``email`` is for those of whom the file has no address.

    Raises AlreadyCounted, AttendanceFileRefused, AttendanceClosed.
    """
    file = lock_ready(line.file)
    email = line.email if line.has_address else email
    if email and file.webinar.registrations.confirmed().filter(person__email=email).exists():
        raise AlreadyCounted(_("%(email)s is registered for this webinar: choose the registration.") % {"email": email})
    about = {"email": email, "municipality": municipality, "organisation": organisation, "role": role, "reason": reason}
    return _write(line, decision=Decision.ADD, name=name, **about)


@transaction.atomic
def leave_line(line: AttendanceLine, *, by: User) -> AttendanceLine:
    """``line`` does not count. Raises AttendanceFileRefused, AttendanceClosed."""
    lock_ready(line.file)
    return _write(line, decision=Decision.LEAVE)


def _write(line: AttendanceLine, **fields) -> AttendanceLine:
    fields = NOBODY | {"email": line.email if line.has_address else ""} | fields
    if line.match == Match.NAME and fields["decision"] != Decision.TAKE and "registration" not in fields:
        fields["registration"] = line.registration  # the suggestion stays, should somebody change their mind
    for name, value in fields.items():
        setattr(line, name, value)
    line.save(update_fields=list(fields))
    return line


@transaction.atomic
def decide(file: AttendanceFile, *, takes: dict[int, int], leaves: set[int], opens: set[int], by: User) -> None:
    """Several lines (by their pk) at once: each is the registration that ``takes`` names, is left out, or is open again.

    Raises AttendanceFileRefused (nothing is decided then), AttendanceClosed.
    """
    file = lock_ready(file)
    places = set(file.webinar.registrations.confirmed().filter(anonymised_at=None).values_list("pk", flat=True))
    if not set(takes.values()) <= places:
        raise AttendanceFileRefused(_("One of the people chosen has no place in this webinar any more. Choose again."))
    lines = list(file.lines.filter(pk__in={*takes, *leaves}))
    for line in lines:
        line.decision = Decision.TAKE if line.pk in takes else Decision.LEAVE
        line.registration_id = takes.get(line.pk, line.registration_id)
    AttendanceLine.objects.bulk_update(lines, ["decision", "registration"], batch_size=200)
    file.lines.filter(pk__in=opens).update(decision=Decision.OPEN)


@transaction.atomic
def leave_unregistered(file: AttendanceFile, *, by: User) -> int:
    """Leave out everybody still open who is like no registration; how many. Raises AttendanceFileRefused, AttendanceClosed."""
    file = lock_ready(file)
    return file.lines.filter(decision=Decision.OPEN, match=Match.NONE).update(decision=Decision.LEAVE)


@transaction.atomic
def leave_others(file: AttendanceFile, *, by: User) -> int:
    """Leave out everybody still open; how many. Raises AttendanceFileRefused, AttendanceClosed."""
    file = lock_ready(file)
    return file.lines.filter(decision=Decision.OPEN).update(decision=Decision.LEAVE)


@transaction.atomic
def reopen_stale(file: AttendanceFile) -> int:
    """Open again what was taken for a registration that is gone meanwhile; how many."""
    stale = file.lines.filter(decision=Decision.TAKE).exclude(registration__status=Registration.Status.CONFIRMED)
    return stale.update(decision=Decision.OPEN, match=Match.NONE)


def candidates(file: AttendanceFile, lines) -> dict[int, list[Registration]]:
    """For each of ``lines`` (by pk) that is like a registration by name: all whom it may be. Two queries."""
    named = [line for line in lines if line.match == Match.NAME]
    if not named:
        return {}
    people = Registered(file.webinar)
    found = {line.pk: people.candidates(line.name) for line in named}
    wanted = {pk for pks in found.values() for pk in pks}
    rows = Registration.objects.filter(pk__in=wanted).select_related("person", "municipality").in_bulk()
    return {line: [rows[pk] for pk in pks if pk in rows] for line, pks in found.items()}
