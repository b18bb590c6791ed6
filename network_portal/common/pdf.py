"""Documents as accessible PDF (PDF/UA-1), made by typst from our own templates and fonts alone."""

import json
from base64 import b64encode
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image

from network_portal.common import glyphs

TEMPLATES = Path(__file__).parent / "typst"


def compile_pdf(
    template: str, data: dict, *, language: str, title: str, created: datetime, pictures: dict[str, str] | None = None
) -> bytes:
    """The PDF/UA-1 file that ``template`` (a name in ``common/typst``) makes of ``data``; same arguments, same bytes.

    ``data`` is what JSON can hold. Its texts are never read as markup, and what the fonts cannot draw becomes an empty square.
    ``created`` (aware) is written into the file. ``pictures`` are SVG files by the name under which the template asks for them;
    ``framed`` makes one of a PNG. ``typst.TypstError`` is a fault of the template, not of the data.
    """
    whole = {"title": title, "language": language, **data}
    files = {**_templates(), **{name: svg.encode() for name, svg in (pictures or {}).items()}}
    compiler = typst.Compiler(
        {"main": f'#include "{template}"'.encode(), **files}, font_paths=_fonts(), ignore_system_fonts=True
    )  # one for each document: a compiler is not to be shared by threads, and costs nothing beside the fonts
    return compiler.compile(
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(_drawable(whole), ensure_ascii=False)},
        timestamp=int(created.timestamp()),
    )


def framed(png: Path | bytes) -> str:
    """A PNG file as an SVG of the same size that carries it: the form in which ``compile_pdf`` takes pictures."""
    content = png.read_bytes() if isinstance(png, Path) else png
    width, height = _size(content)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{b64encode(content).decode()}"/></svg>'
    )


def _size(png: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return image.size


def _drawable(value):
    """``value`` with every text in it, keys too, as the fonts can draw it."""
    if isinstance(value, str):
        return glyphs.writable(value)
    if isinstance(value, dict):
        return {key: _drawable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_drawable(inner) for inner in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(glyphs.FONTS)])


@cache
def _templates() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in TEMPLATES.glob("*.typ")}
