"""What templates of mails need."""

from django import template

from network_portal.common.text import clean_line

register = template.Library()

STATUS_KINDS = {
    "queued": "waiting",
    "sending": "next",
    "sent": "ok",
    "failed": "bad",
    "unknown": "bad",
    "cancelled": "off",
    "expired": "off",
}


@register.filter(is_safe=True)
def one_line(text) -> str:
    """Line breaks and control characters as single spaces: nothing typed can start another header."""
    return clean_line(str(text))


@register.filter
def without_scheme(url) -> str:
    """An address as people read it."""
    return str(url).removeprefix("https://").removeprefix("http://")


@register.filter
def status_kind(state) -> str:
    """Which shape and colour of ``_components/status.html`` shows this state of a mail."""
    return STATUS_KINDS[str(state)]
