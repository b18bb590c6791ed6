"""Who wants to hear of calls, and the reminders of their deadlines."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction

from grants import emails
from grants.models import Call, CallEvent, Follow
from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from network_portal.vocabularies.models import Term

DAYS_BEFORE = (7, 1)
HOUR = time(9)  # of the call's zone: the mail is there when people begin to work


def follow_call(call: Call, *, by: User) -> Follow:
    """Twice is the same as once."""
    return Follow.objects.get_or_create(person=by, call=call, theme=None)[0]


@transaction.atomic
def unfollow_call(call: Call, *, by: User) -> None:
    """What is still queued is taken back, unless a theme of the call is followed."""
    Follow.objects.filter(person=by, call=call).delete()
    _take_back([call], by)


@transaction.atomic
def follow_themes(themes: list[Term], *, by: User) -> None:
    """``by`` follows these themes and no others; what is still queued of calls that are followed no longer is taken back."""
    left = Follow.objects.filter(person=by, call=None).exclude(theme__in=themes)
    gone = list(left.values_list("theme", flat=True))
    left.delete()
    for theme in themes:
        Follow.objects.get_or_create(person=by, call=None, theme=theme)
    waiting = set(OutboxMail.objects.filter(to=by.email, state=OutboxMail.State.QUEUED).values_list("about", flat=True))
    calls = Call.objects.public().filter(themes__in=gone).distinct() if gone and waiting else []
    _take_back([call for call in calls if waiting & {call.mail_subject, emails.closing_subject(call)}], by)


def _take_back(calls: Iterable[Call], person: User) -> None:
    for call in calls:
        if not emails.is_follower(person, call):
            emails.withdraw_from(person, call)


def queue_due_closings(*, now) -> int:
    """Write the deadline reminders that should exist at ``now`` and do not; the number written.

    Of two that are due only the nearer reminds. Who began to follow after a reminder's hour had passed is not sent it.
    """
    days = max(DAYS_BEFORE) + 1  # a call that closes in the evening reminds earlier than so many times 24 hours before
    soon = Call.objects.in_phase("open", now=now).filter(closes_at__lte=now + timedelta(days=days))
    return sum(_remind(call, now=now) for call in soon)


@transaction.atomic
def _remind(call: Call, *, now) -> int:
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    due = [days for days in DAYS_BEFORE if reminds_at(call, days) <= now]
    if not due or call.phase_at(now) != "open":
        return 0
    days = min(due)
    since = reminds_at(call, days)
    if _told_at(call) > since:
        return 0
    owed = {emails.closing_key(call, days, person.pk): person for person in emails.followers(call, since=since)}
    there = set(OutboxMail.objects.filter(key__in=list(owed)).values_list("key", flat=True))
    missing = [person for key, person in owed.items() if key not in there]
    emails.queue_closing(call, days, missing)
    return len(missing)


def reminds_at(call: Call, days: int) -> datetime:
    """The hour of the reminder on the day ``days`` before the one on which ``call`` closes, where the call is."""
    return datetime.combine(call.closes_local.date() - timedelta(days=days), HOUR, tzinfo=call.zone)


def _told_at(call: Call) -> datetime:
    """When the last mail went out that says when ``call`` closes: that it is published, or that it was extended."""
    extended = call.events.filter(kind=CallEvent.Kind.EXTENDED).order_by("-at").values_list("at", flat=True).first()
    return max(filter(None, (call.published_at, extended)))
