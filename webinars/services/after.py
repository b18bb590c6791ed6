"""Who is written to after a webinar: when attendance is closed, and when the recording is published."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from network_portal.audit.services import record
from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from webinars import after_emails, mail_words
from webinars.after_emails import Recipient
from webinars.mail_words import Kind
from webinars.models import Recording, Webinar

NEWS_FOR = timedelta(days=180)  # after that a webinar is history: nobody expects a mail about it


def mails_after(webinar: Webinar) -> dict[str, int]:
    """How many mails ``tell_after`` would write now: ``{"thanks": n, "missed": n}``."""
    return {kind.value: len(_owed(webinar, kind)) for kind in (Kind.THANKS, Kind.MISSED)}


def mails_of_recording(webinar: Webinar) -> int:
    """How many mails ``tell_recording`` would write now."""
    return len(_owed(webinar, Kind.RECORDING))


@transaction.atomic
def tell_after(webinar: Webinar, *, by: User | None) -> int:
    """Owed when attendance is closed: thanks to who attended, "we missed you" to who had a place; the number of mails."""
    told = {kind.value: _tell(webinar, kind) for kind in (Kind.THANKS, Kind.MISSED)}
    if any(told.values()):
        record("webinar.told_after", about=webinar.mail_subject, by=by, **told)
    return sum(told.values())


@transaction.atomic
def tell_recording(recording: Recording, *, by: User | None) -> int:
    """Owed when the recording is published: to everybody who had a place or was there; the number of mails."""
    webinar = recording.webinar
    told = _tell(webinar, Kind.RECORDING)
    if told:
        record("webinar.told_recording", about=webinar.mail_subject, by=by, mails=told)
    return told


@transaction.atomic
def withdraw_after(webinar: Webinar) -> int:
    """Attendance was reopened: take back the thanks and "we missed you" that are still queued; the number."""
    return sum(after_emails.withdraw(webinar, kind) for kind in (Kind.THANKS, Kind.MISSED))


@transaction.atomic
def withdraw_recording(recording: Recording) -> int:
    """The recording is no longer published: take back the mails about it that are still queued; the number."""
    return after_emails.withdraw(recording.webinar, Kind.RECORDING)


def _tell(webinar: Webinar, kind: Kind) -> int:
    owed = _owed(webinar, kind)
    about = after_emails.occasion(webinar, kind)
    for recipient in owed:
        after_emails.queue(about, recipient)
    return len(owed)


def _owed(webinar: Webinar, kind: Kind) -> list[Recipient]:
    """Those who should get the mail and have not; nobody when it is switched off or the webinar is history."""
    if not mail_words.is_on(webinar.cycle, kind) or timezone.now() > webinar.ends_at + NEWS_FOR:
        return []
    told = _told(webinar, kind)
    if kind == Kind.MISSED:
        told |= _told(webinar, Kind.THANKS)  # a correction of attendance does not unsay the thanks
    who = {Kind.THANKS: _who_came, Kind.MISSED: _who_missed, Kind.RECORDING: _everybody}[kind]
    return [recipient for recipient in who(webinar) if recipient.person.pk not in told]


def _told(webinar: Webinar, kind: Kind) -> set[int]:
    """The people who have a mail of this kind about ``webinar``."""
    prefix = after_emails.key_prefix(webinar, kind)
    keys = OutboxMail.objects.filter(key__startswith=prefix).values_list("key", flat=True)
    return {int(rest) for rest in (key.removeprefix(prefix) for key in keys) if rest.isdecimal()}


def _who_came(webinar: Webinar) -> Iterator[Recipient]:
    rows = webinar.attendance.attended().filter(person__is_active=True).exclude(name="").select_related("person", "registration")
    for row in rows.order_by("pk"):
        if row.registration:
            row.registration.webinar = webinar
        yield Recipient(row.person, row.name, row.registration)


def _who_had_a_place(webinar: Webinar) -> Iterator[Recipient]:
    rows = webinar.registrations.confirmed().filter(person__is_active=True, anonymised_at=None).select_related("person")
    for row in rows.order_by("pk"):
        row.webinar = webinar
        yield Recipient(row.person, row.name, row)


def _who_missed(webinar: Webinar) -> Iterator[Recipient]:
    came = set(webinar.attendance.attended().values_list("person_id", flat=True))
    came_by = set(webinar.attendance.attended().values_list("registration_id", flat=True))
    return (r for r in _who_had_a_place(webinar) if r.person.pk not in came and r.registration.pk not in came_by)


def _everybody(webinar: Webinar) -> list[Recipient]:
    people = {recipient.person.pk: recipient for recipient in _who_had_a_place(webinar)}
    return list((people | {r.person.pk: r for r in _who_came(webinar)}).values())
