"""A coordinator's work on a cycle."""

from collections.abc import Collection
from datetime import time

from django.db import transaction
from django.utils.text import slugify

from network_portal.audit.services import record
from network_portal.users.models import User
from webinars.models import Cycle, ReminderRule
from webinars.services import facts, places

RULE = {"attended_percent", "attended_minutes"}
RULES = {"day": {"days_before": 1, "at": time(9)}, "hour": {"minutes_before": 60}}


@transaction.atomic
def save_cycle(cycle: Cycle | None, *, by: User, reminders: Collection[str], **fields) -> Cycle:
    """Write ``fields`` to ``cycle``, or to a new one; it reminds by those of RULES that ``reminders`` names.

    The address part comes from the first title and stays. A reminder that was there keeps its own hours. A new rule of
    attendance counts at once for webinars whose attendance is not closed.
    """
    is_new = cycle is None
    cycle = Cycle(slug=free_slug(fields["title"])) if is_new else Cycle.objects.select_for_update().get(pk=cycle.pk)
    changed = sorted(name for name, value in fields.items() if value != getattr(cycle, name))
    for name in changed:
        setattr(cycle, name, fields[name])
    cycle.save()
    if not is_new and RULE & set(changed):
        _settle_open(cycle)
    changed += ["reminders"] if _set_reminders(cycle, set(reminders)) else []
    if is_new or changed:
        about = f"cycle:{cycle.pk}"
        record("cycle.created" if is_new else "cycle.edited", about=about, by=by, title=cycle.title, changed=changed)
    return cycle


def _settle_open(cycle: Cycle) -> None:
    """Who attended by the new rule, with the figures of it."""
    for webinar in cycle.webinars.filter(attendance_closed_at=None, attendance__isnull=False).distinct().order_by("pk"):
        facts.settle(places.lock(webinar))


def free_slug(title: str) -> str:
    """An address part for ``title`` that no cycle has and no page of ours uses."""
    base = slugify(title)[:70].strip("-") or "cycle"
    taken = {"new", *Cycle.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


def _set_reminders(cycle: Cycle, wanted: set[str]) -> bool:
    """Whether anything changed."""
    rules = cycle.reminder_rules.filter(code__in=RULES)
    there = set(rules.values_list("code", flat=True))
    rules.exclude(code__in=wanted).delete()
    for code in sorted(wanted - there):
        ReminderRule.objects.create(cycle=cycle, code=code, **RULES[code])
    return wanted != there
