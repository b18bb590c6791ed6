"""What templates need to write the amounts, deadlines and places of calls."""

from django import template
from django.utils import timezone

from grants import eligibility, words
from grants.models import Call
from grants.reading import Part, Whole
from network_portal.common import amounts

register = template.Library()
STATUS = {  # of a phase: the sign before its word
    "draft": "draft", "coming": "draft", "open": "open", "closed": "waiting", "resolved": "ok", "cancelled": "off", "void": "off",
}  # fmt: skip


@register.filter
def euros(value) -> str:
    return amounts.euros(value)


@register.filter
def distance(call: Call) -> str:
    """As "closes in 9 days"."""
    return words.distance(call, timezone.now())


@register.filter
def deadline(call: Call) -> str:
    """As "closes in 9 days, Friday, 4 December, at 17:00 (Lisbon time)"."""
    return words.deadline(call, timezone.now())


@register.filter
def standing(call: Call) -> str:
    """As its deadline, "result expected by 12 December 2026" or "with result"."""
    return words.standing(call, timezone.now())


@register.filter
def last_moment(call: Call) -> str:
    """When it closes, as "Friday, 4 December, at 17:00 (Lisbon time)"."""
    return words.moment_in_words(call.closes_local, timezone.now(), call.time_zone)


@register.filter
def status_of(call: Call) -> str:
    """Which sign stands before the state of ``call``; the orange one on what closes within a week."""
    now = timezone.now()
    if call.phase_at(now) == "open" and words.days_until(call.closes_local, now) <= 7:
        return "next"
    return STATUS[call.phase_at(now)]


@register.filter
def kinds_in_words(kinds: str | None) -> str:
    """Kinds of bodies with commas between them, as "municipality, parish"."""
    return eligibility.kinds_in_words((kinds or "").split(","))


@register.filter
def rows(whole: Whole, name: str) -> list[Part]:
    """One of the lists of a call."""
    return whole.of(name)
