"""The files of a webinar: taken in once, answered about, thrown away."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.common.text import clean_line
from network_portal.jobs import services as jobs
from network_portal.users.models import User
from webinars import attendance
from webinars.errors import AttendanceFileRefused, AttendanceNotBegun
from webinars.models import AttendanceFile, Webinar
from webinars.services import facts, places

State = AttendanceFile.State


def check_begun(webinar: Webinar) -> None:
    """Raises AttendanceNotBegun before the start and for what was never held."""
    if webinar.state != Webinar.State.PUBLISHED or not webinar.has_begun:
        raise AttendanceNotBegun(_("Attendance can be noted once the webinar has begun."))


@transaction.atomic
def upload(webinar: Webinar, *, by: User, name: str, content: bytes) -> AttendanceFile:
    """Keep a file and queue its reading; the same file twice is given back as it is, without ``is_new``.

    Raises AttendanceClosed, AttendanceNotBegun.
    """
    webinar = places.lock(webinar)
    facts.check_countable(webinar)
    check_begun(webinar)
    sha256 = attendance.fingerprint(content)
    if there := webinar.attendance_files.filter(sha256=sha256, state__in=AttendanceFile.LIVE).first():
        return there
    file = AttendanceFile(webinar=webinar, name=_tidy(name), sha256=sha256, size=len(content), uploaded_by=by)
    file.content.save(file.name, ContentFile(content), save=False)
    file.save(force_insert=True)
    file.is_new = True
    file.job = queue_reading(file, by=by)
    return file


def _tidy(name: str) -> str:
    """The last part of the name, on one line, with the end that says what it is."""
    name = clean_line(name.replace("\x00", "").replace("\\", "/").rpartition("/")[2]) or "attendance.csv"
    return name if len(name) <= 120 else f"{name[:100]}…{name[-19:]}"


def queue_reading(file: AttendanceFile, *, by: User):
    """The job that reads it; queued once for each time that the file comes to be read."""
    return jobs.queue(
        "webinars.attendance_read",
        by=by,
        title=_("Reading “%(name)s”") % {"name": file.name},
        parameters={"file": str(file.uuid)},
        back_url=reverse("webinars:attendance", args=[file.webinar.slug]),
    )


def lock_file(file: AttendanceFile) -> AttendanceFile:
    """The file as it is now, under the lock of its webinar. Raises AttendanceFileRefused when it is gone, AttendanceClosed."""
    webinar = places.lock(file.webinar)
    facts.check_countable(webinar)
    found = AttendanceFile.objects.filter(pk=file.pk).first()
    if found is None:
        raise AttendanceFileRefused(_("This file was removed meanwhile."))
    found.webinar = webinar
    return found


@transaction.atomic
def answer_columns(file: AttendanceFile, *, mapping: dict[str, str], by: User) -> AttendanceFile:
    """A person said which column is what (field to title): read it again. Raises AttendanceFileRefused, AttendanceClosed."""
    return _read_again(file, "columns", by, mapping=mapping)


@transaction.atomic
def answer_dates(file: AttendanceFile, *, day_first: bool, by: User) -> AttendanceFile:
    """A person said how dates are written: read it again. Raises AttendanceFileRefused, AttendanceClosed."""
    return _read_again(file, "dates", by, day_first=day_first)


def _read_again(file: AttendanceFile, kind: str, by: User, **answer) -> AttendanceFile:
    file = lock_file(file)
    if file.state != State.ASKS or file.question.get("kind") != kind:
        raise AttendanceFileRefused(_("This question was answered already."))
    for name, value in answer.items():
        setattr(file, name, value)
    file.state, file.question = State.READING, {}
    file.save(update_fields=[*answer, "state", "question"])
    file.job = queue_reading(file, by=by)
    return file


@transaction.atomic
def discard(file: AttendanceFile, *, by: User) -> None:
    """Throw away a file that is not in use. Raises AttendanceFileRefused, AttendanceClosed."""
    file = lock_file(file)
    if file.state in (State.APPLIED, State.UNDONE):
        raise AttendanceFileRefused(_("This file was used: its name stays as evidence."))
    record("attendance.file_removed", about=file.webinar.mail_subject, by=by, sha256=file.sha256)
    forget_content(file)
    file.delete()


def forget_content(file: AttendanceFile) -> None:
    """Delete what the file holds once the transaction is done; the caller saves or deletes the row."""
    if not file.content:
        return
    storage, name = file.content.storage, file.content.name
    file.content = ""
    transaction.on_commit(lambda: storage.delete(name))
