"""A programme as it is read: hours in the webinar's zone."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from webinars.models import AgendaItem


def split_agenda(items: Iterable[AgendaItem], zone: ZoneInfo) -> list[tuple[str, AgendaItem]]:
    """Each item with its hour ("10:40") in ``zone``."""
    return [(f"{item.starts_at.astimezone(zone):%H:%M}", item) for item in items]
