"""The end of a webinar's attendance: its figures are sealed, and what only served to find them goes."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.users.models import User
from webinars.errors import AttendanceFileRefused, NotReopenable
from webinars.models import AttendanceFile, AttendanceLine, Webinar
from webinars.services import after, certificates, facts, places
from webinars.services.attendance.files import check_begun, forget_content

State = AttendanceFile.State
UNUSED = [State.READING, State.ASKS, State.READY, State.FAILED]
KEPT = timedelta(days=7)  # a file that nobody used
FOLDER = "attendance"


@dataclass(frozen=True)
class Ending:
    """What closing would seal, and what it would throw away."""

    attended: int
    municipalities: int
    not_counted: int  # were there, but not by the rule
    unused_files: int
    open_names: int


def ending(webinar: Webinar) -> Ending:
    """Four queries."""
    attended = webinar.attendance.attended()
    unused = webinar.attendance_files.filter(state__in=UNUSED)
    lines = AttendanceLine.objects.filter(file__in=unused, decision=AttendanceLine.Decision.OPEN)
    return Ending(
        attended=attended.count(),
        municipalities=attended.exclude(municipality=None).values("municipality").distinct().count(),
        not_counted=webinar.attendance.filter(attended=False).count(),
        unused_files=unused.count(),
        open_names=lines.count(),
    )


@transaction.atomic
def close(webinar: Webinar, *, by: User, tells: bool) -> Webinar:
    """Seal the figures and, if ``tells``, write to those who came and those who did not (``told``: how many mails).

    Lines and files that were not used are deleted; of those used, name and SHA-256 stay as evidence.

    Raises AttendanceNotBegun, AttendanceClosed, AttendanceFileRefused (the webinar is not over).
    """
    webinar = places.lock(webinar)
    check_begun(webinar)
    if not webinar.is_past:
        raise AttendanceFileRefused(_("Attendance can be closed once the webinar is over."))
    facts.settle(webinar)
    facts.seal(webinar)
    AttendanceLine.objects.filter(file__webinar=webinar).delete()
    for file in webinar.attendance_files.filter(state__in=UNUSED):
        _throw_away(file)
    webinar.attendance_closed_at = timezone.now()
    webinar.save(update_fields=["attendance_closed_at"])
    figures = ending(webinar)
    record("attendance.closed", about=webinar.mail_subject, by=by, attended=figures.attended, towns=figures.municipalities)
    certificates.revoke_lost(webinar, by=by)
    webinar.told = after.tell_after(webinar, by=by) if tells else 0
    return webinar


@transaction.atomic
def reopen(webinar: Webinar, *, by: User, reason: str) -> Webinar:
    """Make attendance changeable again, until it is closed anew; the log keeps ``reason``. Mails not sent yet are taken back.

    Raises NotReopenable when it is not closed, or when people of it were anonymised: their figures must not move.
    """
    webinar = places.lock(webinar)
    if webinar.attendance_closed_at is None:
        raise NotReopenable(_("Attendance is open."))
    if has_anonymised(webinar):
        raise NotReopenable(_("Names of this webinar were removed when their time was over: its figures can no longer change."))
    webinar.attendance_closed_at = None
    webinar.save(update_fields=["attendance_closed_at"])
    after.withdraw_after(webinar)
    record("attendance.reopened", about=webinar.mail_subject, by=by, reason=reason)
    return webinar


def has_anonymised(webinar: Webinar) -> bool:
    """Whether somebody who was registered or attended cannot be named any more."""
    gone = webinar.registrations.exclude(anonymised_at=None).exists()
    return gone or webinar.attendance.exclude(pseudonym="").exists()


def delete_unused(*, now) -> int:
    """Delete files that nobody used within seven days, and contents that no row names; how many files."""
    old = AttendanceFile.objects.filter(state__in=UNUSED, uploaded_at__lt=now - KEPT)
    files = list(old.select_related("webinar"))
    for file in files:
        _delete_if_unused(file, now=now)
    _delete_nameless(now)
    return len(files)


@transaction.atomic
def _delete_if_unused(file: AttendanceFile, *, now) -> None:
    places.lock(file.webinar)
    current = AttendanceFile.objects.filter(pk=file.pk, state__in=UNUSED).first()
    if current is not None:
        _throw_away(current)


def _throw_away(file: AttendanceFile) -> None:
    forget_content(file)
    file.delete()


def _delete_nameless(now) -> None:
    """Contents whose row was rolled back or emptied by a process that was killed; young ones may be on their way."""
    if not default_storage.exists(FOLDER):
        return
    names = {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    named = set(AttendanceFile.objects.filter(content__in=names).values_list("content", flat=True))
    for name in names - named:
        if default_storage.get_modified_time(name) < now - timedelta(days=1):
            default_storage.delete(name)
