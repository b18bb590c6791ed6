"""A programme as it is read and typed: hours in the webinar's zone."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from webinars.errors import OutsideWebinar
from webinars.models import AgendaItem, Webinar


def split_agenda(items: Iterable[AgendaItem], zone: ZoneInfo) -> list[tuple[str, AgendaItem]]:
    """Each item with its hour ("10:40") in ``zone``."""
    return [(f"{item.starts_at.astimezone(zone):%H:%M}", item) for item in items]


def moment_of(webinar: Webinar, hour: time) -> datetime:
    """When ``hour`` strikes at the webinar: on its day, or after midnight when it goes on till then."""
    first = webinar.starts_local
    moment = datetime.combine(first.date(), hour, tzinfo=webinar.zone)
    if hour < first.time() and webinar.ends_local.date() > first.date():
        moment += timedelta(days=1)
    return moment


def check_within(webinar: Webinar, moment: datetime) -> None:
    """Raises OutsideWebinar, with words for the person, unless the webinar is on at ``moment``."""
    if moment < webinar.starts_at:
        raise OutsideWebinar(
            _("The webinar starts at %(hour)s. Enter that time or later") % {"hour": f"{webinar.starts_local:%H:%M}"}
        )
    if moment > webinar.ends_at:
        raise OutsideWebinar(
            _("The webinar ends at %(hour)s. Enter that time or earlier") % {"hour": f"{webinar.ends_local:%H:%M}"}
        )
