"""What the clock asks for: reminders that are due, places that were missed, needs to be forgotten."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from network_portal.mail.models import OutboxMail
from webinars import emails
from webinars.models import Registration, ReminderRule, Webinar
from webinars.services import places

logger = logging.getLogger(__name__)
HORIZON = timedelta(days=15)  # no rule reminds earlier
NEEDS_KEPT = timedelta(days=7)


def queue_due_reminders(*, now) -> int:
    """Write the reminders that should exist at ``now`` and do not; the number written.

    Of several overdue rules only the newest reminds. A rule whose time had passed before the place was confirmed never
    does: the confirmation said it all.
    """
    soon = Webinar.objects.filter(state=Webinar.State.PUBLISHED, starts_at__gt=now, starts_at__lte=now + HORIZON)
    count = 0
    for webinar in soon.select_related("cycle").prefetch_related("cycle__reminder_rules"):
        due = [(rule.due_at(webinar), rule) for rule in webinar.cycle.reminder_rules.all()]
        due = sorted((pair for pair in due if pair[0] <= now), key=lambda pair: pair[0])
        if due:
            count += _remind_or_log(webinar, rule=due[-1][1], due_at=due[-1][0])
    return count


def _remind_or_log(webinar: Webinar, **due) -> int:
    """What goes wrong with one webinar must not keep the reminders of the others back; the next minute tries it again."""
    try:
        return _remind(webinar, **due)
    except Exception:  # a border: one webinar of many
        logger.exception("The reminders of webinar %s were not written", webinar.pk)
        return 0


@transaction.atomic
def _remind(webinar: Webinar, *, rule: ReminderRule, due_at) -> int:
    webinar = places.lock(webinar)
    rows = webinar.registrations.confirmed().filter(confirmed_at__lt=due_at).select_related("person")
    owed = {emails.reminder_key(rule, registration, webinar): registration for registration in rows}
    start = emails.reminder_prefix(rule, webinar)
    there = set(OutboxMail.objects.filter(key__startswith=start).values_list("key", flat=True))
    missing = [registration for key, registration in owed.items() if key not in there]
    for registration in missing:
        registration.webinar = webinar
        emails.queue_reminder(registration, rule)
    return len(missing)


def sweep_waiting_lists() -> int:
    """Give places that are free although somebody waits, whatever the reason; the number given."""
    waiting = Webinar.objects.filter(state=Webinar.State.PUBLISHED, starts_at__gt=timezone.now()).with_places()
    found = waiting.filter(people_waiting__gt=0, places_taken__lt=F("capacity"))
    return sum(len(_sweep(webinar)) for webinar in found)


@transaction.atomic
def _sweep(webinar: Webinar) -> list[Registration]:
    return places.promote(places.lock(webinar))


def delete_old_needs(*, now) -> int:
    """Forget what people said they need, seven days after the webinar."""
    over = Registration.objects.exclude(needs="").filter(webinar__ends_at__lt=now - NEEDS_KEPT)
    return over.update(needs="")
