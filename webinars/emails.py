"""The mails of webinars: to whom, in which language, with what. Templates in ``templates/mail/webinars/``."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_portal.common.links import absolute
from network_portal.common.templatetags.portal import day_in_words, month_name, time_range
from network_portal.mail import outbox
from network_portal.mail.rendering import known_language
from webinars import calendars, links
from webinars.models import Registration, ReminderRule, Webinar


def queue_registered(registration: Registration) -> None:
    """You have a place, or you are the n-th on the waiting list."""
    confirmed = registration.status == Registration.Status.CONFIRMED
    template = "confirmed" if confirmed else "waiting"
    _queue(
        registration, template, key=f"registered:{registration.uuid}:{registration.status}", method="REQUEST" if confirmed else ""
    )


def queue_promoted(registration: Registration) -> None:
    _queue(registration, "promoted", key=f"promoted:{registration.uuid}", method="REQUEST")


def queue_moved(registration: Registration) -> None:
    """Title, time or place changed; people who wait are told without a calendar entry."""
    confirmed = registration.status == Registration.Status.CONFIRMED
    key = f"moved:{registration.uuid}:v{registration.webinar.version}"
    _queue(registration, "moved", key=key, method="REQUEST" if confirmed else "")


def queue_cancelled(registration: Registration, *, removed: bool) -> None:
    """A registration ended; ``removed`` when a coordinator did it. Calendars lose the entry of a place."""
    template = "removed" if removed else "cancelled"
    _queue(registration, template, key=f"cancelled:{registration.uuid}", method="CANCEL" if registration.had_place else "")


def queue_webinar_cancelled(registration: Registration) -> None:
    key = f"webinar_cancelled:{registration.uuid}:v{registration.webinar.version}"
    _queue(registration, "webinar_cancelled", key=key, method="CANCEL" if registration.had_place else "")


def queue_reminder(registration: Registration, rule: ReminderRule) -> None:
    """A reminder that says "tomorrow" is useless once tomorrow has come; every reminder is after the start."""
    webinar = registration.webinar
    today = timezone.now().astimezone(webinar.zone).date()
    midnight = datetime.combine(today + timedelta(days=1), time(0), tzinfo=webinar.zone)
    key = reminder_key(rule, registration, webinar)
    _queue(registration, "reminder", key=key, category="reminder", send_before=min(midnight, webinar.starts_at))


def reminder_prefix(rule: ReminderRule, webinar: Webinar) -> str:
    """How the keys of one rule, webinar and start begin: a webinar that moves owes new reminders."""
    return f"reminder:{rule.code}:{webinar.pk}:{webinar.starts_at.astimezone(UTC):%Y%m%dT%H%MZ}:"


def reminder_key(rule: ReminderRule, registration: Registration, webinar: Webinar) -> str:
    return f"{reminder_prefix(rule, webinar)}{registration.uuid}"


def withdraw(registration: Registration, *, owed_again: bool = False) -> int:
    """Take back what is still queued about this registration; see ``outbox.withdraw``."""
    return outbox.withdraw(about=registration.mail_subject, owed_again=owed_again)


def _queue(registration: Registration, template: str, *, key: str, method="", category="transactional", send_before=None) -> None:
    language = known_language(registration.person.language)
    with translation.override(language):
        context = _context(registration)
        calendar = (method, calendars.invitation(registration, method=method)) if method else None
    outbox.queue(
        f"webinars/{template}",
        to=registration.person.email,
        language=language,
        key=key,
        category=category,
        about=registration.mail_subject,
        context=context,
        calendar=calendar,
        send_before=send_before or registration.webinar.ends_at,
    )


def _context(registration: Registration) -> dict:
    """Everything in the person's language; ``facts`` are the lines of date, time and place."""
    webinar = registration.webinar
    start = webinar.starts_local
    hours = time_range(webinar.starts_at, webinar.ends_at, webinar.time_zone)
    return {
        "registration": registration,
        "webinar": webinar,
        "title": webinar.title,
        "name": registration.name,
        "kicker": _("Webinar %(n)d of the cycle %(cycle)s") % {"n": webinar.number, "cycle": webinar.cycle.title},
        "day": str(start.day),
        "month": month_name(start),
        "date": day_in_words(start),
        "hours": hours,
        "hour": f"{start:%H:%M}",
        "when": _when(webinar),
        "where": webinar.where,
        "facts": f"{capfirst(day_in_words(start))}, {hours}\n{webinar.where}",
        "join_url": links.join_url(registration),
        "give_back_url": links.give_back_url(registration),
        "page_url": absolute(webinar.get_absolute_url()),
        "position": getattr(registration, "queue_position", None),
        "room_opens": f"{webinar.room_opens_at.astimezone(webinar.zone):%H:%M}",
        "registered_on": day_in_words(registration.created_at.astimezone(webinar.zone)),
    }


def _when(webinar: Webinar) -> str:
    """How a reminder's subject begins: today, tomorrow or the day, with the hour."""
    days = (webinar.starts_local.date() - timezone.now().astimezone(webinar.zone).date()).days
    hour = f"{webinar.starts_local:%H:%M}"
    if days == 0:
        return _("Today at %(hour)s") % {"hour": hour}
    if days == 1:
        return _("Tomorrow at %(hour)s") % {"hour": hour}
    return _("%(day)s at %(hour)s") % {"day": day_in_words(webinar.starts_local), "hour": hour}
