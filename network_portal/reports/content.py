"""What a frozen report is made of: plain JSON with its texts in every language, in one way of writing, with its hash.

``{"format", "portal", "report", "cycle", "partners", "text", "figures": [Figure], "tables": [Table], "charts"}``

- Figure: ``code``, ``label``, ``definition``, ``value``, ``target`` (or null), ``rows`` (how many), ``rows_sha256``.
- Table: ``code``, ``title``, ``definition``, ``columns`` (each ``code``, ``label``, ``kind``), ``rows`` (lists of cells),
  ``withheld`` (why there are none, or null).

A text is a string, or ``{"pt": …, "en": …}`` where it differs. ``kind`` is ``text``, ``number``, ``percent``, ``day``
(``2024-03-07``) or ``moment`` (``2024-03-07T10:00+00:00``); an empty cell is null.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256

from django.conf import settings
from django.utils import translation

FORMAT = 1
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def canonical(content: dict) -> str:
    """``content`` in the one way of writing it that is hashed and stored."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def digest_of_rows(ids: Iterable) -> str:
    """SHA-256 of the sorted ids, one a line: the same rows give the same digits in whatever order they come."""
    return digest("\n".join(sorted(map(str, ids))))


def in_each_language(write: Callable[[], str]) -> dict | str:
    """What ``write`` says with each language active; one string where it is the same in all."""
    said_in = {}
    for code in LANGUAGES:
        with translation.override(code):
            said_in[code] = str(write())
    return said_in[LANGUAGES[0]] if len(set(said_in.values())) == 1 else said_in


def said(value, language: str):
    """A text in ``language``, else in the network's first one; anything else as it is."""
    if isinstance(value, dict):
        return value.get(language) or value.get(LANGUAGES[0]) or ""
    return value


def in_language(content, language: str):
    """All of ``content`` with every text in one language; ``text`` (what the coordination wrote) too."""
    if isinstance(content, dict):
        if content and set(content) <= set(LANGUAGES):
            return said(content, language)
        return {key: in_language(value, language) for key, value in content.items()}
    if isinstance(content, list):
        return [in_language(value, language) for value in content]
    return content
