"""What proves the figures: attendance files with their SHA-256, recordings with address and day, when attendance was closed."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from network_portal.reports.content import in_each_language
from webinars.models import AttendanceFile, Cycle
from webinars.stats.figures import counted_recordings, held_webinars

WATCH = "https://www.youtube.com/watch?v="


def evidence(cycle: Cycle, *, until: date) -> list[dict]:
    """Three tables in the form of ``content``, over the webinars held by ``until``; three queries."""
    held = list(held_webinars(cycle, until=until).order_by("number", "pk"))
    return [_closed(held), _files(held), _recordings(held, until)]


def _closed(held) -> dict:
    rows = [[w.number, w.title, w.starts_local.date().isoformat(), _moment(w.attendance_closed_at, w.zone)] for w in held]
    return table(
        "closed",
        title=lambda: _("Attendance closed"),
        definition=lambda: _("From that moment on the figures of the webinar are sealed. Empty: attendance was still open."),
        columns=[("number", lambda: _("No."), "number"), ("webinar", lambda: _("Webinar"), "text"),
                 ("day", lambda: _("Day"), "day"), ("closed", lambda: _("Closed at"), "moment")],
        rows=rows,
    )  # fmt: skip


def _files(held) -> dict:
    used = AttendanceFile.objects.filter(webinar__in=held, state=AttendanceFile.State.APPLIED).select_related("webinar")
    rows = [
        [file.webinar.number, file.name, file.rows, file.applied_at.astimezone(file.webinar.zone).date().isoformat(), file.sha256]
        for file in used.order_by("webinar__number", "applied_at", "pk")
    ]
    return table(
        "files",
        title=lambda: _("Attendance files"),
        definition=lambda: _("The files of the video tool that were used, and the digits that tell whether a file is the same."),
        columns=[("number", lambda: _("Webinar"), "number"), ("file", lambda: _("File"), "text"),
                 ("rows", lambda: _("Rows"), "number"), ("day", lambda: _("Used on"), "day"),
                 ("sha256", lambda: "SHA-256", "text")],
        rows=rows,
    )  # fmt: skip


def _recordings(held, until: date) -> dict:
    found = counted_recordings(held, until=until).select_related("webinar").order_by("webinar__number", "pk")
    return table(
        "videos",
        title=lambda: _("Addresses of the recordings"),
        definition=lambda: _("Where everybody can watch, and since when."),
        columns=[("number", lambda: _("No."), "number"), ("webinar", lambda: _("Webinar"), "text"),
                 ("address", lambda: _("Address"), "text"), ("day", lambda: _("Published on"), "day")],
        rows=[[r.webinar.number, r.webinar.title, f"{WATCH}{r.video_id}", r.published_on.isoformat()] for r in found],
    )  # fmt: skip


def _moment(at: datetime | None, zone) -> str | None:
    """As "2024-03-21T09:14+00:00", in the webinar's own time."""
    return at.astimezone(zone).isoformat(timespec="minutes") if at else None


def table(code: str, *, title, definition, columns: list, rows: list[list]) -> dict:
    """A table of ``content``; ``title``, ``definition`` and labels are functions, asked once in each language."""
    return {
        "code": code,
        "title": in_each_language(title),
        "definition": in_each_language(definition),
        "columns": [{"code": c, "label": in_each_language(label), "kind": kind} for c, label, kind in columns],
        "rows": rows,
        "withheld": None,
    }
