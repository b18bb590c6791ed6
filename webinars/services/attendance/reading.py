"""The work that reads a file: who is in it, whom of the registered each may be."""

from collections import defaultdict

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_portal.common.templatetags.portal import thousands
from network_portal.jobs.services import Outcome
from webinars import attendance
from webinars.attendance import Attendee, Sheet
from webinars.attendance.errors import AmbiguousDates, AttendanceFileError, MissingColumns, UnknownColumns
from webinars.errors import AttendanceFileRefused
from webinars.models import AttendanceFile, AttendanceLine, Registration, Webinar
from webinars.services import places
from webinars.services.attendance.files import forget_content

State, Match, Decision = AttendanceFile.State, AttendanceLine.Match, AttendanceLine.Decision
BATCH = 1000  # lines written at a time
REMEMBERED = 50  # answers looked at, the newest first


def read_file(job, progress) -> Outcome:
    """Make the lines of the file that ``job.parameters["file"]`` names, or note what it asks, or why it cannot be read.

    Twice is the same as once: only a file that is still to be read is read, and its lines and state are saved together.

    Raises AttendanceFileRefused with the reason, once it is saved: for who waits the work has failed.
    """
    file = _named(job)
    if file and file.state == State.READING:
        progress(0, 2)
        try:
            change = _read(file)
        except FileNotFoundError:  # another worker has read it, or a person has removed it
            file = _named(job)
            if file and file.state == State.READING:
                raise
        else:
            progress(1, 2)
            with transaction.atomic():
                progress.hold()
                file = _save(file, **change)
    return outcome(file) if file else Outcome(message=_("The file was removed before it was read."))


def _named(job) -> AttendanceFile | None:
    return AttendanceFile.objects.select_related("webinar__cycle").filter(uuid=job.parameters["file"]).first()


def outcome(file: AttendanceFile) -> Outcome:
    """Where a person goes next with a file that was read. Raises AttendanceFileRefused."""
    if file.state == State.FAILED:
        raise AttendanceFileRefused(file.problem)
    if file.state == State.ASKS:
        url, message = reverse("webinars:attendance_question", args=[file.uuid]), ""
    else:
        people = file.lines.count()
        url = reverse("webinars:attendance_file", args=[file.uuid])
        message = ngettext("%(count)s person was read.", "%(count)s people were read.", people) % {"count": thousands(people)}
    return Outcome(url=url, message=message)


def _read(file: AttendanceFile) -> dict:
    """The fields of the file to save, and under ``sheet`` what was read."""
    with file.content.open("rb") as stored:
        content = stored.read()
    try:
        return _parsed(file, content, file.mapping or None)
    except UnknownColumns as error:
        return _with_a_remembered_mapping(file, content, error.columns, str(error))
    except MissingColumns as error:
        if error.doubled or file.mapping:
            return _failed(error)
        return _with_a_remembered_mapping(file, content, error.found, str(error))


def _failed(error: AttendanceFileError) -> dict:
    return {"state": State.FAILED, "problem": str(error)}


def _parsed(file: AttendanceFile, content: bytes, mapping: dict | None) -> dict:
    webinar = file.webinar
    when = {"zone": webinar.zone, "starts_at": webinar.starts_at, "ends_at": webinar.ends_at}
    try:
        sheet = attendance.read(content, **when, mapping=mapping, day_first=file.day_first)
    except (UnknownColumns, MissingColumns):
        raise
    except AmbiguousDates as error:
        question = {"kind": "dates", "examples": error.examples}
        return {"state": State.ASKS, "question": question, "mapping": mapping or {}}
    except AttendanceFileError as error:
        return _failed(error)
    read = {"state": State.READY, "format": sheet.format, "mapping": mapping or {}, "sheet": sheet}
    return read | {"notes": sheet.notes + _timeless(sheet), "rows": sheet.rows, "left_out": sheet.left_out}


def _timeless(sheet: Sheet) -> list[str]:
    """Who stands in the file without a time is not taken for somebody who stayed."""
    count = sum(attendee.minutes is None for attendee in sheet.people)
    text = ngettext(
        "The file does not say how long %(count)s person stayed: 0 minutes are noted. Who attended can be counted by hand.",
        "The file does not say how long %(count)s people stayed: 0 minutes are noted. Who attended can be counted by hand.",
        count,
    )
    return [text % {"count": thousands(count)}] if count else []


def _with_a_remembered_mapping(file: AttendanceFile, content: bytes, columns: list[str], problem: str) -> dict:
    """What a person answered for the newest file with the same titles; else the question, with the problem in words."""
    answered = AttendanceFile.objects.filter(state__in=[State.READY, State.APPLIED]).exclude(mapping={})
    for mapping in answered.order_by("-uploaded_at", "-pk").values_list("mapping", flat=True)[:REMEMBERED]:
        if set(mapping.values()) <= set(columns):
            try:
                return _parsed(file, content, mapping)
            except (UnknownColumns, MissingColumns):
                continue
    return {"state": State.ASKS, "question": {"kind": "columns", "columns": columns, "problem": problem}}


def _save(file: AttendanceFile, *, sheet: Sheet | None = None, **change) -> AttendanceFile | None:
    """Write what was read if nobody else has, under the lock that registrations need; None: it was removed meanwhile."""
    webinar = places.lock(file.webinar)
    current = AttendanceFile.objects.filter(pk=file.pk).first()
    if current is None or current.state != State.READING:
        return current
    current.webinar = webinar
    if sheet is not None:
        AttendanceLine.objects.bulk_create(_lines(current, sheet), batch_size=BATCH)
    for name, value in change.items():
        setattr(current, name, value)
    changed = set(change)
    if current.state != State.ASKS:  # it is read again only after an answer
        forget_content(current)
        changed.add("content")
    current.save(update_fields=changed)
    return current


def _lines(file: AttendanceFile, sheet: Sheet):
    people = Registered(file.webinar)
    for attendee in sheet.people:
        match, decision, registration = people.match(attendee)
        yield AttendanceLine(
            file=file,
            identity=attendee.identity[:260],
            name=attendee.name[:200],
            email=attendee.email,
            is_staff=attendee.is_staff,
            minutes=attendee.minutes or 0,
            first_join_at=attendee.first_join_at,
            last_leave_at=attendee.last_leave_at,
            sessions=attendee.sessions,
            match=match,
            decision=decision,
            registration_id=registration,
        )


class Registered:
    """The registrations of a webinar by address and by name."""

    def __init__(self, webinar: Webinar):
        self.confirmed: dict[str, int] = {}
        self.others: dict[str, int] = {}  # waiting or cancelled
        self.named: dict[str, list[int]] = defaultdict(list)
        rows = webinar.registrations.filter(anonymised_at=None).order_by("pk")
        for pk, status, name, email in rows.values_list("pk", "status", "name", "person__email"):
            if status == Registration.Status.CONFIRMED:
                self.confirmed[email.lower()] = pk
                self.named[attendance.normalised_name(name)].append(pk)
            else:
                self.others[email.lower()] = pk

    def match(self, attendee: Attendee) -> tuple[str, str, int | None]:
        """By address: taken. By exact name: a suggestion, and of several namesakes none. Else it is to be decided."""
        if pk := self.confirmed.get(attendee.email):
            return Match.MAIL, Decision.TAKE, pk
        if found := self.candidates(attendee.name):
            return Match.NAME, Decision.OPEN, found[0] if len(found) == 1 else None
        undecided = Decision.LEAVE if attendee.is_staff else Decision.OPEN
        return Match.NONE, undecided, self.others.get(attendee.email)

    def candidates(self, name: str) -> list[int]:
        """Those with a place whose name is one of the names that ``name`` may stand for."""
        found = [pk for variant in attendance.name_variants(name) for pk in self.named.get(variant, [])]
        return list(dict.fromkeys(found))
