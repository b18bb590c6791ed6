"""What an address of the catalogue asks for. The address holds the whole search: ``?q=horas&theme=care&cost=cost-none``."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from goodpractices.facets import FACETS
from network_portal.common.search import Query, read_query
from network_portal.common.text import clean_line

MOST_VALUES = 30  # of one facet that are read
LONGEST_VALUE = 80  # characters
NEWEST = "newest"  # of the parameter "sort"; without it the best come first when words are searched for


@dataclass(frozen=True)
class Asked:
    """``chosen`` has the values of each facet that was narrowed, known or not."""

    query: Query
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""

    @property
    def by_relevance(self) -> bool:
        return bool(self.query) and self.sort != NEWEST

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What the address holds, apart from the page."""
        pairs = [("q", self.query.text)] if self.query.text else []
        pairs += [(facet.parameter, code) for facet in FACETS for code in self.chosen.get(facet.parameter, ())]
        return pairs + ([("sort", self.sort)] if self.sort else [])

    def __str__(self):
        return urlencode(self.parameters)

    def without(self, parameter: str, code: str = "") -> "Asked":
        """The same without a value of a facet, or without the whole facet."""
        left = tuple(other for other in self.chosen.get(parameter, ()) if code and other != code)
        others = {key: codes for key, codes in self.chosen.items() if key != parameter}
        return replace(self, chosen=others | ({parameter: left} if left else {}))

    def having(self, parameter: str, code: str) -> "Asked":
        codes = dict.fromkeys((*self.chosen.get(parameter, ()), code))
        return replace(self, chosen=self.chosen | {parameter: tuple(codes)})

    def unfiltered(self) -> "Asked":
        return replace(self, chosen={})

    def sorted_by(self, sort: str) -> "Asked":
        return replace(self, sort=sort)


def read_address(given: QueryDict) -> Asked:
    """What ``given`` asks for; parameters that nobody knows are passed over. Never an error."""
    chosen = {facet.parameter: tuple(_values(given.getlist(facet.parameter))) for facet in FACETS}
    return Asked(
        query=read_query(given.get("q", "")),
        chosen={parameter: codes for parameter, codes in chosen.items() if codes},
        sort=NEWEST if given.get("sort") == NEWEST else "",
    )


def _values(typed: list[str]) -> Iterator[str]:
    cleaned = (clean_line(text[:LONGEST_VALUE].replace("\0", " ")) for text in typed[:MOST_VALUES])
    return iter(dict.fromkeys(filter(None, cleaned)))
