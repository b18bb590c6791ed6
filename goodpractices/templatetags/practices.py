"""What the templates of practices need to say."""

from datetime import date
from functools import cache

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from goodpractices.models import Practice
from network_portal.common.templatetags.portal import LOWER_CASE_DATES, NBSP, get_language

register = template.Library()


@register.filter
def month_of(day: date | None) -> str:
    """As "janeiro de 2023"."""
    if not day:
        return ""
    text = date_format(day, pgettext("date format", "F Y")).replace(" ", NBSP)
    return text.lower() if (get_language() or settings.LANGUAGE_CODE).split("-")[0] in LOWER_CASE_DATES else text


@register.filter
def period_of(sheet) -> str:
    """As "since January 2023", "January 2023 to June 2024"; of anything with ``starts_on`` and ``ends_on``."""
    first, last = month_of(sheet.starts_on), month_of(sheet.ends_on)
    if not first:
        return ""
    if not last:
        return _("since %(month)s") % {"month": first}
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


@register.filter
def evidence_label(level: int) -> str:
    return str(Practice.Evidence(level).label)


@register.filter
def evidence_squares(level: int) -> list[tuple[int, bool]]:
    """Four squares: where each begins, and whether it is filled."""
    return [(14 * n, n < level) for n in range(4)]


@register.filter
@cache
def evidence_sign(level: int) -> SafeString:
    """The four squares as a drawing; the word stands beside it."""
    shapes = {True: ' class="evidence__yes"', False: ""}
    squares = "".join(f'<rect x="{x + 1}" y="1" width="9" height="9"{shapes[yes]}/>' for x, yes in evidence_squares(level))
    return SafeString(
        f'<svg class="evidence" width="53" height="11" viewBox="0 0 53 11" aria-hidden="true" focusable="false">{squares}</svg>'
    )


@register.simple_tag
def blocks_in_words(n: int) -> str:
    """As "What was done, in three blocks"."""
    words = {
        1: _("What was done"), 2: _("What was done, in two blocks"), 3: _("What was done, in three blocks"),
        4: _("What was done, in four blocks"), 5: _("What was done, in five blocks"),
    }  # fmt: skip
    return words.get(n) or ngettext("What was done, in %(n)s block", "What was done, in %(n)s blocks", n) % {"n": n}


@register.filter
def srcset_of(file) -> str:
    """The widths of a picture as ``srcset`` takes them."""
    return ", ".join(f"{file.url_of(width)} {width}w" for width in file.widths)


@register.filter
def of_key(found: dict, key: str):
    """What a dictionary has under ``key``; nothing when it has not."""
    return found.get(key, "")
