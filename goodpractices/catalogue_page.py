"""What the page of the catalogue shows of what was found, made ready for its template."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import get_language

from goodpractices.addresses import Asked
from goodpractices.catalogue import Found
from goodpractices.facets import BY_PARAMETER, FACETS, Facet, words_of
from goodpractices.models import Practice
from goodpractices.search import entries_of
from network_portal.common.search import Query, marked
from network_portal.search.kinds import passage_of
from network_portal.search.models import Entry

SHOWN_AT_ONCE = 7  # values of a facet; the others are folded away
READ = (
    "slug", "title", "summary", "language", "evidence", "starts_on", "ends_on", "is_running",
    "municipality__name", "municipality__has_namesake", "municipality__district", "municipality__code",
)  # fmt: skip


class Option(NamedTuple):
    """A value of a facet as it is offered."""

    code: str
    label: str
    count: int
    is_chosen: bool
    note: str = ""


@dataclass(frozen=True)
class Offered:
    """A facet with the values worth choosing: those with practices, and those that are chosen."""

    facet: Facet
    options: list[Option]
    chosen: int

    @property
    def first(self) -> list[Option]:
        return self.options if len(self.options) <= SHOWN_AT_ONCE + 2 else self.options[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> list[Option]:
        return self.options[len(self.first) :]


def offered_facets(found: Found, towns: dict[str, str]) -> list[Offered]:
    """The facets that narrow something, and those that were chosen; ``towns`` are the person's own, by their band."""
    offered = (_offered(facet, found, towns if facet.parameter == "residents" else {}) for facet in FACETS)
    return [one for one in offered if one.chosen or _narrows(one, found.beside(one.facet.parameter).bit_count())]


def _offered(facet: Facet, found: Found, notes: dict[str, str]) -> Offered:
    counts, chosen = found.counts(facet.parameter), found.asked.chosen.get(facet.parameter, ())
    words = words_of(facet, {*counts, *chosen}, found.index.terms)
    options = [
        Option(code, capfirst(label), counts.get(code, 0), code in chosen, notes.get(code, "")) for code, label in words.items()
    ]
    if facet.by_count:
        options.sort(key=lambda option: (not option.is_chosen, -option.count))
    return Offered(facet, options, len(chosen))


def _narrows(offered: Offered, among: int) -> bool:
    return any(option.count < among for option in offered.options)


class Chip(NamedTuple):
    """A value that is chosen, by its name, and the address without it."""

    name: str
    without: Asked


def chips(found: Found) -> list[Chip]:
    return [
        Chip(f"{facet.name or facet.title}: {label}", found.asked.without(facet.parameter, code))
        for facet, codes in ((BY_PARAMETER[parameter], codes) for parameter, codes in found.asked.chosen.items())
        for code, label in words_of(facet, codes, found.index.terms).items()
    ]


class WayOut(NamedTuple):
    """A facet that was chosen, and what would be found without it."""

    title: str
    count: int
    without: Asked


def ways_out(found: Found) -> list[WayOut]:
    """What to take away where nothing was found: the facets of which one alone is in the way."""
    facets = ((BY_PARAMETER[name], count) for name, count in found.loosened())
    return [WayOut(facet.name or facet.title, count, found.asked.without(facet.parameter)) for facet, count in facets]


class Row(NamedTuple):
    """A practice in the list. In ``title`` and ``text`` the words that were searched for are marked."""

    url: str
    language: str
    title: str
    text: str
    town: str
    themes: list[str]
    evidence: int
    cost: str
    practice: Practice  # for its period, where no cost is known

    @property
    def more_themes(self) -> int:
        return len(self.themes) - 1


def rows_of(pks: list[int], found: Found) -> list[Row]:
    """The practices of a page in the order of ``pks``; one query, two when words were searched for."""
    listed = Practice.objects.listed().select_related("municipality").only(*READ).in_bulk(pks)
    entries = entries_of(pks) if found.asked.query else {}
    themes, costs = _Labels(found, "theme"), _Labels(found, "cost")
    return [_row(listed[pk], found.asked.query, entries.get(pk), themes.of(pk), costs.of(pk)) for pk in pks if pk in listed]


def _row(practice: Practice, query: Query, entry: Entry | None, themes: list[str], costs: list[str]) -> Row:
    language = get_language()
    return Row(
        url=practice.get_absolute_url(),
        language=practice.language,
        title=marked(entry.title, query, entry.language) if entry else practice.title,
        text=passage_of(entry, query) if entry else practice.summary,
        town=practice.municipality.label,
        themes=[marked(label, query, language) for label in themes] if query else themes,
        evidence=practice.evidence,
        cost="".join(costs),
        practice=practice,
    )


class _Labels:
    """The labels of a facet for many practices, those first that were asked for."""

    def __init__(self, found: Found, parameter: str):
        self.index, self.parameter = found.index, parameter
        words = words_of(BY_PARAMETER[parameter], found.index.values[parameter], found.index.terms)
        chosen = found.asked.chosen.get(parameter, ())
        self.words = {code: words[code] for code in sorted(words, key=lambda code: code not in chosen)}

    def of(self, pk: int) -> list[str]:
        codes = self.index.codes_of(pk, self.parameter)
        return [label for code, label in self.words.items() if code in codes]
