"""Attendance by hand: what no file and no check-in says, each with its reason."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from network_portal.audit.services import record
from network_portal.common.text import fold
from network_portal.users.models import User
from network_portal.users.services import person_for
from webinars.errors import AlreadyCounted
from webinars.models import AttendanceRecord, Registration, Webinar
from webinars.services import facts, places
from webinars.services.attendance import records
from webinars.services.attendance.files import check_begun

Source = AttendanceRecord.Source


def lock_open(webinar: Webinar) -> Webinar:
    """The locked webinar whose attendance can be changed. Raises AttendanceClosed, AttendanceNotBegun."""
    webinar = places.lock(webinar)
    facts.check_countable(webinar)
    check_begun(webinar)
    return webinar


@transaction.atomic
def note_presence(registration: Registration, *, reason: str, by: User) -> AttendanceRecord:
    """Somebody with a place was there, whatever the files say. Twice is the same as once.

    Raises AlreadyCounted (no place any more), AttendanceClosed, AttendanceNotBegun.
    """
    webinar = lock_open(registration.webinar)
    registration = webinar.registrations.get(pk=registration.pk)
    if registration.status != Registration.Status.CONFIRMED or registration.anonymised_at:
        raise AlreadyCounted(_("%(name)s has no place in this webinar any more.") % {"name": registration.name})
    found = webinar.attendance.filter(registration=registration).first()
    if found and found.attended:
        return found
    found = found or facts.record_of(registration)
    return _save(webinar, found, source=Source.BY_HAND, reason=reason, by=by)


@transaction.atomic
def add_participant(
    webinar: Webinar, *, name: str, role, reason: str, by: User, email: str = "", municipality=None, organisation: str = ""
) -> AttendanceRecord:
    """Somebody who was not registered was there; with an address there is an account, without one there is none.

    Raises AlreadyCounted, AttendanceClosed, AttendanceNotBegun.
    """
    webinar = lock_open(webinar)
    person = person_for(email, language=webinar.language, name=name) if email else None
    found = _there(webinar, name, person, municipality, organisation)
    if found and found.attended:
        raise AlreadyCounted(_("%(name)s is among those who attended already.") % {"name": found.name or name})
    if person:
        _check_not_registered(webinar, person)
    else:
        _check_no_namesake(webinar, name, municipality, organisation)
    about = {"municipality": municipality, "organisation": organisation, "role": role}
    found = found or AttendanceRecord(webinar=webinar, person=person, name=name, **about)
    return _save(webinar, found, source=Source.BY_HAND, reason=reason, by=by)


def _there(webinar: Webinar, name: str, person: User | None, municipality, organisation: str) -> AttendanceRecord | None:
    if person:
        return webinar.attendance.filter(person=person).first()
    nameless = webinar.attendance.filter(person=None, registration=None, pseudonym="")
    wanted = records.named(name, municipality and municipality.pk, organisation)
    return next((r for r in nameless if records.named(r.name, r.municipality_id, r.organisation) == wanted), None)


def _check_not_registered(webinar: Webinar, person: User) -> None:
    if row := webinar.registrations.confirmed().filter(person=person).first():
        text = _("%(name)s is registered with this address. Mark the person in the list of those registered.")
        raise AlreadyCounted(text % {"name": row.name})


def _check_no_namesake(webinar: Webinar, name: str, municipality, organisation: str) -> None:
    """Nobody counts twice, once as registered and once by name."""
    if row := _namesake(webinar, name, municipality, organisation):
        text = _(
            "%(name)s, %(where)s, is registered. If it is the same person, mark the registration;"
            " if it is somebody else, enter the e-mail address."
        )
        raise AlreadyCounted(text % {"name": row.name, "where": municipality.label if municipality else organisation})


def _namesake(webinar: Webinar, name: str, municipality, organisation: str) -> Registration | None:
    where = {"municipality": municipality} if municipality else {"municipality": None}
    rows = webinar.registrations.confirmed().filter(anonymised_at=None, **where)
    wanted = records.named(name, municipality and municipality.pk, organisation)
    return next((r for r in rows if records.named(r.name, r.municipality_id, r.organisation) == wanted), None)


@transaction.atomic
def add_together(
    webinar: Webinar, *, names: Sequence[str], municipality: Municipality, role, reason: str, by: User
) -> list[AttendanceRecord]:
    """Several people of a municipality before one screen. All or none.

    Raises AlreadyCounted with everybody who is in the list, or in the webinar, twice; AttendanceClosed, AttendanceNotBegun.
    """
    webinar = lock_open(webinar)
    _check_once(webinar, names, municipality)
    about = {"municipality": municipality, "role": role, "reason": reason, "created_by": by}
    rows = [AttendanceRecord(webinar=webinar, name=name, source=Source.TOGETHER, **about) for name in names]
    made = AttendanceRecord.objects.bulk_create(rows)
    facts.settle(webinar)
    record(
        "attendance.together", about=webinar.mail_subject, by=by, municipality=municipality.pk, people=len(made), reason=reason
    )
    return made


def _check_once(webinar: Webinar, names: Sequence[str], municipality: Municipality) -> None:
    folded = [fold(name) for name in names]
    doubled = dict.fromkeys(name for name, key in zip(names, folded, strict=True) if folded.count(key) > 1)
    if doubled:
        raise AlreadyCounted(_("More than once in the list: %(names)s.") % {"names": ", ".join(doubled)})
    there = {fold(name) for name in webinar.attendance.filter(municipality=municipality).values_list("name", flat=True)}
    if found := [name for name, key in zip(names, folded, strict=True) if key in there]:
        text = _("Already in the attendance, from %(town)s: %(names)s. Take them out of the list.")
        raise AlreadyCounted(text % {"town": municipality.label, "names": ", ".join(found)})
    registered = webinar.registrations.confirmed().filter(municipality=municipality, anonymised_at=None)
    there = {fold(name) for name in registered.values_list("name", flat=True)}
    if found := [name for name, key in zip(names, folded, strict=True) if key in there]:
        text = _("Registered, from %(town)s: %(names)s. Take them out here and mark them in the list of those registered.")
        raise AlreadyCounted(text % {"town": municipality.label, "names": ", ".join(found)})


@transaction.atomic
def take_out(attendance: AttendanceRecord, *, by: User) -> None:
    """Somebody who was added by hand was not there; what files or check-ins say of the person counts again.

    Raises AlreadyCounted for a record that nobody made by hand, AttendanceClosed.
    """
    webinar = lock_open(attendance.webinar)
    found = webinar.attendance.filter(pk=attendance.pk).first()
    if found is None:
        return
    if found.source not in (Source.BY_HAND, Source.TOGETHER):
        raise AlreadyCounted(_("Only somebody who was added by hand can be taken out here. Undo the file instead."))
    found.delete()
    records.derive(webinar, by=by)
    facts.settle(webinar)
    record("attendance.taken_out", about=webinar.mail_subject, by=by, record=str(found.uuid))


def _save(webinar: Webinar, attendance: AttendanceRecord, *, source: str, reason: str, by: User) -> AttendanceRecord:
    attendance.source, attendance.reason, attendance.file, attendance.created_by = source, reason, None, by
    attendance.save()
    facts.settle(webinar)
    attendance.refresh_from_db()
    record("attendance.by_hand", about=webinar.mail_subject, by=by, record=str(attendance.uuid), reason=reason)
    return attendance
