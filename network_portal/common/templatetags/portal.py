"""What templates need to write days, hours, numbers and texts, and to know where on the site they are."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import markdown as markdown_library
import nh3
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language, get_language_info, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from network_portal.common.markdown_work import is_too_much

register = template.Library()

NBSP = "\u00a0"
LOWER_CASE_DATES = {"pt", "es", "ca", "gl", "it"}  # these write months and days of the week in lower case
ZONES = {
    "Europe/Lisbon": gettext_lazy("Lisbon time"),
    "Atlantic/Azores": gettext_lazy("Azores time"),
    "Atlantic/Madeira": gettext_lazy("Madeira time"),
    "Europe/Madrid": gettext_lazy("Madrid time"),
    "Europe/Rome": gettext_lazy("Rome time"),
}
MANAGED = {"webinars": "manage", "grants": "manage_calls"}  # apps whose pages below manage/ are entries of their own
REVIEWED = {"review_queue", "review", "figures"}  # pages of practices that belong to the coordinators' bar
MARKUP = re.compile(r"<[a-z]|\s(?:style|class|href|src|on[a-z]+)\s*=", re.IGNORECASE)  # elements and attributes
MARKDOWN_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "blockquote", "code", "hr"}
MARKDOWN_ATTRIBUTES = {"a": {"href", "title"}}


def _local(value: date) -> date:
    """A stored moment (UTC) in the current zone; one that already has a zone of its own stays in it."""
    return timezone.localtime(value) if isinstance(value, datetime) and value.tzinfo is UTC else value


def _written(value: date, pattern: str) -> str:
    text = date_format(_local(value), pattern)
    return text.lower() if (get_language() or settings.LANGUAGE_CODE).split("-")[0] in LOWER_CASE_DATES else text


@register.filter
def day_in_words(value: date | None) -> str:
    """As "quinta-feira, 26 de setembro de 2026", of which only the day of the week may stand on another line."""
    if not value:
        return ""
    day = _written(value, pgettext("date format", "j F Y")).replace(" ", NBSP)
    return f"{_written(value, 'l')}, {day}"


@register.filter
def day_and_month(value: date | None) -> str:
    """As "26 de setembro"."""
    return _written(value, pgettext("date format", "j F")).replace(" ", NBSP) if value else ""


@register.filter
def date_in_words(value: date | None) -> str:
    """As "26 de setembro de 2026"."""
    return _written(value, pgettext("date format", "j F Y")).replace(" ", NBSP) if value else ""


@register.filter
def day_number(value: date | None) -> str:
    return str(_local(value).day) if value else ""


@register.filter
def month_name(value: date | None) -> str:
    return _written(value, "F") if value else ""


@register.filter
def month_short(value: date | None) -> str:
    return _written(value, "M") if value else ""


@register.filter
def weekday(value: date | None) -> str:
    return _written(value, "l") if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """As "09:30"."""
    return _local(value).strftime("%H:%M") if value else ""


@register.filter
def iso(value: date | None) -> str:
    """For the ``datetime`` attribute of ``time``."""
    return _local(value).isoformat() if value else ""


@register.filter
def zone_words(zone: str) -> str:
    """As "Lisbon time"; for zones that the table does not know, from the zone's own name."""
    return str(ZONES.get(zone) or _("%(city)s time") % {"city": zone.rsplit("/", 1)[-1].replace("_", " ")})


@register.simple_tag
def time_range(start: datetime, end: datetime, zone: str) -> str:
    """As "10:00–13:00 (hora de Lisboa)", in the zone of the event."""
    place = ZoneInfo(zone)
    first, last = (moment.astimezone(place).strftime("%H:%M") for moment in (start, end))
    return f"{first}–{last} ({zone_words(zone)})"


@register.filter
def time_ago(moment: datetime) -> str:
    """As "3 minutes ago"; within a minute "a moment ago"."""
    if (timezone.now() - moment).total_seconds() < 60:
        return _("a moment ago")
    return _("%(time)s ago") % {"time": timesince(moment, depth=1)}


@register.filter
def thousands(value) -> str:
    """A number in groups of three, parted by a space that does not break (the narrow one is too thin in many fonts)."""
    return "" if value is None else f"{value:,}".replace(",", NBSP)


@register.filter
def language_in_words(code: str) -> str:
    """As "Portuguese", within a sentence; the code where no name is known."""
    try:
        name = get_language_info(code)["name_translated"]
    except KeyError:
        return code
    return name.lower() if get_language() in LOWER_CASE_DATES else name


@register.filter
def share(value, target) -> str:
    """``value`` of ``target`` in per cent with a point, from 0 to 100, for SVG attributes."""
    if not target:
        return "0"
    return str(round(min(max(Decimal(value) * 100 / Decimal(target), Decimal(0)), Decimal(100)), 1))


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as HTML; what is not on the list of allowed tags and addresses is taken out.

    A text with more marks than a person writes is shown as it was typed.
    """
    return SafeString(_cleaned(_rendered(text)))


def loses_markup(text: str) -> bool:
    """Whether something of ``text`` is taken out when it is shown."""
    html = _rendered(text)
    return len(MARKUP.findall(html)) > len(MARKUP.findall(_cleaned(html)))


def _rendered(text: str) -> str:
    return _parsed(text or "", extensions=["sane_lists", "nl2br"], output_format="html")


def _parsed(text: str, **options) -> str:
    return linebreaks(text, autoescape=True) if is_too_much(text) else markdown_library.markdown(text, **options)


def _cleaned(html: str) -> str:
    return nh3.clean(html, tags=MARKDOWN_TAGS, attributes=MARKDOWN_ATTRIBUTES, url_schemes={"http", "https", "mailto"})


@register.filter
def json_ld(data: dict) -> SafeString:
    """``data`` in a script element that browsers do not run; nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False).translate({ord(c): f"\\u{ord(c):04X}" for c in "<>&\u2028\u2029"})
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


@register.filter
def plain_text(text: str) -> str:
    """The words of a Markdown text, for descriptions."""
    return re.sub(r"\s+", " ", nh3.clean(_parsed(text or ""), tags=set())).strip()


@register.simple_tag
def elided_pages(page_obj):
    """Page numbers around the current one, with "…" for what is left out."""
    return list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def current_section(context) -> str:
    """Which entry of the navigation this page belongs to: the app, or for pages their own name."""
    request = context.get("request")
    match = request and request.resolver_match
    if not match:
        return ""
    if match.namespace in MANAGED and "/manage/" in request.path:
        return MANAGED[match.namespace]
    if match.namespace == "goodpractices" and match.url_name in REVIEWED:
        return "review"
    return match.url_name if match.namespace == "pages" else match.namespace
