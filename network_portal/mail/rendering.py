"""From a template to the parts of a mail: subject, text and HTML with the styles on the elements."""

import re
from dataclasses import dataclass
from functools import cache

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_supported_language_variant

from network_portal.common.text import clean_line
from network_portal.mail.subscriptions import unsubscribe_url

SUBJECT_LENGTH = 60
MOST_BYTES = 100_000  # of text and HTML; a mail above it is cut short by Gmail
TEXT_LENGTH = 40_000  # characters of a text that is shortened
EMPTY_PARAGRAPH = re.compile(r"<p[^>]*>\s*</p>")


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def render(template: str, *, to: str, language: str, category: str, context: dict) -> Rendered:
    """The mail in ``language``; a language that the site does not have gives the site's first one."""
    with translation.override(known_language(language)):
        values = {**base_context(to, category), **context}
        first, text = split_subject(render_to_string(f"mail/{template}.txt", values))
        html = render_to_string(f"mail/{template}.html", {**values, "subject": first})
    subject = shortened(first)
    if subject != first:
        text = f"{first}\n\n{text}"
    return _fitting(subject, text, _inliner().inline(EMPTY_PARAGRAPH.sub("", html)))


def known_language(language: str) -> str:
    try:
        return get_supported_language_variant(language or settings.LANGUAGE_CODE)
    except LookupError:
        return settings.LANGUAGE_CODE


def base_context(to: str, category: str) -> dict:
    """What every mail may show."""
    return {
        "NETWORK_NAME": settings.NETWORK_NAME,
        "NETWORK_COORDINATOR": settings.NETWORK_COORDINATOR,
        "NETWORK_CONTACT_EMAIL": settings.NETWORK_CONTACT_EMAIL,
        "SITE_URL": settings.SITE_URL,
        "LANGUAGE_CODE": translation.get_language(),
        "category": category,
        "unsubscribe_url": unsubscribe_url(to, category),
    }


def split_subject(rendered: str) -> tuple[str, str]:
    """The first line, and the text after it with never more than one empty line in a row."""
    first, _, rest = rendered.strip().partition("\n")
    lines = "\n".join(line.rstrip() for line in rest.strip().splitlines())
    return clean_line(first), re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def shortened(subject: str) -> str:
    """At most 60 characters, cut between words where possible: a long title never stops a mail."""
    if len(subject) <= SUBJECT_LENGTH:
        return subject
    head, _, _ = subject[:SUBJECT_LENGTH].rpartition(" ")
    cut = head if len(head) > SUBJECT_LENGTH // 2 else subject[: SUBJECT_LENGTH - 1]
    return cut.rstrip(" ,;:–-") + "…"


def _fitting(subject: str, text: str, html: str) -> Rendered:
    """Without the HTML, then with a shorter text, when the mail would be too long to be shown whole."""
    if len((text + html).encode()) <= MOST_BYTES:
        return Rendered(subject, text, html)
    return Rendered(subject, text if len(text) <= TEXT_LENGTH else text[:TEXT_LENGTH] + "…\n", "")
