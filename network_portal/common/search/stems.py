"""The keys of one word: what its spellings and forms have in common.

Neither stemming before folding nor after it is enough: "conciliações" and "conciliação" share a stem with accents, "violência"
and "violencia" only one without. So a word has both, its own letters, and the singular of its family of endings.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

LANGUAGES = ("pt", "gl", "ca", "es", "it", "en")
STEMMERS = {"pt": "portuguese", "ca": "catalan", "es": "spanish", "it": "italian", "en": "english"}  # none for Galician
# endings of folded words, the first that fits: plural → singular where neither stem joins the two
FAMILIES = {
    "pt": (("oes", "ao"), ("ais", "al"), ("eis", "el"), ("ois", "ol"), ("ns", "m"), ("res", "r"), ("zes", "z")),
    "gl": (("ns", "n"), ("ais", "al"), ("eis", "el"), ("ois", "ol"), ("les", "l"), ("res", "r"), ("ces", "z")),
    "ca": (("cions", "cio"), ("sions", "sio"), ("ques", "ca"), ("gues", "ga"), ("tats", "tat")),
    "es": (("ones", "on"), ("ales", "al"), ("ades", "ad"), ("les", "l"), ("res", "r"), ("nes", "n"), ("ces", "z")),
    "it": (("ioni", "ione"), ("chi", "co"), ("ghi", "go"), ("che", "ca"), ("ghe", "ga")),
    "en": (("ies", "y"), ("men", "man")),
}
LEAST = 3  # letters of the shortest stem: shorter ones join words that have nothing in common (mãe, mão)
POINTS = str.maketrans("", "", "·•‧.")  # between two l in Catalan, however typed


@lru_cache(maxsize=1 << 16)
def keys_of_word(word: str, language: str) -> frozenset[str]:
    """Every key of ``word`` as it is written in ``language``; a language that is not one of LANGUAGES only folds."""
    plain = unicodedata.normalize("NFKC", word.casefold()).translate(POINTS)
    spellings = {plain}
    if language == "ca" and "ll" in plain[1:]:  # col·laboració is also typed collaboració and colaboració
        spellings.add(plain[0] + plain[1:].replace("ll", "l"))
    return frozenset(key for spelling in spellings for key in _forms(spelling, language))


@lru_cache(maxsize=1 << 12)
def keys_in_any_language(word: str) -> frozenset[str]:
    """The keys of a word typed into a search: in which language is not known."""
    return frozenset().union(*(keys_of_word(word, language) for language in LANGUAGES))


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """Lower case without accents and without the point of l·l."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(POINTS)


def _forms(word: str, language: str) -> set[str]:
    folded = fold_word(word)
    stems = set(_families(folded, language))
    if language in STEMMERS:
        stemmer = _stemmer(language)
        stems |= {fold_word(stemmer.stemWord(word)), stemmer.stemWord(folded)}
    return {stem for stem in stems if len(stem) >= LEAST} | {folded} - {""}


def _families(folded: str, language: str) -> Iterator[str]:
    """The singular by the first ending that fits, and the word without its s: leis is lei, not *lel."""
    for ending, singular in FAMILIES.get(language, ()):
        if folded.endswith(ending):
            yield folded.removesuffix(ending) + singular
            break
    yield folded.removesuffix("s")


def _stemmer(language: str) -> Stemmer.Stemmer:
    """A new one each time: a stemmer must not be shared between threads, and results are cached here."""
    return Stemmer.Stemmer(STEMMERS[language], 0)
