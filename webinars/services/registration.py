"""A person's way through a webinar: register, cancel, be added or removed, check in."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.common.templatetags.portal import clock, day_in_words
from network_portal.users.models import User
from network_portal.users.services import person_for
from webinars import emails
from webinars.errors import NotAdmitted, NotConfirmed, RegistrationClosed, RoomNotOpen, WebinarIsOver
from webinars.models import Registration, Webinar
from webinars.services import facts, places

CONSENT_VERSION = "2026-11"  # of the wording beside the question about the recording


@transaction.atomic
def register(
    webinar: Webinar,
    *,
    person: User,
    name: str,
    role,
    by: User,
    municipality=None,
    organisation: str = "",
    needs: str = "",
    consents_to_recording: bool = False,
    source: str = Registration.Source.SELF,
) -> Registration:
    """Give ``person`` a place, or a place in the queue when there is none, and owe the mail that says so.

    Asking twice returns the live registration, which then has no ``is_new``. Raises RegistrationClosed, NotAdmitted.
    """
    webinar = places.lock(webinar)
    taken = places.count(webinar, person)
    if taken["live"]:
        return webinar.registrations.live().with_queue_position().get(person=person)
    check_open(webinar)
    _check_admitted(webinar, municipality)
    if not person.name:
        person.name = name
        person.save(update_fields=["name"])
    return places.give(
        webinar,
        taken,
        person=person,
        name=name,
        role=role,
        municipality=municipality,
        organisation=organisation,
        needs=needs,
        consents_to_recording=consents_to_recording,
        consent_version=CONSENT_VERSION,
        source=source,
        registered_by=by,
    )


def check_open(webinar: Webinar) -> None:
    """Raises RegistrationClosed, with the day, when nobody can register now."""
    if webinar.state == Webinar.State.CANCELLED:
        raise RegistrationClosed(_("This webinar was cancelled."))
    if webinar.state != Webinar.State.PUBLISHED:
        raise RegistrationClosed(_("This webinar is not published yet."))
    if not webinar.registration_has_opened:
        day, hour = _moment(webinar, webinar.registration_opens_at)
        raise RegistrationClosed(_("Registration opens on %(day)s at %(hour)s.") % {"day": day, "hour": hour})
    if not webinar.is_open_for_registration:
        day, hour = _moment(webinar, webinar.closes_at)
        raise RegistrationClosed(_("Registration closed on %(day)s at %(hour)s.") % {"day": day, "hour": hour})


def _moment(webinar: Webinar, at) -> tuple[str, str]:
    local = at.astimezone(webinar.zone)
    return day_in_words(local), clock(local)


def _check_admitted(webinar: Webinar, municipality) -> None:
    if webinar.audience == Webinar.Audience.NETWORK and municipality is None:
        raise NotAdmitted(
            _("This webinar is for staff and elected members of municipalities. Choose your municipality to register.")
        )


@transaction.atomic
def add_by_hand(
    webinar: Webinar, *, email: str, name: str, role, by: User, municipality=None, organisation: str = ""
) -> Registration:
    """A coordinator registers somebody by address; the account is made when it is new. Raises WebinarIsOver."""
    webinar = places.lock(webinar)
    if webinar.state != Webinar.State.PUBLISHED or webinar.is_past:
        raise WebinarIsOver(_("People can be added only to a published webinar that is not over."))
    person = person_for(email, language=webinar.language, name=name)
    taken = places.count(webinar, person)
    if taken["live"]:
        return webinar.registrations.live().with_queue_position().get(person=person)
    registration = places.give(
        webinar,
        taken,
        person=person,
        name=name,
        role=role,
        municipality=municipality,
        organisation=organisation,
        source=Registration.Source.COORDINATOR,
        registered_by=by,
    )
    record("registration.added", about=registration.mail_subject, by=by, webinar=webinar.pk)
    return registration


@transaction.atomic
def cancel_registration(registration: Registration, *, by: User | None) -> Registration:
    """Give the place back; the next in the queue has it in the same transaction. Twice is the same as once.

    ``by`` is none when the personal link of a mail was used. Raises RegistrationClosed after the start, except for
    coordinators who remove somebody: with the registration goes what attendance says of it. Raises AttendanceClosed.
    """
    webinar = places.lock(registration.webinar)
    registration = Registration.objects.select_related("person").get(pk=registration.pk)
    registration.webinar = webinar
    if registration.status == Registration.Status.CANCELLED:
        return registration
    removed = by is not None and by.pk != registration.person_id
    if not removed and timezone.now() >= webinar.starts_at:
        raise RegistrationClosed(_("The webinar has begun: a registration can no longer be cancelled."))
    if registration.anonymised_at:
        raise RegistrationClosed(_("The name of this person was removed when its time was over: only the figure is left."))
    release(registration)
    _forget_attendance(webinar, registration)
    emails.queue_cancelled(registration, removed=removed)
    if removed:
        record("registration.removed", about=registration.mail_subject, by=by, webinar=webinar.pk)
    places.promote(webinar)
    return registration


def _forget_attendance(webinar: Webinar, registration: Registration) -> None:
    """Who is not registered was not there either, neither by check-in nor by file nor by hand. Raises AttendanceClosed."""
    if webinar.attendance_closed_at or registration.attendance.exists():
        facts.check_not_closed(webinar)
        registration.attendance.all().delete()
        facts.settle(webinar)


def release(registration: Registration) -> None:
    """Write the cancellation and take back the mails that no longer hold; the caller holds the lock and says why."""
    registration.had_place = registration.status == Registration.Status.CONFIRMED
    registration.status = Registration.Status.CANCELLED
    registration.cancelled_at, registration.queued_at = timezone.now(), None
    registration.sequence += registration.had_place
    registration.save(update_fields=["status", "cancelled_at", "queued_at", "sequence"])
    emails.withdraw(registration)


@transaction.atomic
def check_in(registration: Registration, *, now=None) -> Registration:
    """Note that the person came; the first time counts. Raises NotConfirmed, RoomNotOpen."""
    now = now or timezone.now()
    webinar = places.lock(registration.webinar)
    registration = Registration.objects.get(pk=registration.pk)
    registration.webinar = webinar
    if registration.status != Registration.Status.CONFIRMED or webinar.state != Webinar.State.PUBLISHED:
        raise NotConfirmed(_("Only people with a confirmed place can enter."))
    if now < webinar.room_opens_at:
        raise RoomNotOpen(_("The room opens at %(hour)s.") % {"hour": clock(webinar.room_opens_at.astimezone(webinar.zone))})
    if now >= webinar.ends_at:
        raise RoomNotOpen(_("The webinar is over."))
    if registration.checked_in_at is None:
        registration.checked_in_at = now
        registration.save(update_fields=["checked_in_at"])
        facts.settle(webinar)
    return registration
