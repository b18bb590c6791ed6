"""The words that the records are made of: own vocabulary by language and theme, frames of sentences, and a rare tail."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("pt", "ca", "gl", "it", "es")
HERE = Path(__file__).parent
# lists of Debian (wportuguese, wcatalan, wgalician-minimos, witalian, wspanish), read where they are installed, never copied
LISTS = {"pt": "portuguese", "ca": "catalan", "gl": "galician-minimos", "it": "italian", "es": "spanish"}
SYLLABLES = [c + v for c in "bcdfglmnprstvz" for v in "aeiou"]
ENDINGS = {"pt": "eiro", "ca": "aire", "gl": "eiro", "it": "aio", "es": "ero"}
THEMES = (
    "education", "health", "labour-market", "family-sharing", "participation", "gbv",
    "lgbti", "migration", "gender-budget", "planning", "communication", "mainstreaming",
)  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """One language: ``nouns`` by theme, other words by kind, frames of sentences and of titles."""

    nouns: dict[str, list[str]]
    words: dict[str, list[str]]
    sentences: list[str]
    titles: list[str]


@cache
def vocabulary(language: str) -> Vocabulary:
    """The vocabulary written for ``language``."""
    lists, frames = {}, {"template": [], "title": []}
    for line in (HERE / "words" / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        kind, _colon, rest = line.partition(": ")
        if kind in frames:
            frames[kind].append(rest)
        else:
            lists[kind] = rest.split(" | ")
    nouns = {theme: lists.pop(theme) for theme in THEMES}
    return Vocabulary(nouns, lists, frames["template"], frames["title"])


@cache
def _dictionary(language: str) -> list[str]:
    path = Path("/usr/share/dict") / LISTS[language]
    if not path.exists():
        return []
    return [word for word in path.read_text(encoding="utf-8", errors="ignore").split() if word.isalpha() and 5 <= len(word) <= 14]


def rare(draw: random.Random, language: str) -> str:
    """A word that hardly any other record has: of Debian's list of the language, else made of syllables."""
    if found := _dictionary(language):
        return found[draw.randrange(len(found))]
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.choice([2, 3, 3]))) + ENDINGS[language]
