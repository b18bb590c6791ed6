"""150 searches, 30 a language, whose answers follow from the hidden slots of the records."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.corpus.noise import mistyped, unaccented
from bench.corpus.records import Record
from bench.corpus.words import LANGUAGES, THEMES, vocabulary
from network_portal.common.text import fold

# what the label of a theme in each language says first: how people search for a theme, in whatever language they read
SAID = {  # in the order of THEMES
    "pt": "educação | saúde | mercado de trabalho | conciliação | participação | violência de género | "
    "pessoas LGBTI | mulheres migrantes | orçamentos | urbanismo | comunicação | transversalidade",
    "ca": "educació | salut | mercat de treball | conciliació | participació | violències masclistes | "
    "igualtat LGTBI | dones migrants | pressupostos | urbanisme | comunicació | transversalitat",
    "gl": "educación | saúde | mercado de traballo | conciliación | participación | violencia de xénero | "
    "igualdade LGTBI | mulleres migrantes | orzamentos | vivenda | comunicación | gobernanza",
    "it": "istruzione | salute | mercato del lavoro | conciliazione | partecipazione | violenza di genere | "
    "persone LGBTI | donne migranti | bilancio di genere | urbanistica | comunicazione | mainstreaming",
    "es": "educación | salud | mercado de trabajo | conciliación | participación | violencia de género | "
    "igualdad LGTBI | mujeres migrantes | presupuestos | urbanismo | comunicación | gobernanza",
}
ODD = ("", "a", "de a com", "x" * 300, "'; DROP TABLE practices; --", "(.*)+[", '"', "% _ \\")
Grade = Callable[[Record], int]


def said_of(language: str) -> dict[str, str]:
    """What people who read ``language`` type for a theme."""
    return dict(zip(THEMES, SAID[language].split(" | "), strict=True))


@dataclass(frozen=True)
class Search:
    """What is typed, and how well a record answers it: 2 wholly, 1 in part, 0 not. An odd one has no answer, only no error."""

    kind: str
    language: str
    typed: str
    grade: Grade | None = None


def searches(towns: list[str]) -> list[Search]:
    """The same 150 each time; ``towns`` as for the records."""
    return [search for language in LANGUAGES for search in _of_language(language, towns)]


def _of_language(language: str, towns: list[str]) -> Iterator[Search]:
    draw, said = random.Random(f"searches:{language}"), said_of(language)
    themes = draw.sample(THEMES, 11)
    for theme in themes[:6]:
        yield Search("theme", language, said[theme], _of_theme(theme))
    for place, theme in enumerate(themes[6:]):
        yield Search("theme and town", language, f"{said[theme]} {towns[place]}", _of_theme_and_town(theme, place))
    yield from _of_nouns(draw, language)
    yield from _of_audiences(draw, language)
    for typed in draw.sample(ODD, 4):
        yield Search("odd", language, typed)


def _of_nouns(draw: random.Random, language: str) -> Iterator[Search]:
    known, taken = vocabulary(language).nouns, {fold(said) for said in said_of(language).values()}  # those ask for a theme
    for kind, change in (("noun", str), ("noun", str), ("noun", str), ("no accents", unaccented), ("no accents", unaccented),
                         ("capitals", str.upper), ("typing error", None), ("typing error", None)):  # fmt: skip
        theme = THEMES[draw.randrange(6)]
        noun = draw.choice([noun for noun in known[theme][:12] if len(noun) > 6 and fold(noun) not in taken])
        typed = change(noun) if change else _mistyped(draw, noun)
        yield Search(kind, language, typed, _of_noun(noun))


def _mistyped(draw: random.Random, noun: str) -> str:
    words = noun.split(" ")
    longest = max(range(len(words)), key=lambda n: len(words[n]))
    words[longest] = mistyped(draw, words[longest])
    return " ".join(words)


def _of_audiences(draw: random.Random, language: str) -> Iterator[Search]:
    known = vocabulary(language)
    for audience in draw.sample(known.words["audiences"], 4):
        yield Search("audience", language, audience, _of_audience(audience))
    for _ in range(3):
        theme, audience = THEMES[draw.randrange(4)], draw.choice(known.words["audiences"])
        yield Search(
            "theme and audience", language, f"{said_of(language)[theme]} {audience}", _of_theme_and_audience(theme, audience)
        )


def _of_theme(theme: str) -> Grade:
    """Every record that was given the theme, in any language; in part nothing."""
    return lambda r: 2 if theme in (r.slots.theme, *r.slots.others) else 0


def _of_theme_and_town(theme: str, town: int) -> Grade:
    return lambda r: _of_theme(theme)(r) if r.slots.town == town else 0


def _of_noun(typed: str) -> Grade:
    """Who is about it; the word may be the same in other languages. In part who is about another thing of the same word."""
    words = set(fold(typed).split())

    def grade(r: Record) -> int:
        own = fold(vocabulary(r.language).nouns[r.slots.theme][r.slots.noun])
        return 2 if own == fold(typed) else int(words < set(own.split()))

    return grade


def _of_audience(typed: str) -> Grade:
    words = set(fold(typed).split())
    return lambda r: 2 if words <= set(fold(vocabulary(r.language).words["audiences"][r.slots.audience]).split()) else 0


def _of_theme_and_audience(theme: str, audience: str) -> Grade:
    return lambda r: _of_theme(theme)(r) if _of_audience(audience)(r) else 0
