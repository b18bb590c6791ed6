"""What a person is told about their certificates: on the page of a webinar, and on "My page"."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery

from webinars.certificates import length_in_words, presence_in_words
from webinars.models import AttendanceRecord, Certificate, Cycle, Registration, Webinar


@dataclass(frozen=True)
class Offer:
    """``state``: "soon" until attendance is closed, then "ready" or "revoked". No ``code`` before somebody asks for the file."""

    webinar: Webinar
    state: str
    name: str = ""
    code: str = ""
    reason: str = ""
    present: int | None = None  # minutes, if they were counted

    @property
    def length(self) -> str:
        return length_in_words(self.webinar.minutes)

    @property
    def presence(self) -> str:
        """As "2 h 52 min"; empty when nobody counted."""
        return presence_in_words(self.present) if self.present else ""


@dataclass
class CycleOffer:
    """What a person attended in a cycle, the first webinar first."""

    cycle: Cycle
    offers: list[Offer] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.offers)

    @property
    def length(self) -> str:
        return length_in_words(sum(offer.webinar.minutes for offer in self.offers))


def offer_for(webinar: Webinar, user) -> Offer | None:
    """The certificate of ``webinar`` that ``user`` has or will have; at most one query, none for strangers and before the end."""
    if not user.is_authenticated or not webinar.is_past or webinar.state != Webinar.State.PUBLISHED:
        return None
    if webinar.attendance_closed_at is None:
        was_there = webinar.registrations.filter(person=user, status=Registration.Status.CONFIRMED)
        return Offer(webinar, "soon") if was_there.exists() else None
    record = _with_newest(webinar.attendance.attended().filter(person=user)).first()
    return record and _offer(record, webinar)


def offers_of(user) -> list[CycleOffer]:
    """Everything that ``user`` attended, by cycle, the last cycle first; one query."""
    rows = AttendanceRecord.objects.attended().filter(person=user, webinar__attendance_closed_at__isnull=False)
    cycles: dict[int, CycleOffer] = {}
    for record in _with_newest(rows).select_related("webinar__cycle").order_by("webinar__starts_at", "pk"):
        cycle = record.webinar.cycle
        cycles.setdefault(cycle.pk, CycleOffer(cycle)).offers.append(_offer(record, record.webinar))
    return list(reversed(cycles.values()))


def _with_newest(rows):
    """Annotate what stands in the newest certificate of each record."""
    newest = Certificate.objects.filter(record=OuterRef("pk")).newest_first()
    return rows.annotate(**{f"newest_{name}": Subquery(newest.values(name)[:1]) for name in ("state", "name", "code", "reason")})


def _offer(record: AttendanceRecord, webinar: Webinar) -> Offer:
    is_revoked = record.newest_state == Certificate.State.REVOKED
    code = record.newest_code or ""
    return Offer(
        webinar=webinar,
        state="revoked" if is_revoked else "ready",
        name=record.newest_name or record.name,
        code="" if is_revoked or not code else f"{code[:4]}-{code[4:]}",
        reason=record.newest_reason if is_revoked else "",
        present=record.minutes,
    )
