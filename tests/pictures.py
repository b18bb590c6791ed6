"""Pictures as people give them, good and bad, for tests."""

import io
import struct
import zlib

from PIL import Image

PLACE = {0: b"\x02\x03\x00\x00", 2: (38.0, 43.0, 0.0)}  # GPS: version, latitude


def photo(width: int = 800, height: int = 600, kind: str = "JPEG", **options) -> bytes:
    """A picture with a gradient, so that no two sizes are alike."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo_from_a_phone(width: int = 800, height: int = 600) -> bytes:
    """Lying on its side, with the place and the device written into it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Telefone de Rita"
    exif.get_ifd(0x8825).update(PLACE)
    return photo(width, height, exif=exif)


def animation(kind: str = "WEBP", frames: int = 3) -> bytes:
    images = [Image.new("RGB", (20, 20), (n * 40 % 256, 0, 0)) for n in range(frames)]
    out = io.BytesIO()
    images[0].save(out, kind, save_all=True, append_images=images[1:])
    return out.getvalue()


def bomb(side: int = 50_000) -> bytes:
    """A small PNG file that says it is ``side`` by ``side`` pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000)) + chunk(b"IEND", b"")


def jpeg_bomb(side: int = 50_000) -> bytes:
    """A JPEG file whose header says ``side`` by ``side`` pixels."""
    content = bytearray(photo(8, 8))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", side, side)
    return bytes(content)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
