"""A coordinator's work on a webinar: draft, change, publish, cancel."""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_portal.audit.services import record
from network_portal.common.templatetags.portal import thousands
from network_portal.users.models import User
from webinars import emails
from webinars.errors import CapacityBelowConfirmed, WebinarNotReady
from webinars.models import Cycle, Webinar
from webinars.search import index_webinar
from webinars.services import places
from webinars.services.registration import release

TOLD = ("title", "starts_at", "ends_at", "time_zone", "mode", "place", "platform")  # people's calendars show these


@transaction.atomic
def create_webinar(*, by: User, **fields) -> Webinar:
    """A draft, numbered after the last of its cycle unless ``number`` says otherwise."""
    themes = fields.pop("other_themes", ())
    cycle = Cycle.objects.select_for_update().get(pk=fields["cycle"].pk)
    if not fields.get("number"):
        fields["number"] = (cycle.webinars.aggregate(last=Max("number"))["last"] or 0) + 1
    webinar = Webinar.objects.create(slug=free_slug(fields["title"]), **fields)
    webinar.other_themes.set(themes)
    index_webinar(webinar)
    record("webinar.created", about=webinar.mail_subject, by=by, title=webinar.title)
    return webinar


def free_slug(title: str) -> str:
    """An address part for ``title`` that no webinar has and no page of ours uses."""
    base = slugify(title)[:80].strip("-") or "webinar"
    taken = set(Webinar.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= {"manage", "cycles", "registrations", "place", "new", "people", "recordings", "slides"}
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


@transaction.atomic
def edit_webinar(webinar: Webinar, *, by: User, seen=None, **fields) -> Webinar:
    """Write ``fields``; tell who is registered when title, time or place changed; give places that were added.

    ``seen`` is the ``changed_at`` that the person had before them. Raises ChangedMeanwhile, CapacityBelowConfirmed.
    """
    webinar = places.lock(webinar)
    places.check_seen(webinar, seen)
    themes = fields.pop("other_themes", None)
    before = {name: getattr(webinar, name) for name in fields}
    _check_capacity(webinar, fields.get("capacity"))
    changed = sorted(name for name, value in fields.items() if value != before[name])
    if themes is not None and set(themes) != set(webinar.other_themes.all()):
        webinar.other_themes.set(themes)
        changed.append("other_themes")
    _write(webinar, changed, fields)
    if "starts_at" in changed:
        webinar.agenda.update(starts_at=F("starts_at") + (webinar.starts_at - before["starts_at"]))
    if webinar.state == Webinar.State.PUBLISHED:
        if set(changed) & set(TOLD) and not webinar.is_past:
            _tell_moved(webinar)
        places.promote(webinar)
    if changed:
        index_webinar(webinar)
        record("webinar.edited", about=webinar.mail_subject, by=by, changed=changed)
    return webinar


def _check_capacity(webinar: Webinar, capacity: int | None) -> None:
    confirmed = webinar.registrations.confirmed().count() if capacity is not None else 0
    if capacity is not None and capacity < confirmed:
        text = ngettext(
            "%(n)s person is already confirmed. Enter %(n)s or more, or cancel registrations first.",
            "%(n)s people are already confirmed. Enter %(n)s or more, or cancel registrations first.",
            confirmed,
        )
        raise CapacityBelowConfirmed(text % {"n": thousands(confirmed)})


def _write(webinar: Webinar, changed: list[str], fields: dict) -> None:
    for name in set(changed) & set(fields):
        setattr(webinar, name, fields[name])
    if webinar.state == Webinar.State.PUBLISHED and set(changed) & set(TOLD):
        webinar.version += 1
        webinar.sequence += 1
    if changed:
        webinar.changed_at = timezone.now()
        webinar.save()


def _tell_moved(webinar: Webinar) -> None:
    """Withdraw what still says the old time; one mail to each, with the calendar entry one step further."""
    webinar.registrations.confirmed().update(sequence=F("sequence") + 1)
    for registration in webinar.registrations.live().select_related("person").with_queue_position():
        registration.webinar = webinar
        emails.withdraw(registration, owed_again=True)
        emails.queue_moved(registration)


def mails_owed_by(webinar: Webinar, fields: dict) -> int:
    """How many people a change to ``fields`` would write to: none unless it touches title, time or place to come."""
    told = any(name in TOLD and value != getattr(webinar, name) for name, value in fields.items())
    to_come = timezone.now() < fields.get("ends_at", webinar.ends_at)
    return webinar.registrations.live().count() if told and to_come and webinar.state == Webinar.State.PUBLISHED else 0


@transaction.atomic
def publish(webinar: Webinar, *, by: User) -> Webinar:
    """Show the webinar, and its cycle with it, and open registration. Raises WebinarNotReady."""
    webinar = places.lock(webinar)
    if webinar.state == Webinar.State.PUBLISHED:
        return webinar
    if webinar.state == Webinar.State.CANCELLED:
        raise WebinarNotReady(_("This webinar was cancelled."))
    if timezone.now() >= webinar.starts_at:
        raise WebinarNotReady(_("The start has passed. Change the date first."))
    if webinar.mode != Webinar.Mode.ONLINE and not webinar.place:
        raise WebinarNotReady(_("Say where it takes place before publishing."))
    webinar.state = Webinar.State.PUBLISHED
    webinar.changed_at = timezone.now()
    webinar.save(update_fields=["state", "changed_at"])
    Cycle.objects.filter(pk=webinar.cycle_id, is_published=False).update(is_published=True)
    record("webinar.published", about=webinar.mail_subject, by=by)
    return webinar


@transaction.atomic
def cancel_webinar(webinar: Webinar, *, by: User, reason: str) -> Webinar:
    """Call it off: every registration is cancelled, everybody is told, calendars lose the entry.

    Raises WebinarNotReady when it is over.
    """
    webinar = places.lock(webinar)
    if webinar.state == Webinar.State.CANCELLED:
        return webinar
    if webinar.is_past:
        raise WebinarNotReady(_("The webinar is over."))
    was_published = webinar.state == Webinar.State.PUBLISHED
    webinar.state, webinar.cancel_reason = Webinar.State.CANCELLED, reason
    webinar.version += 1
    webinar.sequence += was_published
    webinar.changed_at = timezone.now()
    webinar.save(update_fields=["state", "cancel_reason", "version", "sequence", "changed_at"])
    for registration in webinar.registrations.live().select_related("person"):
        registration.webinar = webinar
        release(registration)
        emails.queue_webinar_cancelled(registration)
    record("webinar.cancelled", about=webinar.mail_subject, by=by, reason=reason)
    return webinar
