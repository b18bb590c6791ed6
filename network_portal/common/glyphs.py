"""Which characters the document fonts can draw, read from the fonts themselves; what they cannot is written another way."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

from network_portal.common.text import CONTROL, INVISIBLE

FONTS = Path(__file__).parent / "fonts"
MISSING = "\u25a1"  # an empty square


def unwritable(text: str) -> str:
    """The characters of ``text`` that no font of ours can draw in any way, each once, in order."""
    return "".join(dict.fromkeys(c for c in text if not c.isspace() and MISSING in writable(c) and c != MISSING))


def writable(text: str) -> str:
    """``text`` as the fonts can draw it: without invisible and control characters (line breaks stay), accents composed,
    a compatibility form where there is one, else an empty square."""
    cleaned = CONTROL.sub(" ", INVISIBLE.sub("", text.replace("\x00", "")))
    composed = unicodedata.normalize("NFC", cleaned)
    known = drawn()
    return composed if known.issuperset(composed) else "".join(c if c in known else _other_form(c, known) for c in composed)


def _other_form(character: str, known: frozenset[str]) -> str:
    form = unicodedata.normalize("NFKC", character)
    if form != character and known.issuperset(form):
        return form
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cs"):
        return ""
    return MISSING


@cache
def drawn() -> frozenset[str]:
    """Every character that both the regular and the bold font have, and the white space that needs none."""
    fonts = [_characters(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*fonts) | frozenset("\n\t\u2028\u2029")


def _characters(font: bytes) -> frozenset[str]:
    """What the Unicode table of a TrueType font maps to a glyph (table cmap, format 4: OpenType 1.9)."""
    tables = struct.unpack(">H", font[4:6])[0]
    records = (struct.unpack(">4sIII", font[12 + 16 * n : 28 + 16 * n]) for n in range(tables))
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    subtables = struct.unpack(">H", font[start + 2 : start + 4])[0]
    for n in range(subtables):
        offset = start + struct.unpack(">HHI", font[start + 4 + 8 * n : start + 12 + 8 * n])[2]
        if struct.unpack(">H", font[offset : offset + 2])[0] == 4:
            return frozenset(chr(code) for code in _segments(font, offset))
    raise ValueError("a font without a Unicode table of format 4")


def _segments(font: bytes, offset: int):
    """The code points of a format 4 table that have a glyph."""
    double = struct.unpack(">H", font[offset + 6 : offset + 8])[0]
    ends, starts, deltas, ranges = (offset + 14, offset + 16 + double, offset + 16 + 2 * double, offset + 16 + 3 * double)
    for n in range(0, double, 2):
        end, first, delta, shift = (struct.unpack(">H", font[at + n : at + n + 2])[0] for at in (ends, starts, deltas, ranges))
        for code in range(first, end + 1):
            glyph = code
            if shift:
                at = ranges + n + shift + 2 * (code - first)
                glyph = struct.unpack(">H", font[at : at + 2])[0]
            if glyph and (glyph + delta) & 0xFFFF and not 0xD800 <= code <= 0xDFFF and code != 0xFFFF:
                yield code
