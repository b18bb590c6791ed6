"""A report's content from the facts of today, for its cut-off day."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from network_portal.reports.content import FORMAT, digest_of_rows, in_each_language
from network_portal.reports.evidence import evidence
from network_portal.reports.logos import partners
from network_portal.reports.models import Report
from network_portal.reports.rows import figure_rows
from network_portal.reports.tables import tables
from webinars.models import Cycle
from webinars.stats import cycle_figures

FIGURES = ("webinars", "participations", "municipalities", "recordings", "people")  # as they are always shown


def build(report: Report) -> dict:
    """See ``content``. Nothing of the moment of asking is in it: the same facts give the same content."""
    cycle, until = report.cycle, report.cut_off
    return {
        "format": FORMAT,
        "portal": {
            "network": settings.NETWORK_NAME,
            "coordinator": settings.NETWORK_COORDINATOR,
            "version": settings.VERSION,
        },
        "report": _about(report),
        "cycle": _about_cycle(cycle),
        "partners": partners(cycle),
        "text": report.text,
        "figures": figures(cycle, until=until),
        "tables": [*tables(cycle, until=until), *evidence(cycle, until=until)],
    }


def sealed(content: dict, *, at: datetime) -> dict:
    """``content`` with the moment at which it was frozen."""
    return {**content, "report": {**content["report"], "frozen_at": at.isoformat(timespec="seconds")}}


def _about(report: Report) -> dict:
    old = report.corrects
    return {
        "uuid": str(report.uuid),
        "number": report.number,
        "cut_off": report.cut_off.isoformat(),
        "corrects": {"uuid": str(old.uuid), "number": old.number} if old else None,
        "reason": report.reason,
    }


def _about_cycle(cycle: Cycle) -> dict:
    return {
        "title": cycle.title,
        "slug": cycle.slug,
        "language": cycle.language,
        "funder": cycle.funder or settings.NETWORK_FUNDER,
        "grant_reference": cycle.grant_reference,
        "starts_on": cycle.starts_on.isoformat(),
        "ends_on": cycle.ends_on.isoformat(),
    }


def figures(cycle: Cycle, *, until) -> list[dict]:
    """The four figures with their targets, and the people, each with what it counts and the digits of its rows."""
    counted, rows = cycle_figures(cycle, until=until), figure_rows(cycle, until=until)
    return [
        {
            "code": code,
            "label": in_each_language(lambda code=code: label(code)),
            "definition": in_each_language(lambda code=code: definition(code)),
            "value": getattr(counted, code),
            "target": getattr(cycle, f"target_{code}", None),
            "rows": len(rows[code]),
            "rows_sha256": digest_of_rows(rows[code]),
        }
        for code in FIGURES
    ]


def label(code: str) -> str:
    return {
        "webinars": _("webinars held"),
        "participations": _("participations"),
        "municipalities": _("municipalities reached"),
        "recordings": _("recordings published"),
        "people": _("different people"),
    }[code]


def definition(code: str) -> str:
    return {
        "webinars": _("Published webinars that were over by the cut-off day; cancelled ones do not count."),
        "participations": _("One person attending one webinar. Who comes twice counts twice; a registration does not count."),
        "municipalities": _("Different municipalities with at least one participation."),
        "recordings": _("Recordings that everybody can watch, with the day on which they were published."),
        "people": _("Everybody who attended at least one webinar of the cycle, counted once."),
    }[code]
