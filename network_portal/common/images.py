"""Pictures that people give: looked at before they are unpacked, and written anew without anything but what is seen."""

from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from network_portal.common.errors import DomainError

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000


class PictureRefused(DomainError):
    """The file is not a picture that can be taken; the text says what would do."""


def as_png(file: BinaryIO, *, size: int, longest: int) -> bytes:
    """The first picture of an open file of ``size`` bytes as PNG, no side longer than ``longest`` pixels, upright.

    What a camera or a program wrote beside the picture (place, device, comments) is not in it. Raises PictureRefused.
    """
    if size > MOST_BYTES:
        raise PictureRefused(_("The selected file must be smaller than %(limit)s MB") % {"limit": MOST_BYTES // 1024 // 1024})
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PictureRefused(_("The image has too many pixels. Use one under 40 megapixels"))
            image.draft("RGB", (longest, longest))  # a large JPEG is unpacked smaller
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((longest, longest))
            return _plain(upright)
    except Image.DecompressionBombError as error:
        raise PictureRefused(_("The image has too many pixels. Use one under 40 megapixels")) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:  # what Pillow raises for files that are none, or cut off
        raise PictureRefused(_("The selected file must be a picture: PNG, JPEG or WebP")) from error


def _plain(image: Image.Image) -> bytes:
    """Pixels alone: a new picture takes over no metadata."""
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    pixels = image.convert(mode)
    clean = Image.new(mode, pixels.size)
    clean.paste(pixels)
    out = BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()
