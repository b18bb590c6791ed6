"""The figures that outlive the people: derived anew with every change of attendance, sealed when it is closed."""

from collections import Counter

from django.db.models import Q
from django.utils.translation import gettext as _

from webinars.errors import AttendanceClosed
from webinars.models import AttendanceFact, AttendanceFile, AttendanceRecord, PersonFact, Registration, Webinar, WebinarFact
from webinars.pseudonyms import pseudonym

Source = AttendanceRecord.Source
BATCH = 2000  # rows written at a time
COUNTED_BY = ["webinar_id", "person_id", "name", "municipality_id", "organisation", "role_id", "pseudonym"]


def check_not_closed(webinar: Webinar) -> None:
    """Raises AttendanceClosed when the figures are sealed."""
    if webinar.attendance_closed_at:
        raise AttendanceClosed(_("Attendance is closed: its figures are sealed. Reopen it first."))


def check_countable(webinar: Webinar) -> None:
    """Raises AttendanceClosed when the figures are sealed, or when nobody can be counted into the cycle any more."""
    check_not_closed(webinar)
    if not webinar.cycle.pseudonym_key:
        raise AttendanceClosed(_("The names of this cycle were removed when their time was over: nobody can be added any more."))


def settle(webinar: Webinar) -> None:
    """Decide who attended the locked ``webinar`` and write its figures; call it after every change of attendance.

    A check-in counts as long as no file is in use; a file's person when the minutes reach the cycle's rule; a person
    added by hand always. Raises AttendanceClosed.
    """
    check_not_closed(webinar)
    _note_check_ins(webinar)
    has_file = webinar.attendance_files.filter(state=AttendanceFile.State.APPLIED).exists()
    counted = Q(source__in=[Source.BY_HAND, Source.TOGETHER]) | Q(source=Source.FILE, minutes__gte=webinar.minutes_needed)
    if not has_file:
        counted |= Q(source=Source.CHECK_IN)
    webinar.attendance.filter(counted, attended=False).update(attended=True)
    webinar.attendance.exclude(counted).filter(attended=True).update(attended=False)
    _write(webinar)


def _note_check_ins(webinar: Webinar) -> None:
    """A record for everybody with a place who checked in and has none."""
    came = webinar.registrations.filter(status=Registration.Status.CONFIRMED, checked_in_at__isnull=False)
    rows = came.filter(attendance__isnull=True, anonymised_at=None)
    AttendanceRecord.objects.bulk_create(record_of(row, source=Source.CHECK_IN, first_join_at=row.checked_in_at) for row in rows)


def record_of(registration: Registration, **fields) -> AttendanceRecord:
    """An unsaved record of ``registration``, with name, town and role as they were at registration."""
    return AttendanceRecord(
        webinar_id=registration.webinar_id,
        registration=registration,
        person_id=registration.person_id,
        name=registration.name,
        municipality_id=registration.municipality_id,
        organisation=registration.organisation,
        role_id=registration.role_id,
        **fields,
    )


def _write(webinar: Webinar) -> None:
    """Write the rows without people anew, from those who attended."""
    records = list(webinar.attendance.attended().only(*COUNTED_BY))
    groups = Counter((record.municipality_id, record.role_id) for record in records)
    webinar.attendance_facts.all().delete()
    webinar.person_facts.all().delete()
    AttendanceFact.objects.bulk_create(
        AttendanceFact(webinar=webinar, municipality_id=town, role_id=role, count=n) for (town, role), n in groups.items()
    )
    people = {pseudonym(webinar.cycle, record) for record in records}
    PersonFact.objects.bulk_create((PersonFact(webinar=webinar, pseudonym=code) for code in sorted(people)), BATCH)


def seal(webinar: Webinar) -> None:
    """Write the registrations by state, as they are now, beside the figures of attendance."""
    states = Counter(webinar.registrations.values_list("status", flat=True))
    counts = {status: states[status] for status in Registration.Status.values}
    WebinarFact.objects.update_or_create(webinar=webinar, defaults=counts)
