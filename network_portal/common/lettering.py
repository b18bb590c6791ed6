"""Words on pictures: in the document fonts, as large as they fit, broken so that no word stands alone under a full line."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
Sizes = list[tuple[int, int]]  # of a title: font size, lines at most; the largest first


def fit(title: str, room: float, sizes: Sizes) -> tuple[int, list[str]]:
    """The largest size at which the title fits into its lines of ``room``; the last size cuts what is too long."""
    for size, most in sizes:
        lines = _wrapped(title.split(), size, room)
        if len(lines) <= most and all(width_of(line, size) <= room for line in lines):
            return size, _balanced(title.split(), size, room, len(lines))
    lines = [_cut(line, size, room) for line in lines[:most]]
    return size, [*lines[:-1], _cut(f"{lines[-1]}…", size, room)]


def width_of(text: str, size: int) -> float:
    """In units, a little less than set: titles are tracked tighter."""
    return font_of(size).getlength(text) * 0.985


def write(
    draw, text: str, at: tuple[float, float], size: int, colour: str, *, scale: float, tracking: float = 0, bold: bool = True
) -> None:
    """Text on its base line; ``at`` and ``size`` in units of ``scale`` pixels, ``tracking`` in parts of the size."""
    font, x = font_of(int(size * scale), bold=bold), at[0] * scale
    for letter in text if tracking else [text]:
        draw.text((x, at[1] * scale), letter, font=font, fill=colour, anchor="ls")
        x += font.getlength(letter) + tracking * size * scale


@lru_cache(maxsize=16)
def font_of(size: int, *, bold: bool = True) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf", size)


def _balanced(words: list[str], size: int, room: float, count: int) -> list[str]:
    """The narrowest ``count`` lines."""
    best = _wrapped(words, size, room)
    while room > size:
        room -= size / 4
        lines = _wrapped(words, size, room)
        if len(lines) > count or any(width_of(line, size) > room for line in lines):
            break
        best = lines
    return best


def _wrapped(words: list[str], size: int, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _cut(line: str, size: int, room: float) -> str:
    if width_of(line, size) <= room:
        return line
    while line and width_of(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"
