"""What the catalogue can be narrowed to: each facet with its values, and which of them a practice has."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from goodpractices.models import Practice
from municipalities.nuts import NAMES
from network_portal.vocabularies.reading import Vocabularies

HOURS = (0, 1, 11, 41, 161)  # the least of each band of staff hours a month
NUMBER = re.compile(r"[0-9]{1,9}")
LANGUAGES = {
    "pt": "Português", "gl": "Galego", "ca": "Català", "es": "Español", "it": "Italiano", "en": "English", "fr": "Français",
}  # fmt: skip


@dataclass(frozen=True)
class Facet:
    """``parameter`` names it in the address. Its values are the terms of ``vocabulary``, else ``words`` says them.

    ``is_main``: shown open; ``by_count``: the fullest value first, else in the order of the vocabulary or of the codes.
    """

    parameter: str
    title: Promise
    vocabulary: str = ""
    words: Callable[[str], str] = str
    is_main: bool = False
    by_count: bool = False
    backwards: bool = False
    name: Promise | str = ""  # beside a value that is chosen, where the title would not do


def hours_code(hours: int) -> str:
    """The code of the band that ``hours`` are in: "0", "11-40", "161-" (open above)."""
    for least, above in pairwise(HOURS):
        if hours < above:
            return str(least) if above == least + 1 else f"{least}-{above - 1}"
    return f"{HOURS[-1]}-"


def hours_words(code: str) -> str:
    words = {
        "0": _("none"), "1-10": _("up to 10"), "11-40": _("11 to 40"), "41-160": _("41 to 160"), "161-": _("more than 160"),
    }  # fmt: skip
    return words.get(code, code)


def evidence_words(code: str) -> str:
    levels = {f"E{level}": str(label) for level, label in Practice.Evidence.choices}
    return levels.get(code, code)


def running_words(code: str) -> str:
    return {"yes": _("still running"), "no": _("ended")}.get(code, code)


def video_words(code: str) -> str:
    return {"yes": _("with a video")}.get(code, code)


FACETS = (
    Facet("theme", gettext_lazy("Theme"), "theme", is_main=True, by_count=True),
    Facet("residents", gettext_lazy("Municipalities like mine"), "population_band", is_main=True, name=gettext_lazy("Residents")),
    Facet("evidence", pgettext_lazy("of a practice", "Evidence"), words=evidence_words, is_main=True),
    Facet("cost", gettext_lazy("Cost"), "cost_band", is_main=True),
    Facet("group", gettext_lazy("For whom"), "target_group", by_count=True),
    Facet("axis", gettext_lazy("Axis of inequality"), "axis", by_count=True),
    Facet("type", gettext_lazy("Type of practice"), "practice_type", by_count=True),
    Facet("area", gettext_lazy("Area"), "area", by_count=True),
    Facet("district", gettext_lazy("District"), by_count=True),
    Facet("region", gettext_lazy("Region"), words=lambda code: NAMES.get(code, code), by_count=True),
    Facet("hours", gettext_lazy("Staff hours a month"), words=hours_words),
    Facet("year", gettext_lazy("Year in which it began"), backwards=True),
    Facet("running", gettext_lazy("Still running"), words=running_words, backwards=True),
    Facet("language", gettext_lazy("Language of the text"), words=lambda code: LANGUAGES.get(code, code), by_count=True),
    Facet("video", gettext_lazy("Video"), words=video_words),
)
BY_PARAMETER = {facet.parameter: facet for facet in FACETS}
OF_VOCABULARY = {facet.vocabulary: facet.parameter for facet in FACETS if facet.vocabulary}


def words_of(facet: Facet, codes: Iterable[str], terms: Vocabularies) -> dict[str, str]:
    """Each of ``codes`` in the language of the page, in the order in which they are shown. Codes that nobody knows are
    themselves."""
    codes = set(codes)
    if facet.vocabulary:
        known = {term.code: term.label for term in terms.of(facet.vocabulary, with_retired=True) if term.code in codes}
        return known | {code: code for code in sorted(codes - known.keys())}
    return {code: facet.words(code) for code in sorted(codes, key=_in_order, reverse=facet.backwards)}


def _in_order(code: str) -> tuple[int, str]:
    """Bands and years by their first number, then words."""
    number = NUMBER.match(code)
    return (int(number[0]) if number else 0, code)
