"""The records that the lines of the files in use stand for: derived whenever a file is used or undone."""

from dataclasses import dataclass, field
from datetime import datetime

from network_portal.common.text import fold
from network_portal.users.models import User
from network_portal.users.services import person_for
from webinars.models import AttendanceFile, AttendanceLine, AttendanceRecord, Registration, Webinar
from webinars.services.facts import record_of

Source, Decision = AttendanceRecord.Source, AttendanceLine.Decision
WRITTEN = ["source", "minutes", "first_join_at", "last_leave_at", "sessions", "file", "reason", "person", "registration"]
COPIED = ["webinar", "person", "name", "municipality", "organisation", "role"]  # from a registration
BATCH = 2000  # rows written at a time
BY_HAND = (Source.BY_HAND, Source.TOGETHER)


@dataclass
class Stay:
    """How long one participant was there, by one line or several."""

    lines: list[AttendanceLine] = field(default_factory=list)

    @property
    def longest(self) -> AttendanceLine:
        return max(self.lines, key=lambda line: (line.minutes, -line.pk))

    @property
    def minutes(self) -> int:
        """Lines that were one after the other add up, as of a meeting that was started anew.

        Of lines that were at the same time the longest counts: two devices or two rooms, and no file says how much of it
        was both.
        """
        if any(line.first_join_at is None or line.last_leave_at is None for line in self.lines):
            return self.longest.minutes
        total, group, until = 0, 0, None
        for line in sorted(self.lines, key=lambda line: line.first_join_at):
            if until is not None and line.first_join_at >= until:
                total, group = total + group, 0
            group, until = max(group, line.minutes), max(until or line.last_leave_at, line.last_leave_at)
        return total + group

    def fields(self) -> dict:
        line = self.longest
        return {
            "source": Source.FILE,
            "minutes": self.minutes,
            "first_join_at": _first(min, [x.first_join_at for x in self.lines]),
            "last_leave_at": _first(max, [x.last_leave_at for x in self.lines]),
            "sessions": sum(x.sessions for x in self.lines),
            "file_id": line.file_id,
            "reason": line.reason,
        }


def _first(choose, moments: list[datetime | None]) -> datetime | None:
    return choose(filter(None, moments), default=None)


def derive(webinar: Webinar, *, by: User | None) -> None:
    """Write the records of the locked ``webinar`` anew from the lines of the files in use; the caller settles the figures.

    A record by hand stays as it is, one of a check-in becomes the file's, an anonymised one is left alone. Files that
    were in use when attendance was closed and reopened have no lines any more: their records stay until they are undone.
    """
    webinar.attendance.filter(source=Source.FILE).exclude(file__state=AttendanceFile.State.APPLIED).delete()
    lines = AttendanceLine.objects.filter(file__webinar=webinar, file__state=AttendanceFile.State.APPLIED)
    stays = _stays(webinar, lines.filter(decision__in=[Decision.TAKE, Decision.ADD]).order_by("pk"))
    there = Records(webinar)
    new, changed = [], []
    for key, stay in stays.items():
        record = there.find(key)
        if record is None:
            new.append(key.record(webinar, by, stay.fields()))
        elif _is_to_change(record, stay, there.with_lines) and _change(record, key, stay.fields()):
            changed.append(record)
    webinar.attendance.filter(pk__in=there.unclaimed()).delete()
    # an update of each by its key: twenty times as fast as one statement with a case for every row
    AttendanceRecord.objects.bulk_create(changed, BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=WRITTEN)
    AttendanceRecord.objects.bulk_create(new, BATCH)


def forget_minutes(file: AttendanceFile) -> None:
    """Who counts by hand keeps counting, without the minutes of a ``file`` that is undone unless another file names them, too."""
    taken = AttendanceLine.objects.filter(decision=Decision.TAKE, file__webinar=file.webinar_id)
    elsewhere = taken.filter(file__state=AttendanceFile.State.APPLIED).exclude(file=file)
    rows = file.webinar.attendance.filter(source=Source.BY_HAND, registration__in=taken.filter(file=file).values("registration"))
    rows = rows.exclude(registration__in=elsewhere.values("registration"))
    rows.update(minutes=None, first_join_at=None, last_leave_at=None, sessions=0)


def _is_to_change(record: AttendanceRecord, stay: Stay, with_lines: set[int]) -> bool:
    if record.source in BY_HAND:
        return False
    is_older = record.source == Source.FILE and record.file_id not in with_lines
    return not (is_older and record.minutes >= stay.minutes)


def _change(record: AttendanceRecord, key: "Participant", fields: dict) -> bool:
    """Whether anything is different."""
    fields |= {"person_id": record.person_id or key.person_id, "registration_id": record.registration_id or key.registration_id}
    if all(getattr(record, name) == value for name, value in fields.items()):
        return False
    for name, value in fields.items():
        setattr(record, name, value)
    return True


@dataclass(frozen=True)
class Participant:
    """Who a line stands for: a registration, else an account, else a name with the town or body it came from."""

    registration_id: int | None = None
    person_id: int | None = None
    named: tuple = ()
    row: object = field(default=None, compare=False)  # the registration, or the line that adds somebody

    def record(self, webinar: Webinar, by: User | None, fields: dict) -> AttendanceRecord:
        if self.registration_id:
            return record_of(self.row, created_by=by, **fields)
        line = self.row
        about = {"municipality_id": line.municipality_id, "organisation": line.organisation, "role_id": line.role_id}
        return AttendanceRecord(webinar=webinar, person_id=self.person_id, name=line.name, created_by=by, **about, **fields)


def named(name: str, municipality_id: int | None, organisation: str) -> tuple:
    """What makes somebody without an account one person in a webinar, as in ``pseudonyms``."""
    return fold(name), municipality_id or fold(organisation)


def _stays(webinar: Webinar, lines) -> dict[Participant, Stay]:
    with_a_place = webinar.registrations.confirmed().filter(anonymised_at=None).only(*COPIED)
    registrations = {row.pk: row for row in with_a_place}
    of_person = {row.person_id: row for row in registrations.values()}
    stays: dict[Participant, Stay] = {}
    for line in lines:
        participant = None
        if line.decision == Decision.TAKE:
            participant = _registered(registrations.get(line.registration_id))
        elif line.decision == Decision.ADD:
            participant = _added(webinar, line, of_person)
        if participant:
            stays.setdefault(participant, Stay()).lines.append(line)
    return stays


def _registered(row: Registration | None) -> Participant | None:
    return Participant(registration_id=row.pk, row=row) if row else None


def _added(webinar: Webinar, line: AttendanceLine, of_person: dict[int, Registration]) -> Participant:
    """Somebody with an address has an account; who is registered after all is that registration."""
    if not line.email:
        return Participant(named=named(line.name, line.municipality_id, line.organisation), row=line)
    person = person_for(line.email, language=webinar.language, name=line.name)
    return _registered(of_person.get(person.pk)) or Participant(person_id=person.pk, row=line)


class Records:
    """The records that are there, and which of them somebody asked for."""

    def __init__(self, webinar: Webinar):
        self.all = list(webinar.attendance.filter(pseudonym=""))
        self.of_registration = {row.registration_id: row for row in self.all if row.registration_id}
        self.of_person = {row.person_id: row for row in self.all if row.person_id}
        nameless = [row for row in self.all if not row.registration_id and not row.person_id]
        self.of_name = {named(row.name, row.municipality_id, row.organisation): row for row in nameless}
        lines = AttendanceLine.objects.filter(file__webinar=webinar)
        self.with_lines = set(lines.values_list("file_id", flat=True).distinct())
        self.claimed: set[int] = set()

    def find(self, key: Participant) -> AttendanceRecord | None:
        person = key.row.person_id if key.registration_id else key.person_id
        found = self.of_registration.get(key.registration_id) or self.of_person.get(person) or self.of_name.get(key.named)
        if found:
            self.claimed.add(found.pk)
        return found

    def unclaimed(self) -> list[int]:
        """Records of a file whose lines ask for them no more."""
        old = (r for r in self.all if r.source == Source.FILE and r.file_id in self.with_lines)
        return [record.pk for record in old if record.pk not in self.claimed]
