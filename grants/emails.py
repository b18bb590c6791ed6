"""The mails of calls: to those who follow a call or one of its themes, and to who asked (``templates/mail/grants/``)."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from grants.models import Call, CallEvent, Follow, Question
from network_portal.common.links import absolute
from network_portal.common.templatetags.portal import clock, day_and_month, day_in_words, month_name, zone_words
from network_portal.mail import outbox
from network_portal.mail.rendering import known_language
from network_portal.users.models import User

TOLD = {  # what followers hear of, and how the subject begins
    CallEvent.Kind.PUBLISHED: "published",
    CallEvent.Kind.EXTENDED: "extended",
    CallEvent.Kind.CORRECTED: "corrected",
    CallEvent.Kind.CANCELLED: "cancelled",
    CallEvent.Kind.VOID: "void",
    CallEvent.Kind.RESOLVED: "resolved",
}
DATED = [CallEvent.Kind.PUBLISHED, CallEvent.Kind.CORRECTED, CallEvent.Kind.EXTENDED]  # their mails name the deadline
USEFUL_FOR = timedelta(days=30)  # news of a call that are still queued later are not sent


def followers(call: Call, *, since=None) -> list[User]:
    """Those who follow ``call`` or one of its themes, each once; with ``since`` those who did so then already."""
    return list(_following(call, since=since).order_by("pk"))


def is_follower(person: User, call: Call) -> bool:
    return _following(call).filter(pk=person.pk).exists()


def count_followers(call: Call) -> int:
    """How many mails news of ``call`` would owe now."""
    return _following(call).count()


def _following(call: Call, *, since=None):
    follows = Follow.objects.filter(Q(call=call) | Q(theme__in=call.themes.all()))
    if since is not None:
        follows = follows.filter(since__lte=since)
    return User.objects.filter(pk__in=follows.values("person"), is_active=True)


def queue_event(event: CallEvent) -> int:
    """Tell the followers what happened; the number of mails."""
    call = event.call
    people = followers(call) if event.kind in TOLD else []
    for person in people:
        _queue(
            "event", call, person, key=f"call:{call.pk}:{event.pk}:{person.pk}", category="bulk", about=call.mail_subject,
            send_before=timezone.now() + USEFUL_FOR, event=event,
        )  # fmt: skip
    return len(people)


def closing_key(call: Call, days: int, person_id: int) -> str:
    """A deadline that moved owes new mails: the moment is part of the key."""
    return f"closing:{call.pk}:{days}:{call.closes_at:%Y%m%dT%H%M%S}:{person_id}"


def closing_subject(call: Call) -> str:
    """What the mails about the deadline of ``call`` are filed under."""
    return f"{call.mail_subject}:closing"


def queue_closing(call: Call, days: int, people: Iterable[User]) -> None:
    """Remind ``people`` that ``call`` closes in ``days`` days or less; useless after the closing."""
    for person in people:
        _queue(
            "closing", call, person, key=closing_key(call, days, person.pk), category="reminder", about=closing_subject(call),
            send_before=call.closes_at,
        )  # fmt: skip


def withdraw_from(person: User, call: Call) -> None:
    """Take back news and reminders from somebody who follows ``call`` no longer; answers to own questions still come."""
    outbox.withdraw(about=call.mail_subject, to=person.email, template="grants/event")
    outbox.withdraw(about=closing_subject(call), to=person.email)


def withdraw_closing(call: Call) -> int:
    """Take back reminders of a deadline that no longer holds."""
    return outbox.withdraw(about=closing_subject(call))


def withdraw_news(call: Call) -> int:
    """Take back news that the end of the call overtook."""
    return outbox.withdraw_keys(f"call:{call.pk}:")


def renew_news(call: Call) -> None:
    """The deadline moved: news that told the old one is taken back, and notices of corrections are written anew with the new."""
    for event in call.events.filter(kind__in=DATED).order_by("pk"):
        is_notice = event.kind == CallEvent.Kind.CORRECTED
        if outbox.withdraw_keys(f"call:{call.pk}:{event.pk}:", owed_again=is_notice) and is_notice:
            queue_event(event)


def queue_answered(question: Question) -> None:
    """Tell who asked; nobody else learns who it was."""
    call, person = question.call, question.asked_by
    if person and person.is_active:
        _queue(
            "answered", call, person, key=f"answered:{question.pk}", category="transactional", about=call.mail_subject,
            send_before=timezone.now() + USEFUL_FOR, question=question,
        )  # fmt: skip


def _queue(template: str, call: Call, person: User, *, key: str, category: str, about: str, send_before, **context) -> None:
    language = known_language(person.language)
    with translation.override(language):
        context |= _context(call, person)
        if "event" in context:
            context["subject_line"] = _event_subject(context["event"], call)
    outbox.queue(
        f"grants/{template}", to=person.email, language=language, key=key, category=category, about=about,
        context=context, send_before=send_before,
    )  # fmt: skip


def _context(call: Call, person: User) -> dict:
    """Everything in the person's language; ``facts`` are the lines of date, time and zone."""
    closes = call.closes_local
    moment = _("%(day)s at %(hour)s") % {"day": day_in_words(closes), "hour": clock(closes)}
    return {
        "call": call,
        "name": person.name,
        "title": call.title,
        "kind": capfirst(call.get_kind_display()),
        "day": str(closes.day),
        "month": month_name(closes),
        "closes": moment,
        "facts": _closing_fact(call, moment),
        "page_url": absolute(call.get_absolute_url()),
        "when": _closing_words(call),
    }


def _closing_fact(call: Call, moment: str) -> str:
    """Until when one can apply, or could have."""
    words = {"moment": moment, "zone": zone_words(call.time_zone)}
    if call.closes_at < timezone.now():
        return _("Applications were accepted until %(moment)s (%(zone)s)") % words
    if call.state == Call.State.CANCELLED:
        return _("It was to close on %(moment)s (%(zone)s)") % words
    return _("Applications until %(moment)s (%(zone)s)") % words


def _closing_words(call: Call) -> str:
    """How the subject of a reminder begins: with the date, which stays true whenever the mail is read."""
    closes = call.closes_local
    return _("Closes on %(day)s at %(hour)s") % {"day": day_and_month(closes), "hour": clock(closes)}


def _event_subject(event: CallEvent, call: Call) -> str:
    """The fact first."""
    closes = day_and_month(call.closes_local)
    return {
        "published": _("New call: %(title)s"),
        "extended": _("Deadline extended to %(day)s: %(title)s"),
        "corrected": _("Call corrected: %(title)s"),
        "cancelled": _("Call cancelled: %(title)s"),
        "void": _("Call without awards: %(title)s"),
        "resolved": _("Result of the call: %(title)s"),
    }[event.kind] % {"title": call.title, "day": closes}
