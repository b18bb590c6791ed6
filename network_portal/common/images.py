"""Pictures that people give: looked at before they are unpacked, and written anew without anything but what is seen."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

from network_portal.common.errors import DomainError

FORMATS = ("PNG", "JPEG", "WEBP")
BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
TALLEST = 3  # times the width: what is taller is made smaller as a whole, WebP ends at 16,383 pixels
ON_THEIR_SIDE = {5, 6, 7, 8}  # values of the EXIF orientation
QUALITY = 80


class PictureRefused(DomainError):
    """The file is not a picture that can be taken; the text says what would do."""


@dataclass(frozen=True)
class Made:
    """A picture as WebP of one width, in pixels."""

    width: int
    height: int
    content: bytes


def as_png(file: BinaryIO, *, size: int, longest: int) -> bytes:
    """The first picture of an open file of ``size`` bytes as PNG, no side longer than ``longest`` pixels, upright.

    What a camera or a program wrote beside the picture (place, device, comments) is not in it. Raises PictureRefused.
    """
    with _opened(file, size) as image:
        image.draft("RGB", (longest, longest))  # a large JPEG is unpacked smaller
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((longest, longest))
        return _written(_plain(upright), "PNG", optimize=True)


def as_webp(file: BinaryIO, *, size: int, widths: Iterable[int]) -> list[Made]:
    """The picture of an open file of ``size`` bytes at each of ``widths``, the narrowest first; upright, never enlarged.

    A narrower original is given at its own width instead of the widths beyond it. Nothing else of the file is in them.
    Raises PictureRefused, also for what moves.
    """
    with _opened(file, size) as image:
        if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:  # phones put two views of one moment into an MPO
            raise PictureRefused(_("The selected picture moves. Choose one that stands still"))
        most = max(widths)
        box = (most, most * TALLEST)
        is_turned = image.getexif().get(ExifTags.Base.Orientation) in ON_THEIR_SIDE
        image.draft("RGB", box[::-1] if is_turned else box)
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail(box)
        widest = _plain(upright)
        return [_made(widest, width) for width in sorted({w for w in widths if w < widest.width} | {widest.width})]


@contextmanager
def _opened(file: BinaryIO, size: int) -> Iterator[Image.Image]:
    """The image, not yet unpacked; whatever is wrong with it, here or later, is PictureRefused."""
    if not size:
        raise PictureRefused(_("The selected file is empty"))
    if size > MOST_BYTES:
        raise PictureRefused(_("The selected file must be smaller than %(limit)s MB") % {"limit": MOST_BYTES // 1024 // 1024})
    file.seek(0)
    try:
        image = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:  # what Pillow raises for files that are none
        raise (_unreadable() if _begins_like_one(file) else _no_picture()) from error
    with image:
        if image.width * image.height > MOST_PIXELS:
            raise _too_many_pixels()
        try:
            yield image
        except Image.DecompressionBombError as error:
            raise _too_many_pixels() from error
        except (OSError, ValueError, SyntaxError, EOFError) as error:  # cut off, or damaged
            raise _unreadable() from error


def _begins_like_one(file: BinaryIO) -> bool:
    file.seek(0)
    head = file.read(12)
    return head.startswith(BEGINNINGS) or (head.startswith(b"RIFF") and head.endswith(b"WEBP"))


def _no_picture() -> PictureRefused:
    return PictureRefused(_("The selected file must be a picture: PNG, JPEG or WebP"))


def _unreadable() -> PictureRefused:
    return PictureRefused(_("The selected file could not be read. Save it once more and choose it again"))


def _too_many_pixels() -> PictureRefused:
    return PictureRefused(_("The image has too many pixels. Use one under 40 megapixels"))


def _plain(image: Image.Image) -> Image.Image:
    """Pixels alone: a new picture takes over no metadata."""
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    pixels = image.convert(mode)
    clean = Image.new(mode, pixels.size)
    clean.paste(pixels)
    return clean


def _made(widest: Image.Image, width: int) -> Made:
    height = max(1, round(widest.height * width / widest.width))
    image = widest if width == widest.width else widest.resize((width, height), Image.Resampling.LANCZOS)
    return Made(width, image.height, _written(image, "WEBP", quality=QUALITY, method=4))


def _written(image: Image.Image, kind: str, **options) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
