"""Taking the people out of registrations, attendance and certificates; the figures stay as they were.

The figures stand in rows without people (``services.facts``), and a record that loses its person keeps the pseudonym
under which that person counts once over the cycle.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from network_portal.jobs import services as jobs
from network_portal.users.models import User
from webinars.models import AttendanceLine, AttendanceRecord, Certificate, Cycle, Registration, Webinar
from webinars.pseudonyms import pseudonym
from webinars.services import certificate_files
from webinars.services import registration as registrations

CAME = timedelta(days=730)  # names of those who had a place, unless the cycle says until when
NOT_CAME = timedelta(days=183)  # names of those who waited or cancelled
NO_REASON = "–"  # a reason may hold a name, and may not be empty
BATCH = 500


@transaction.atomic
def forget_person(person: User) -> None:
    """Nobody can tell any more where ``person`` was; places to come go to the next in the queue."""
    for row in person.registrations.live().filter(webinar__starts_at__gt=timezone.now()):
        registrations.cancel_registration(row, by=person)
    AttendanceLine.objects.filter(Q(registration__person=person) | Q(email__iexact=person.email)).delete()
    _forget_records(AttendanceRecord.objects.filter(Q(person=person) | Q(registration__person=person)))
    _forget_registrations(person.registrations.all())
    jobs.remove_files(certificate_files.of_webinars(person.certificates.exclude(webinar=None).values_list("webinar", flat=True)))
    _forget_certificates(person.certificates.all())


@transaction.atomic
def forget_due(*, now) -> int:
    """Take the names out of what is older than its time; the number of registrations. Keys of cycles go with the last name."""
    over = Registration.objects.filter(anonymised_at=None, webinar__ends_at__lt=now)
    unserved = over.exclude(status="confirmed").filter(webinar__ends_at__lt=now - NOT_CAME)
    due = Webinar.objects.filter(ends_at__lt=now).filter(
        Q(cycle__evidence_until__lt=now.date()) | Q(cycle__evidence_until=None, ends_at__lt=now - CAME)
    )
    _forget_records(AttendanceRecord.objects.filter(webinar__in=due).exclude(name="", person=None))
    _forget_certificates(Certificate.objects.filter(webinar__in=due))
    count = _forget_registrations(unserved) + _forget_registrations(over.filter(webinar__in=due))
    _end_cycles(now)
    return count


def _end_cycles(now) -> None:
    """Of cycles whose audit is over: the certificates of the cycle, and the key that could lead back to a person."""
    ended = Cycle.objects.filter(evidence_until__lt=now.date(), ends_on__lt=now.date())
    _forget_certificates(Certificate.objects.filter(cycle__in=ended, webinar=None))
    ended.exclude(webinars__ends_at__gte=now).exclude(pseudonym_key="").update(pseudonym_key="")


def _forget_registrations(rows) -> int:
    fields = {"name": "", "person": None, "registered_by": None, "needs": "", "anonymised_at": timezone.now()}
    return rows.update(**fields)


def _forget_records(rows) -> None:
    """Each keeps the pseudonym of its person, then loses the person."""
    found = list(rows.select_related("webinar__cycle"))
    for row in found:
        row.pseudonym = pseudonym(row.webinar.cycle, row)
        row.person, row.name, row.first_join_at, row.last_leave_at = None, "", None, None
        row.reason = NO_REASON if row.reason else ""
    fields = ["pseudonym", "person", "name", "first_join_at", "last_leave_at", "reason"]
    AttendanceRecord.objects.bulk_update(found, fields, batch_size=BATCH)


def _forget_certificates(rows) -> None:
    rows.exclude(reason="").update(reason=NO_REASON)
    rows.exclude(name="", person=None).update(name="", person=None)
