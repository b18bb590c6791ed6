"""What a cycle means for one municipality, for its focal points: small numbers are withheld for them too.

They see by name which of their own people came; what they hand on in a table is as careful as what everybody sees.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from municipalities.models import Municipality
from network_portal.common.text import fold
from network_portal.vocabularies import reading
from webinars.models import AttendanceFact, Cycle, Webinar
from webinars.stats.figures import held_by
from webinars.stats.small_numbers import is_small, to_withhold
from webinars.stats.tables import CountRow, Table, count_columns, per_cent


@dataclass(frozen=True)
class TownTables:
    """``participations`` is None when they are too few to be said; rows of ``webinars`` have None for what is withheld."""

    participations: int | None
    webinars: Table  # of (Webinar, number)
    roles: Table  # of CountRow

    @property
    def is_whole(self) -> bool:
        """Whether nothing is withheld."""
        return self.participations is not None and all(n is not None for _webinar, n in self.webinars.rows)


def town_tables(cycle: Cycle, town: Municipality, *, exact: bool) -> TownTables:
    """Participations from ``town`` in the webinars of ``cycle`` that were held; three queries."""
    held = held_by(cycle)
    rows = list(held.rows(AttendanceFact).filter(municipality=town).values_list("webinar", "role", "count"))
    webinars = list(held.webinars().order_by("starts_at", "pk"))
    came, roles = Counter(), Counter()
    for webinar, role, n in rows:
        came[webinar] += n
        roles[role] += n
    whole = sum(came.values())
    return TownTables(
        participations=whole if exact or not is_small(whole) else None,
        webinars=_webinars(webinars, came if exact else _open(came)),
        roles=_roles(roles if exact else _open(roles), whole),
    )


def _open(counts: Counter) -> dict[int, int]:
    """Those that may stand beside their total."""
    keys = [key for key in counts if counts[key]]
    hidden = to_withhold([counts[key] for key in keys])
    return {key: counts[key] for place, key in enumerate(keys) if place not in hidden}


def _webinars(webinars: list[Webinar], shown: dict[int, int]) -> Table:
    return Table(
        key="webinars",
        title=_("Participations by webinar"),
        definition=_("Attendances from this municipality by the cycle's rule, at each webinar that was held."),
        columns=(
            (_("Number"), lambda row: row[0].number),
            (_("Webinar"), lambda row: row[0].title),
            (_("Day"), lambda row: row[0].starts_local.date()),
            (_("Participations"), lambda row: row[1]),
        ),
        rows=tuple((webinar, shown.get(webinar.pk)) for webinar in webinars),
    )


def _roles(shown: dict[int, int], whole: int) -> Table:
    terms = reading.current()
    rows = [CountRow(terms.by_pk[role].label, n, per_cent(n, whole), terms.by_pk[role].code) for role, n in shown.items()]
    return Table(
        key="roles",
        title=_("Roles"),
        definition=_("Participations by the role that each person gave when registering."),
        columns=count_columns(_("Role")),
        rows=tuple(sorted(rows, key=lambda row: (-row.count, fold(row.label)))),
    )
