"""Tables of participations by role: over the cycle, and webinar by webinar."""

from collections import Counter

from django.utils.translation import gettext as _

from network_portal.common.text import fold
from webinars.stats import row_ids
from webinars.stats.counting import Counts
from webinars.stats.tables import CountRow, Table, WebinarRoles, count_columns, per_cent


def in_all(counts: Counts) -> Table:
    whole = counts.figures.participations
    rows = [CountRow(counts.roles[code].label, n, per_cent(n, whole), code) for code, n in _sums(counts).items()]
    return Table(
        key="roles",
        title=_("Roles"),
        definition=_("Participations by the role that each person gave when registering."),
        columns=count_columns(_("Role")),
        rows=tuple(sorted(rows, key=lambda row: (-row.count, fold(row.label)))),
        ids=lambda: row_ids.attendance(counts.held),
    )


def by_webinar(counts: Counts) -> Table:
    """One column for each role, the most frequent first."""
    sums = _sums(counts)
    codes = sorted(sums, key=lambda code: (-sums[code], fold(counts.roles[code].label)))
    came = {webinar for webinar, _code in counts.participations}
    rows = (
        WebinarRoles(webinar, {code: counts.participations.get((webinar.pk, code), 0) for code in codes})
        for webinar in counts.webinars
        if webinar.pk in came
    )
    return Table(
        key="roles_by_webinar",
        title=_("Roles by webinar"),
        definition=_("Participations in each webinar by the role that each person gave when registering."),
        columns=(
            (_("Number"), lambda row: row.webinar.number),
            (_("Webinar"), lambda row: row.webinar.title),
            *((counts.roles[code].label, lambda row, code=code: row.counts[code]) for code in codes),
        ),
        rows=tuple(rows),
        ids=lambda: row_ids.attendance(counts.held),
    )


def _sums(counts: Counts) -> Counter:
    sums: Counter = Counter()
    for (_webinar, code), n in counts.participations.items():
        sums[code] += n
    return sums
