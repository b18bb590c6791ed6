"""Whether a frozen report still says what was frozen, and whether today's facts give the same figures for its day."""

import json

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from network_portal.reports import building
from network_portal.reports.content import digest, said
from network_portal.reports.evidence import evidence
from network_portal.reports.models import Report
from network_portal.reports.tables import holding_columns, tables

FILE_COLUMNS = [0, 2, 4]  # webinar, rows, SHA-256


def differences(report: Report) -> list[str]:
    """A sentence for each; none when the hash holds and every figure and table can be derived again.

    Names are not compared: a municipality that changes its name changes no figure. Nor is what depends on the day of
    asking (views of recordings, answers of surveys, municipalities not reached).
    """
    if digest(report.content) != report.content_sha256:
        return [_("The content is not what was frozen: its digits are %(sha256)s.") % {"sha256": digest(report.content)}]
    frozen = json.loads(report.content)
    return [*_figures(report, frozen), *_tables(report, frozen)]


def _figures(report: Report, frozen: dict) -> list[str]:
    now = {figure["code"]: figure for figure in building.figures(report.cycle, until=report.cut_off)}
    found = []
    for old in frozen["figures"]:
        new = now[old["code"]]
        words = {"figure": _said(old["label"]), "old": old["value"], "new": new["value"]}
        if new["value"] != old["value"]:
            found.append(_("%(figure)s: frozen %(old)s, today %(new)s.") % words)
        elif new["rows_sha256"] != old["rows_sha256"]:
            found.append(_("%(figure)s: still %(old)s, but of other rows than those that were frozen.") % words)
        if new["target"] != old["target"]:
            words = {**words, "old": old["target"], "new": new["target"]}
            found.append(_("%(figure)s: the target was %(old)s, today it is %(new)s.") % words)
    return found


def _tables(report: Report, frozen: dict) -> list[str]:
    again = [*tables(report.cycle, until=report.cut_off), *evidence(report.cycle, until=report.cut_off)]
    now = {table["code"]: table for table in again}
    found = []
    for old in frozen["tables"]:
        compared = _compared(old["code"])
        if not compared or old["code"] not in now:
            continue
        if _cells(old, compared) != _cells(now[old["code"]], compared):
            found.append(_("Table “%(table)s” gives other numbers today.") % {"table": _said(old["title"])})
    return found


def _compared(code: str) -> list[int]:
    """Of the attendance files webinar, rows and digits; addresses of recordings are among the rows of the figures."""
    return FILE_COLUMNS if code == "files" else holding_columns(code)


def _cells(table: dict, compared: list[int]) -> list[str]:
    """The cells that hold, row by row, in an order that no name decides."""
    return sorted(json.dumps([row[n] for n in compared]) for row in table["rows"])


def _said(text) -> str:
    return said(text, translation.get_language() or settings.LANGUAGE_CODE)
