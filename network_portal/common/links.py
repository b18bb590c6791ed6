"""Addresses that leave the site: in mails, feeds and calendars."""

from django.conf import settings


def absolute(path: str) -> str:
    """``path`` with this installation's own address before it, whatever host a request named."""
    return f"{settings.SITE_URL}{path}"
