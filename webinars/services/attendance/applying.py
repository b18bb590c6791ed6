"""Using a file, and taking it back: all of it in one transaction under the webinar's lock."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_portal.audit.services import record
from network_portal.common.templatetags.portal import thousands
from network_portal.jobs import services as jobs
from network_portal.jobs.services import Outcome
from network_portal.users.models import User
from webinars.errors import AttendanceFileRefused, NamesOpen
from webinars.models import AttendanceFile, AttendanceLine, Registration
from webinars.services import facts
from webinars.services.attendance import records
from webinars.services.attendance.deciding import check_ready, leave_others, lock_ready, reopen_stale
from webinars.services.attendance.files import lock_file

State, Decision = AttendanceFile.State, AttendanceLine.Decision


def ask_to_apply(file: AttendanceFile, *, by: User, others_are_left_out: bool = False):
    """Queue the use of a file and give the job; the same job when it is under way.

    Raises NamesOpen, AttendanceFileRefused, AttendanceClosed.
    """
    reopen_stale(file)  # on its own, so that it stays when the rest is refused
    if others_are_left_out:
        leave_others(file, by=by)
    return _queue(file, by=by)


@transaction.atomic
def _queue(file: AttendanceFile, *, by: User):
    file = lock_ready(file)
    check_decided(file)
    return jobs.queue(
        "webinars.attendance_apply",
        by=by,
        title=_("Using “%(name)s”") % {"name": file.name},
        parameters={"file": str(file.uuid)},
        key=f"attendance_apply:{file.uuid}",
        back_url=reverse("webinars:attendance_file", args=[file.uuid]),
    )


def check_decided(file: AttendanceFile) -> None:
    """Raises NamesOpen while a name is open, or names somebody who has no place any more."""
    gone = file.lines.filter(decision=Decision.TAKE).exclude(registration__status=Registration.Status.CONFIRMED)
    count = file.lines.filter(decision=Decision.OPEN).count() + gone.count()
    if count:
        text = ngettext("%(count)s name is still to decide.", "%(count)s names are still to decide.", count)
        raise NamesOpen(text % {"count": thousands(count)})


def apply_file(job, progress) -> Outcome:
    """Use the file that ``job.parameters["file"]`` names; twice is the same as once.

    Raises NamesOpen, AttendanceFileRefused, AttendanceClosed.
    """
    file = AttendanceFile.objects.select_related("webinar").filter(uuid=job.parameters["file"]).first()
    if file is None:
        raise AttendanceFileRefused(_("This file was removed meanwhile."))
    progress(0, 1)
    with transaction.atomic():
        progress.hold()
        if file.webinar.attendance_files.filter(pk=file.pk, state=State.APPLIED).exists():
            return _outcome(file)
        file = lock_file(file)
        if file.state == State.APPLIED:  # by a worker that was quicker
            return _outcome(file)
        check_ready(file)
        check_decided(file)
        _apply(file, by=job.created_by)
    return _outcome(file)


def _outcome(file: AttendanceFile) -> Outcome:
    attended = file.webinar.attendance.attended().count()
    text = ngettext("%(count)s person attended this webinar.", "%(count)s people attended this webinar.", attended)
    return Outcome(url=reverse("webinars:attendance", args=[file.webinar.slug]), message=text % {"count": thousands(attended)})


def _apply(file: AttendanceFile, *, by: User | None) -> None:
    file.state, file.applied_at = State.APPLIED, timezone.now()
    file.save(update_fields=["state", "applied_at"])
    records.derive(file.webinar, by=by)
    facts.settle(file.webinar)
    count = file.records.count()
    record("attendance.file_used", about=file.webinar.mail_subject, by=by, sha256=file.sha256, file=file.name, records=count)


@transaction.atomic
def undo(file: AttendanceFile, *, by: User) -> AttendanceFile:
    """Take a file back: what it alone said is gone, check-ins count again, and the same file can be uploaded anew.

    Raises AttendanceFileRefused, AttendanceClosed.
    """
    file = lock_file(file)
    if file.state != State.APPLIED:
        raise AttendanceFileRefused(_("This file is not in use."))
    file.state, file.undone_at = State.UNDONE, timezone.now()
    file.save(update_fields=["state", "undone_at"])
    records.forget_minutes(file)
    file.lines.all().delete()
    records.derive(file.webinar, by=by)
    facts.settle(file.webinar)
    record("attendance.file_undone", about=file.webinar.mail_subject, by=by, sha256=file.sha256, file=file.name)
    return file
