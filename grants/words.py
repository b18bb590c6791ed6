"""When a call opens and closes, in words; days are counted in the call's own zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from grants.models import Call
from network_portal.common.templatetags.portal import NBSP, clock, date_in_words, day_and_month, weekday, zone_words

ENDED = {
    Call.State.DRAFT: pgettext_lazy("call", "draft"),
    Call.State.RESOLVED: gettext_lazy("with result"),
    Call.State.CANCELLED: pgettext_lazy("call", "cancelled"),
    Call.State.VOID: gettext_lazy("without awards"),
}
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Left:
    """What is left of a stretch of time: a number and its unit."""

    number: int
    unit: str


def days_until(moment: datetime, now: datetime) -> int:
    """Midnights between ``now`` and the local ``moment``; negative when it is past."""
    return (moment.date() - now.astimezone(moment.tzinfo).date()).days


def left(call: Call, now: datetime) -> Left:
    """Days until ``call`` closes; hours on the last 24, minutes in the last one, never less than a minute."""
    rest = call.closes_at - now
    if rest >= DAY:
        days = days_until(call.closes_local, now)
        return Left(days, ngettext("day left", "days left", days))
    if rest >= HOUR:
        hours = rest // HOUR
        return Left(hours, ngettext("hour left", "hours left", hours))
    minutes = max(rest // MINUTE, 1)
    return Left(minutes, ngettext("minute left", "minutes left", minutes))


def moment_in_words(moment: datetime, now: datetime, zone: str) -> str:
    """As "Friday, 4 December, at 17:00 (Lisbon time)"; with the year when it is not this one or the next half year."""
    is_near = moment.year == now.year or timedelta(0) <= moment - now < timedelta(days=180)
    day = day_and_month(moment) if is_near else date_in_words(moment)
    words = {"weekday": weekday(moment), "day": day, "hour": clock(moment), "zone": zone_words(zone)}
    return (_("%(weekday)s, %(day)s, at %(hour)s (%(zone)s)") % words).replace(f" {clock(moment)}", f"{NBSP}{clock(moment)}")


def distance(call: Call, now: datetime) -> str:
    """As "closes in 9 days", "opens tomorrow", "closed yesterday"; the state of a call that ended otherwise."""
    phase = call.phase_at(now)
    if phase == "coming":
        return _opening(days_until(call.opens_local, now))
    if phase == "open":
        return _closing(days_until(call.closes_local, now))
    return _closed(-days_until(call.closes_local, now)) if phase == "closed" else str(ENDED[phase])


def _opening(days: int) -> str:
    if days <= 0:
        return _("opens today")
    return _("opens tomorrow") if days == 1 else _("opens in %(days)s days") % {"days": days}


def _closing(days: int) -> str:
    if days <= 0:
        return _("closes today")
    return _("closes tomorrow") if days == 1 else _("closes in %(days)s days") % {"days": days}


def _closed(days: int) -> str:
    if days <= 0:
        return _("closed today")
    return _("closed yesterday") if days == 1 else _("closed %(days)s days ago") % {"days": days}


def standing(call: Call, now: datetime) -> str:
    """The one thing to know of a call in a list: its deadline, when its result is expected, or how it ended."""
    if call.phase_at(now) in ("coming", "open"):
        return deadline(call, now)
    return _awaited(call) if call.phase_at(now) == "closed" else distance(call, now)


def _awaited(call: Call) -> str:
    if not call.resolution_due_on:
        return _("the result is still to come")
    words = {"day": date_in_words(call.resolution_due_on)}
    return _("late: the result was expected by %(day)s") % words if call.days_overdue else _("result expected by %(day)s") % words


def deadline(call: Call, now: datetime) -> str:
    """As "closes in 9 days, Friday, 4 December, at 17:00 (Lisbon time)"; of a coming call when it opens."""
    moment = call.opens_local if call.phase_at(now) == "coming" else call.closes_local
    return f"{distance(call, now)}, {moment_in_words(moment, now, call.time_zone)}"
