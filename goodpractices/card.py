"""The picture that other sites show beside a link to a practice: its title, its town, and how well it is proven."""

import io
from functools import lru_cache

from django.conf import settings
from PIL import Image, ImageDraw

from goodpractices.models import Practice
from network_portal.common.lettering import fit, write

WIDTH, HEIGHT, SCALE = 800, 420, 1.5  # 1200 × 630 pixels, as Open Graph asks for
MARGIN = 48
SIZES = [(76, 2), (62, 3), (50, 3), (42, 4)]  # of the title: font size, lines at most
PAPER, INK, INK_2, VIOLET, NOW = "#f3f4f8", "#15102a", "#534d6a", "#4a1fb8", "#e04e0a"  # tokens.css, light


def card_of(practice: Practice) -> bytes:
    """PNG of 1200 × 630. Needs the municipality."""
    return _card(practice.title, practice.municipality.label, practice.evidence, settings.NETWORK_SHORT_NAME)


@lru_cache(maxsize=64)
def _card(title: str, town: str, evidence: int, network: str) -> bytes:
    image = Image.new("RGB", (int(WIDTH * SCALE), int(HEIGHT * SCALE)), PAPER)
    draw = ImageDraw.Draw(image)
    _bar(draw, MARGIN, 44, 52, 14, VIOLET)
    _bar(draw, MARGIN, 66, 52, 14, NOW)
    write(draw, network, (MARGIN + 68, 72), 24, INK, scale=SCALE)
    size, lines = fit(title, WIDTH - 2 * MARGIN, SIZES)
    for number, line in enumerate(lines):
        write(draw, line, (MARGIN - 2, 100 + size * (0.95 + 1.05 * number)), size, INK, scale=SCALE, tracking=-0.025)
    write(draw, town, (MARGIN, 340), 30, INK, scale=SCALE)
    for number in range(4):
        _square(draw, WIDTH - MARGIN - 30 * (4 - number) + 6, 318, is_filled=number < evidence)
    _bar(draw, 0, HEIGHT - 36, WIDTH, 14, VIOLET)
    _bar(draw, 0, HEIGHT - 14, WIDTH, 14, NOW)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _bar(draw, x: float, y: float, width: float, height: float, colour: str) -> None:
    draw.rectangle([x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1], fill=colour)


def _square(draw, x: float, y: float, *, is_filled: bool) -> None:
    box = [x * SCALE, y * SCALE, (x + 24) * SCALE - 1, (y + 24) * SCALE - 1]
    draw.rectangle(box, fill=VIOLET if is_filled else None, outline=VIOLET, width=4)
