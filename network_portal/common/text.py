"""Text as people type it: folding for search, cleaning of what is invisible."""

import re
import unicodedata

INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def fold(text: str) -> str:
    """``text`` in lower case without accents, punctuation as single spaces: what two spellings share."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


def clean_line(text: str) -> str:
    """One line of typed text: invisible and control characters dropped, runs of space made one, ends trimmed."""
    return " ".join(CONTROL.sub(" ", INVISIBLE.sub("", text)).split())
