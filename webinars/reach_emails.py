"""The mail to the contacts of members that a cycle has not reached. Template ``templates/mail/webinars/not_reached``."""

from datetime import date

from django.utils import translation
from django.utils.text import capfirst

from network_portal.common.links import absolute
from network_portal.common.templatetags.portal import day_in_words, month_name, time_range
from network_portal.mail import outbox, rendering
from network_portal.mail.rendering import Rendered
from webinars.models import Cycle, Webinar
from webinars.stats import not_reached_subject
from webinars.stats.tables import NotReachedRow

TEMPLATE = "webinars/not_reached"
CATEGORY = "bulk"


def queue(cycle: Cycle, row: NotReachedRow, *, coming: list[Webinar], on: date) -> None:
    """At most once in a week of the calendar for each cycle and municipality; useless when the first webinar has begun."""
    outbox.queue(
        TEMPLATE,
        to=row.membership.contact_email,
        language=cycle.language,
        key=key(cycle, row, on=on),
        category=CATEGORY,
        about=f"{not_reached_subject(cycle)}{row.municipality.pk}",
        context=_context(cycle, row, coming),
        send_before=coming[0].starts_at,
    )


def key(cycle: Cycle, row: NotReachedRow, *, on: date) -> str:
    year, week, _day = on.isocalendar()
    return f"not_reached:{cycle.pk}:{row.municipality.pk}:{year}W{week:02}"


def preview(cycle: Cycle, row: NotReachedRow, *, coming: list[Webinar]) -> Rendered:
    """The mail as this one contact would get it."""
    to = row.membership.contact_email
    return rendering.render(TEMPLATE, to=to, language=cycle.language, category=CATEGORY, context=_context(cycle, row, coming))


def _context(cycle: Cycle, row: NotReachedRow, coming: list[Webinar]) -> dict:
    """In the language of the cycle, as the contact has no account that says another."""
    first = coming[0]
    with translation.override(rendering.known_language(cycle.language)):
        hours = time_range(first.starts_at, first.ends_at, first.time_zone)
        return {
            "name": row.membership.contact_name,
            "municipality": row.municipality.label,
            "cycle": cycle.title,
            "title": first.title,
            "day": str(first.starts_local.day),
            "month": month_name(first.starts_local),
            "facts": f"{capfirst(day_in_words(first.starts_local))}, {hours}\n{first.where}",
            "page_url": absolute(first.get_absolute_url()),
            "cycle_url": absolute(cycle.get_absolute_url()),
            "others": [(day_in_words(webinar.starts_local), webinar.title) for webinar in coming[1:6]],
        }
