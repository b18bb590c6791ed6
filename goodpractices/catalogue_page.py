"""What the page of the catalogue shows of what was found, made ready for its template."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypedDict

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext

from goodpractices.addresses import Asked
from goodpractices.catalogue import Found
from goodpractices.facets import BY_PARAMETER, FACETS, Facet, words_of
from goodpractices.models import Practice
from goodpractices.search import entries_of
from network_portal.common.search import Query, marked
from network_portal.common.templatetags.portal import thousands
from network_portal.search.kinds import passage_of
from network_portal.search.models import Entry

SHOWN_AT_ONCE = 7  # values of a facet; the others are folded away
READ = (
    "slug", "title", "summary", "language", "evidence", "starts_on", "ends_on", "is_running",
    "municipality__name", "municipality__has_namesake", "municipality__district", "municipality__code",
)  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """A facet with the values worth choosing: those with practices, and those that are chosen."""

    name: str
    title: str
    is_main: bool
    is_chosen: bool
    first: SafeString
    rest: SafeString  # folded away
    folded: int  # how many are in ``rest``


def offered_facets(found: Found, notes: dict[str, str]) -> list[Offered]:
    """The facets that narrow something, and those that were chosen; ``notes`` stand beside bands of residents."""
    offered = (_offered(facet, found, notes if facet.parameter == "residents" else {}) for facet in FACETS)
    return [one for one in offered if one]


def _offered(facet: Facet, found: Found, notes: dict[str, str]) -> Offered | None:
    counts, chosen = found.counts(facet.parameter), found.asked.chosen.get(facet.parameter, ())
    if not chosen and all(count == found.total for count in counts.values()):
        return None
    words = words_of(facet, {*counts, *chosen}, found.index.terms)
    codes = sorted(words, key=lambda code: (code not in chosen, -counts.get(code, 0))) if facet.by_count else list(words)
    options = [
        _frame(facet.parameter, code, words[code], notes.get(code, ""))
        % (" checked" if code in chosen else "", thousands(counts.get(code, 0)))
        for code in codes
    ]
    shown = len(options) if len(options) <= SHOWN_AT_ONCE + 2 else SHOWN_AT_ONCE
    first, rest = options[:shown], options[shown:]
    parts = (SafeString("\n".join(part)) for part in (first, rest))
    return Offered(facet.parameter, str(facet.title), facet.is_main, bool(chosen), *parts, len(rest))


@lru_cache(maxsize=4096)
def _frame(name: str, code: str, label: str, note: str) -> str:
    """A value of a facet as HTML, but for two places: whether it is chosen, and its count.

    Not in the template: a page has a hundred and fifty of them, whose variables would take half of its time.
    """
    small = format_html(" <small>{}</small>", note) if note else ""
    known = format_html(OPTION, name=name, code=code, label=capfirst(label), note=small)
    return known.replace("%", "%%").replace("\0", "%s")


OPTION = (
    '<label class="option facet__option"><input type="checkbox" name="{name}" value="{code}" form="catalogue"\0>'
    '<span>{label}{note}</span><span class="facet__count">\0</span></label>'
)


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


class Row(TypedDict):
    """A practice in the list. In ``title``, ``text`` and ``theme`` the words that were searched for are marked."""

    url: str
    language: str
    title: str
    text: str
    town: str
    theme: str
    more_themes: str
    evidence: int
    cost: str
    practice: Practice  # for its period, where no cost is known


def rows_of(pks: list[int], found: Found) -> list[Row]:
    """The practices of a page in the order of ``pks``; one query, two when words were searched for."""
    listed = Practice.objects.listed().select_related("municipality").only(*READ).in_bulk(pks)
    entries = entries_of(pks) if found.asked.query else {}
    themes, costs = _Labels(found, "theme"), _Labels(found, "cost")
    return [_row(listed[pk], found.asked.query, entries.get(pk), themes.of(pk), costs.of(pk)) for pk in pks if pk in listed]


def _row(practice: Practice, query: Query, entry: Entry | None, themes: list[str], costs: list[str]) -> Row:
    theme = themes[0] if themes else ""
    return Row(
        url=practice.get_absolute_url(),
        language=practice.language,
        title=marked(entry.title, query, entry.language) if entry else practice.title,
        text=passage_of(entry, query) if entry else practice.summary,
        town=practice.municipality.label,
        theme=marked(theme, query, get_language()) if query else theme,
        more_themes=_more(len(themes) - 1),
        evidence=practice.evidence,
        cost="".join(costs),
        practice=practice,
    )


def _more(n: int) -> str:
    """How many themes are left out, in words."""
    return ngettext("and %(n)s more", "and %(n)s more", n) % {"n": n} if n > 0 else ""


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
