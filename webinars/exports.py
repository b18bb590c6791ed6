"""The people of a webinar as a table."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from webinars.models import Registration, Webinar

CHUNK = 500  # rows read at a time


def people_header() -> list[str]:
    return [
        _("Status"),
        _("Queue position"),
        _("Full name"),
        _("E-mail address"),
        _("Municipality code"),
        _("Municipality"),
        _("District"),
        _("Organisation"),
        _("Role"),
        _("Registered at"),
        _("Registered by"),
        _("Agrees to be in the recording"),
        _("Needs"),
        _("Checked in"),
    ]


def people_rows(webinar: Webinar) -> Iterator[list]:
    """Everybody who ever registered, cancelled ones last, with moments in the webinar's own time."""
    rows = webinar.registrations.for_the_list().with_queue_position()
    rows = rows.select_related("person", "municipality", "role", "registered_by")
    for row in rows.iterator(chunk_size=CHUNK):
        yield _cells(row, webinar.zone)


def _cells(row: Registration, zone) -> list:
    town = row.municipality
    return [
        row.get_status_display(),
        row.queue_position,
        row.name or _("Former participant"),
        row.person.email if row.person else "",
        town.code if town else "",
        town.name if town else "",
        town.district if town else "",
        row.organisation,
        row.role.label,
        _moment(row.created_at, zone),
        row.registered_by.email if row.registered_by else "",
        _("Yes") if row.consents_to_recording else _("No"),
        row.needs,
        _moment(row.checked_in_at, zone),
    ]


def _moment(at, zone) -> str:
    """As "2026-09-26T14:30+01:00"; empty when it never came."""
    return at.astimezone(zone).isoformat(timespec="minutes") if at else ""
