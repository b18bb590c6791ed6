"""Pictures of the demonstration's practices: flat drawings in the grammar of the portal, hollow before and solid after."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from network_portal.common.lettering import write

WIDTH, HEIGHT, SCALE = 800, 450, 4  # drawn at 3200 × 1800, kept at half of it: edges become smooth
PAPER, INK, SOFT, EDGE, VIOLET, NOW = "#f3f4f8", "#15102a", "#534d6a", "#777193", "#4a1fb8", "#e04e0a"  # tokens.css, light


class Sheet:
    """A page to draw on, in units of ``SCALE`` pixels."""

    def __init__(self):
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, width: float, height: float, *, fill=None, line=None, thick: float = 2) -> None:
        corners = [x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1]
        self.draw.rectangle(corners, fill=fill, outline=line, width=round(thick * SCALE))

    def ring(self, x: float, y: float, radius: float, *, line: str, thick: float = 2) -> None:
        corners = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.draw.ellipse(corners, outline=line, width=round(thick * SCALE))

    def path(self, *points: tuple[float, float], line: str, thick: float = 2) -> None:
        self.draw.line([(x * SCALE, y * SCALE) for x, y in points], fill=line, width=round(thick * SCALE), joint="curve")

    def text(self, words: str, x: float, y: float, *, size: int = 22, colour: str = INK, bold: bool = True) -> None:
        write(self.draw, words, (x, y), size, colour, scale=SCALE, bold=bold)

    def arrow(self, x: float, y: float) -> None:
        self.path((x, y), (x + 42, y), line=NOW, thick=5)
        self.path((x + 27, y - 16), (x + 43, y), (x + 27, y + 16), line=NOW, thick=5)

    def png(self) -> bytes:
        out = io.BytesIO()
        self.image.resize((WIDTH * SCALE // 2, HEIGHT * SCALE // 2), Image.Resampling.LANCZOS).save(out, "PNG")
        return out.getvalue()


def playground() -> bytes:
    """A playground from above: the pitch on more than half of it, then on a quarter."""
    sheet = Sheet()
    for x, year in ((40, "2022"), (450, "2023")):
        sheet.text(year, x, 62, size=30)
        sheet.box(x, 84, 310, 320, line=INK, thick=3)
    _pitch(sheet, 64, 108, 220, 262, line=EDGE)
    sheet.arrow(378, 244)
    _pitch(sheet, 474, 108, 118, 202, line=VIOLET)
    corners = [(624, 113), (723, 113), (723, 217), (673, 217), (673, 167), (624, 167)]
    for (x, y), (to_x, to_y) in zip(corners, [*corners[1:], corners[0]], strict=True):
        sheet.box(min(x, to_x), min(y, to_y), abs(to_x - x) + 10, abs(to_y - y) + 10, fill=VIOLET)
    for x in (624, 684):
        sheet.box(x, 250, 49, 60, fill=VIOLET)
    for number in range(5):
        sheet.box(474 + 54.75 * number, 344, 40, 34, fill=None if number % 2 else VIOLET, line=VIOLET, thick=3)
    return sheet.png()


def _pitch(sheet: Sheet, x: float, y: float, width: float, height: float, *, line: str) -> None:
    sheet.box(x, y, width, height, line=line, thick=3)
    sheet.path((x, y + height / 2), (x + width, y + height / 2), line=line, thick=3)
    sheet.ring(x + width / 2, y + height / 2, width / 6, line=line, thick=3)
    for top in (y, y + height - height / 8):
        sheet.box(x + width / 4, top, width / 2, height / 8, line=line, thick=3)


def timetable() -> bytes:
    """The good hours of one hall in a week: those of women's teams are solid."""
    sheet = Sheet()
    days, hours = ["seg.", "ter.", "qua.", "qui.", "sex.", "sáb."], ["18:00", "19:00", "20:00"]
    women = {"2022": {(3, 2), (5, 0)}, "2025": {(0, 0), (0, 1), (1, 2), (2, 0), (2, 1), (3, 2), (4, 0), (5, 1)}}
    for top, (year, taken) in zip((52, 248), women.items(), strict=True):
        sheet.text(year, 40, top + 44, size=30)
        for row, hour in enumerate(hours):
            sheet.text(hour, 134, top + 41 + 48 * row, size=17, colour=SOFT, bold=False)
            for column in range(6):
                x, y, is_hers = 200 + 94 * column, top + 14 + 48 * row, (column, row) in taken
                sheet.box(x, y, 84, 38, fill=VIOLET if is_hers else None, line=VIOLET if is_hers else EDGE)
    for column, day in enumerate(days):
        sheet.text(day, 200 + 94 * column, 50, size=17, colour=SOFT, bold=False)
    return sheet.png()


def benches() -> bytes:
    """The way from a quarter to the health centre: without a bench, then with five."""
    sheet = Sheet()
    left, right = 40, 760
    sheet.text("bairro", left, 112)
    sheet.text("centro de saúde", 590, 112)
    sheet.box(left, 150, right - left, 56, line=EDGE, thick=3)
    sheet.box(left, 266, right - left, 56, fill=VIOLET)
    for metres in (190, 350, 520, 680, 830):
        x = left + (right - left) * metres / 910
        sheet.box(x - 13, 281, 26, 26, fill=PAPER)
    for y, words in ((242, "2022: 910 metros, nenhum banco"), (358, "2025: cinco bancos, nunca mais de 190 metros")):
        sheet.text(words, left, y, size=20, colour=SOFT, bold=False)
    return sheet.png()


DRAWINGS: dict[str, Callable[[], bytes]] = {"playground": playground, "timetable": timetable, "benches": benches}
