"""Certificates: made when somebody asks, corrected by another one, revoked. A row is never given a second meaning."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from network_portal.audit.services import record as log
from network_portal.mail.rendering import known_language
from network_portal.users.models import User
from webinars.certificates import new_code
from webinars.errors import CertificateEnded, NotEntitled, TooManyCorrections
from webinars.models import AttendanceRecord, Certificate, Cycle, Webinar

State = Certificate.State
CORRECTIONS = 3  # of one certificate that the person may make without asking anybody
LOST = gettext_noop("Attendance was corrected: the person did not attend by the cycle's rule.")


@transaction.atomic
def issue(record: AttendanceRecord, *, by: User | None, again: bool = False) -> Certificate:
    """The valid certificate of ``record``, made at the first asking.

    ``again`` makes a new one after a person revoked the last. Raises NotEntitled, CertificateEnded.
    """
    rows = AttendanceRecord.objects.select_for_update(of=("self",)).select_related("webinar__cycle", "person")
    record = rows.get(pk=record.pk)
    last = record.certificates.newest_first().first()
    if last and last.state == State.VALID:
        return last
    webinar, name = record.webinar, record.name or (record.person.name if record.person else "")
    if not record.attended or webinar.attendance_closed_at is None or not name:
        raise NotEntitled(_("There is no certificate: attendance is not closed, the person did not attend, or has no name."))
    _check_not_withdrawn(last, again=again)
    return _create(
        cycle=webinar.cycle,
        webinar=webinar,
        record=record,
        person=record.person,
        name=name,
        title=webinar.title,
        held_on=webinar.starts_local.date(),
        minutes=webinar.minutes,
        language=_language(record.person, webinar.cycle),
    )


@transaction.atomic
def issue_for_cycle(cycle: Cycle, *, person: User) -> Certificate:
    """The valid certificate of all that ``person`` attended in ``cycle``, hours added.

    When more was attended since the last one, a new one takes its place. Raises NotEntitled, CertificateEnded.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    last = cycle.certificates.filter(webinar=None, person=person).newest_first().first()
    current = last if last and last.state == State.VALID else None
    known = {row["webinar"] for row in current.listed} if current else set()
    listed = _attended_in(cycle, person, also=known)
    if current and known.issuperset(row["webinar"] for row in listed):
        return current  # what was lost is seen to when attendance is closed
    name = current.name if current else name_in(cycle, person)
    if not listed or not name:
        raise NotEntitled(_("There is no certificate of this cycle: no webinar whose attendance is closed was attended."))
    _check_not_withdrawn(last, again=False)
    if current:
        return _replace(current, **_sums(listed))
    return _create(cycle=cycle, person=person, name=name, title=cycle.title, language=_language(person, cycle), **_sums(listed))


def _check_not_withdrawn(last: Certificate | None, *, again: bool) -> None:
    """What a person revoked is not made anew by asking; what a count revoked is, once the count is another."""
    if last and last.state == State.REVOKED and last.reason != LOST and not again:
        raise CertificateEnded(_("This certificate was revoked. If you think this is wrong, write to us."))


@transaction.atomic
def correct_name(certificate: Certificate, *, name: str, by: User) -> Certificate:
    """A new certificate with another name and another code takes the place of this one; with the same name, nothing happens.

    Raises CertificateEnded, and TooManyCorrections when the person has changed it often enough.
    """
    certificate = _lock(certificate)
    if name == certificate.name:
        return certificate
    if not by.is_coordinator and _corrections(certificate) >= CORRECTIONS:
        raise TooManyCorrections(
            _("The name was changed %(count)s times. Write to us to change it again.") % {"count": CORRECTIONS}
        )
    new = _replace(certificate, name=name, language=_language(certificate.person, certificate.cycle))
    log("certificate.corrected", about=_subject(new), by=by, replaces=certificate.pk)
    return new


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: User | None) -> Certificate:
    """It is not valid any more, and the public page says so. Raises CertificateEnded."""
    certificate = _lock(certificate)
    _end(certificate, state=State.REVOKED, reason=reason)
    log("certificate.revoked", about=_subject(certificate), by=by)
    return certificate


@transaction.atomic
def revoke_lost(webinar: Webinar, *, by: User | None) -> int:
    """After attendance was closed anew: revoke what is no longer earned, the cycle's certificates too; how many ended."""
    _find_records_again(webinar)
    lost = list(webinar.certificates.valid().filter(Q(record=None) | Q(record__attended=False)).select_for_update(of=("self",)))
    for certificate in lost:
        _end(certificate, state=State.REVOKED, reason=LOST)
    ended = len(lost) + _settle_cycle(webinar)
    if ended:
        log("certificates.revoked", about=webinar.mail_subject, by=by, count=ended)
    return ended


def _find_records_again(webinar: Webinar) -> None:
    """A file that is used again makes its records anew: their certificates follow the person."""
    records = {row.person_id: row for row in webinar.attendance.attended().exclude(person=None)}
    for certificate in webinar.certificates.valid().filter(record=None, person__in=records):
        certificate.record = records[certificate.person_id]
        certificate.save(update_fields=["record"])


def _settle_cycle(webinar: Webinar) -> int:
    """Certificates of the cycle that list ``webinar`` for somebody who did not attend it after all."""
    here = set(webinar.attendance.attended().values_list("person_id", flat=True))
    rows = webinar.cycle.certificates.valid().filter(webinar=None).exclude(person=None)
    ended = 0
    for certificate in rows.select_for_update(of=("self",)).select_related("person"):
        if certificate.person_id in here or webinar.pk not in {row["webinar"] for row in certificate.listed}:
            continue
        ended += 1
        others = {row["webinar"] for row in certificate.listed} - {webinar.pk}
        if listed := _attended_in(webinar.cycle, certificate.person, also=others):
            _replace(certificate, **_sums(listed))
        else:
            _end(certificate, state=State.REVOKED, reason=LOST)
    return ended


def _attended_in(cycle: Cycle, person: User, *, also: set[int]) -> list[dict]:
    """What ``Certificate.listed`` holds, as it was held; of ``also``, webinars that were reopened too."""
    closed = Q(webinar__attendance_closed_at__isnull=False) | Q(webinar__in=also)
    rows = AttendanceRecord.objects.attended().filter(closed, person=person, webinar__cycle=cycle).select_related("webinar")
    return [
        {"webinar": w.pk, "title": w.title, "held_on": w.starts_local.date().isoformat(), "minutes": w.minutes}
        for w in (row.webinar for row in rows.order_by("webinar__starts_at", "webinar"))
    ]


def _sums(listed: list[dict]) -> dict:
    return {
        "listed": listed,
        "webinars": len(listed),
        "minutes": sum(row["minutes"] for row in listed),
        "held_on": date.fromisoformat(max(row["held_on"] for row in listed)),
    }


def name_in(cycle: Cycle, person: User) -> str:
    """As on the person's last certificate of the cycle, else as in the last webinar attended."""
    named = Certificate.objects.filter(cycle=cycle, person=person).exclude(name="").exclude(state=State.REVOKED)
    if last := named.newest_first().first():
        return last.name
    records = AttendanceRecord.objects.attended().filter(person=person, webinar__cycle=cycle).exclude(name="")
    last = records.order_by("-webinar__starts_at").first()
    return last.name if last else person.name


def _create(**fields) -> Certificate:
    code = new_code()
    while Certificate.objects.filter(code=code).exists():
        code = new_code()
    return Certificate.objects.create(code=code, **fields)


def _replace(old: Certificate, **changes) -> Certificate:
    """A new row in the place of ``old``, which names it. It gets its record and person last, as only one may be valid."""
    copied = ("cycle", "webinar", "name", "title", "held_on", "minutes", "webinars", "listed", "language")
    new = _create(**{field: getattr(old, field) for field in copied} | changes)
    _end(old, state=State.CORRECTED, replaced_by=new)
    new.record, new.person = old.record, old.person
    new.save(update_fields=["record", "person"])
    return Certificate.objects.select_related("cycle", "webinar", "person").get(pk=new.pk)


def _end(certificate: Certificate, **fields) -> None:
    if certificate.state != State.VALID:
        raise CertificateEnded(_("This certificate is not valid any more."))
    for name, value in fields.items():
        setattr(certificate, name, value)
    certificate.ended_at = timezone.now()
    certificate.save(update_fields=[*fields, "ended_at"])


def _lock(certificate: Certificate) -> Certificate:
    """As it is now, kept from others. Raises CertificateEnded."""
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("cycle", "webinar", "person", "record")
    certificate = rows.get(pk=certificate.pk)
    if certificate.state != State.VALID:
        raise CertificateEnded(_("This certificate is not valid any more."))
    return certificate


def _corrections(certificate: Certificate) -> int:
    """How often the name on it and on those before it was changed."""
    same = Q(record=certificate.record_id) if certificate.record_id else Q(cycle=certificate.cycle_id, webinar=None)
    before = Certificate.objects.filter(same, person=certificate.person_id, state=State.CORRECTED)
    return before.exclude(name=F("replaced_by__name")).count()


def _language(person: User | None, cycle: Cycle) -> str:
    return known_language(person.language if person else cycle.language)


def _subject(certificate: Certificate) -> str:
    return f"certificate:{certificate.pk}"
