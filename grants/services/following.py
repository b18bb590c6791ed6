"""Who wants to hear of calls, and the reminders of their deadlines."""

from datetime import timedelta

from django.db import transaction

from grants import emails
from grants.models import Call, Follow
from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from network_portal.vocabularies.models import Term

DAYS_BEFORE = (7, 1)


def follow_call(call: Call, *, by: User) -> Follow:
    """Twice is the same as once."""
    return Follow.objects.get_or_create(person=by, call=call, theme=None)[0]


def unfollow_call(call: Call, *, by: User) -> None:
    Follow.objects.filter(person=by, call=call).delete()


@transaction.atomic
def follow_themes(themes: list[Term], *, by: User) -> None:
    """``by`` follows these themes and no others."""
    Follow.objects.filter(person=by, call=None).exclude(theme__in=themes).delete()
    for theme in themes:
        Follow.objects.get_or_create(person=by, call=None, theme=theme)


def queue_due_closings(*, now) -> int:
    """Write the deadline reminders that should exist at ``now`` and do not; the number written.

    Of two that are due only the nearer reminds. Who began to follow after a reminder's hour had passed is not sent it.
    """
    soon = Call.objects.in_phase("open", now=now).filter(closes_at__lte=now + timedelta(days=max(DAYS_BEFORE)))
    return sum(_remind(call, now=now) for call in soon)


@transaction.atomic
def _remind(call: Call, *, now) -> int:
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    due = [days for days in DAYS_BEFORE if call.closes_at - timedelta(days=days) <= now]
    if not due or call.phase_at(now) != "open":
        return 0
    days = min(due)
    since = call.closes_at - timedelta(days=days)
    if call.published_at > since:  # the mail that it is published said when it closes
        return 0
    owed = {emails.closing_key(call, days, person.pk): person for person in emails.followers(call, since=since)}
    there = set(OutboxMail.objects.filter(key__in=list(owed)).values_list("key", flat=True))
    missing = [person for key, person in owed.items() if key not in there]
    emails.queue_closing(call, days, missing)
    return len(missing)
