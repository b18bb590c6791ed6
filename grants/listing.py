"""The list of calls as it is asked for. One query tells whether what a process has kept of it still holds."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from grants.filters import CallFilter
from grants.models import Call

PAGE = 20
ASKED = ("kind", "theme", "who", "territory", "page")


def hour_of(now: datetime) -> str:
    """Which hour it is: what is kept of a page speaks of days, and in every zone those begin on the hour."""
    return f"{now:%Y%m%d%H}"


class Listing:
    """One page of the calls that a visitor asks for; everything but its key is read when it is first shown."""

    def __init__(self, given: Mapping[str, str], *, now: datetime):
        self.now = now
        self.asked = {name: given.get(name, "") for name in ASKED}

    @cached_property
    def key(self) -> str:
        """What changes when this page does: a call, the next opening or closing, a theme, the hour, or what is asked for."""
        return repr((Call.objects.pulse(now=self.now), hour_of(self.now), self.asked))

    @cached_property
    def filter(self) -> CallFilter:
        return CallFilter(self.asked, Call.objects.public())

    @cached_property
    def is_filtered(self) -> bool:
        return bool(self.filter.data)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of what was found are open, coming, closed and ended."""
        return self.filter.qs.count_phases(now=self.now)

    @cached_property
    def page(self) -> Page:
        paginator = Paginator(self.filter.qs.open_first(now=self.now).without_texts().with_kinds(), PAGE)
        paginator.count = sum(self.counts.values())  # known already
        return paginator.get_page(self.asked["page"])

    @cached_property
    def groups(self) -> list[tuple[str, int, list[Call]]]:
        """The calls of this page under their headings, each with how many there are on all pages."""
        return [(phase, self.counts[phase], list(calls)) for phase, calls in groupby(self.page, self._section)]

    @cached_property
    def query(self) -> str:
        """The filters that hold, as an address has them."""
        return urlencode(self.filter.data)

    def _section(self, call: Call) -> str:
        phase = call.phase_at(self.now)
        return phase if phase in ("open", "coming", "closed") else "ended"
