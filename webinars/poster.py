"""The picture of a webinar, made of its data: five "=" of the cycle, the webinar's own in orange, its number, title and day.

The same geometry gives the SVG of a page (fill by the tokens of the style sheet) and the PNG that other sites show.
"""

import io
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from PIL import Image, ImageDraw

from network_portal.common.lettering import fit, width_of, write
from network_portal.common.templatetags.portal import date_in_words
from webinars.models import Webinar

WIDTH, HEIGHT = 800, 450  # of the SVG's own units
SCALE = 1.6  # to the PNG of 1280 × 720
MARGIN, GAP, BAR = 40, 10, 52
NUMBER_X = MARGIN - 10  # digits have room of their own at the left
TITLE_BOTTOM, DAY_BOTTOM, NUMBER_BOTTOM = 360, 409, 410
SIZES = [(68, 1), (52, 2), (42, 3), (34, 4)]  # of the title: font size, lines at most
NUMBER_SIZE, DAY_SIZE = 250, 31
COLOURS = {"panel": "#2b1163", "done": "#ffffff", "now": "#ff8f4a", "open": "#9b86dd", "soft": "#cfc4f0"}  # tokens.css, light
NBSP = "\u00a0"


@dataclass(frozen=True)
class Bar:
    """One "=" of the row: where it begins, how wide it is, and whether it is done, now or still open."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class Line:
    """A line of the title, where it stands, and how wide it is: whatever font a device has, it keeps to that."""

    y: float
    text: str
    width: float


@dataclass(frozen=True)
class Poster:
    """Everything that is drawn, in units of 800 × 450."""

    number: str
    number_size: int
    number_width: float
    bars: tuple[Bar, ...]
    title_x: float
    title_size: int
    lines: tuple[Line, ...]
    day: str


def poster_of(webinar: Webinar) -> Poster:
    """The poster of ``webinar``, its day in the active language. Needs the cycle."""
    day = date_in_words(webinar.starts_local).replace(NBSP, " ")
    return _poster(webinar.number, webinar.cycle.target_webinars, webinar.title, day)


@lru_cache(maxsize=512)
def _poster(number: int, target: int, title: str, day: str) -> Poster:
    text = str(number)
    number_size = NUMBER_SIZE if len(text) < 3 else 150
    number_width = width_of(text, number_size) - number_size * 0.03 * len(text)
    title_x = NUMBER_X + number_width + 28
    size, lines = fit(title, WIDTH - MARGIN - title_x, SIZES)
    first = TITLE_BOTTOM - (len(lines) - 1) * size * 1.08
    placed = tuple(Line(round(first + n * size * 1.08, 1), line, round(width_of(line, size), 1)) for n, line in enumerate(lines))
    bars = _bars(number, max(target, number))
    return Poster(text, number_size, round(number_width, 1), bars, round(title_x, 1), size, placed, day)


def _bars(number: int, total: int) -> tuple[Bar, ...]:
    gap = GAP if total <= 12 else 4
    width = (WIDTH - 2 * MARGIN - gap * (total - 1)) / total
    kinds = ["done"] * (number - 1) + ["now"] + ["open"] * (total - number)
    return tuple(Bar(round(MARGIN + n * (width + gap), 1), round(max(width, 1), 1), kind) for n, kind in enumerate(kinds))


def png_of(webinar: Webinar) -> bytes:
    """The poster as PNG of 1280 × 720, in the language of the webinar. Needs the cycle."""
    known = dict(settings.LANGUAGES)
    with translation.override(webinar.language if webinar.language in known else settings.LANGUAGE_CODE):
        return _png(poster_of(webinar))


def _png(poster: Poster) -> bytes:
    image = Image.new("RGB", (int(WIDTH * SCALE), int(HEIGHT * SCALE)), COLOURS["panel"])
    draw = ImageDraw.Draw(image)
    for bar in poster.bars:
        for top in (MARGIN, MARGIN + 76):
            box = [bar.x * SCALE, top * SCALE, (bar.x + bar.width) * SCALE - 1, (top + BAR) * SCALE - 1]
            filled = None if bar.kind == "open" else COLOURS[bar.kind]
            draw.rectangle(box, fill=filled, outline=COLOURS[bar.kind], width=5 if bar.kind == "open" else 0)
    done, soft = COLOURS["done"], COLOURS["soft"]
    write(draw, poster.number, (NUMBER_X, NUMBER_BOTTOM), poster.number_size, done, scale=SCALE, tracking=-0.03)
    for line in poster.lines:
        write(draw, line.text, (poster.title_x, line.y), poster.title_size, done, scale=SCALE, tracking=-0.02)
    write(draw, poster.day, (poster.title_x + 2, DAY_BOTTOM), DAY_SIZE, soft, scale=SCALE, bold=False)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
