"""The one place where places are given: whoever asks, under the lock of the webinar's row, after counting anew."""

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network_portal.users.models import User
from webinars import emails
from webinars.errors import ChangedMeanwhile
from webinars.models import Registration, Webinar


def lock(webinar: Webinar) -> Webinar:
    """The webinar as it is now, its row locked until the transaction ends (SQLite: the whole file is)."""
    return Webinar.objects.select_related("cycle").select_for_update(of=("self",)).get(pk=webinar.pk)


def check_seen(webinar: Webinar, seen) -> None:
    """Refuse (ChangedMeanwhile) to write over a change that the person, who saw ``seen``, has not read."""
    if seen is not None and webinar.changed_at != seen:
        raise ChangedMeanwhile(_("Somebody else changed this webinar meanwhile. Nothing was overwritten."))


def count(webinar: Webinar, person: User) -> dict:
    """What is taken in the locked ``webinar``, and what ``person`` has there: one query."""
    return webinar.registrations.aggregate(
        confirmed=Count("pk", filter=Q(status="confirmed")),
        waiting=Count("pk", filter=Q(status="waiting")),
        live=Count("pk", filter=Q(person=person) & ~Q(status="cancelled")),
        last=Max("sequence", filter=Q(person=person)),
    )


def give(webinar: Webinar, taken: dict, **fields) -> Registration:
    """A place, or a place in the queue, in the locked and counted ``webinar``: a newcomer never passes a queue."""
    now = timezone.now()
    state = {"status": Registration.Status.WAITING, "queued_at": now}
    if taken["confirmed"] < webinar.capacity and not taken["waiting"]:
        state = {"status": Registration.Status.CONFIRMED, "confirmed_at": now}
    registration = Registration(webinar=webinar, **fields, **state)
    registration.sequence = 0 if taken["last"] is None else taken["last"] + 1
    registration.save(force_insert=True)
    registration.queue_position = taken["waiting"] + 1 if registration.status == "waiting" else None
    registration.is_new = True
    emails.queue_registered(registration)
    return registration


def promote(webinar: Webinar) -> list[Registration]:
    """Give every free place of the locked ``webinar`` to the next in the queue, each with a mail."""
    if webinar.state != Webinar.State.PUBLISHED or timezone.now() >= webinar.starts_at:
        return []
    free = webinar.capacity - webinar.registrations.confirmed().count()
    if free <= 0:
        return []
    promoted = list(webinar.registrations.queue().select_related("person")[:free])
    for registration in promoted:
        registration.webinar = webinar
        registration.status = Registration.Status.CONFIRMED
        registration.queued_at, registration.confirmed_at = None, timezone.now()
        registration.save(update_fields=["status", "queued_at", "confirmed_at"])
        emails.withdraw(registration)  # "you are number 1" must not arrive after this
        emails.queue_promoted(registration)
    return promoted
