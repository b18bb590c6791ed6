"""Pictures are looked at before they are unpacked, made smaller, turned upright and freed of everything but their pixels."""

import io
import time

import pytest
from django.utils import translation
from PIL import Image

from network_portal.common.images import MOST_BYTES, PictureRefused, as_webp
from tests.pictures import SVG, animation, bomb, jpeg_bomb, photo, photo_from_a_phone

WIDTHS = (480, 960, 1600)
PIXELS = "The image has too many pixels. Use one under 40 megapixels"
KIND = "The selected file must be a picture: PNG, JPEG or WebP"
BROKEN = "The selected file could not be read. Save it once more and choose it again"
MOVES = "The selected picture moves. Choose one that stands still"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def made(content: bytes, *, size: int | None = None):
    return as_webp(io.BytesIO(content), size=len(content) if size is None else size, widths=WIDTHS)


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, [300]), (480, [480]), (700, [480, 700]), (960, [480, 960]), (1600, [480, 960, 1600]), (3000, [480, 960, 1600])],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_widths_are_made_and_nothing_is_enlarged(kind, width, widths):
    found = made(photo(width, width // 2, kind))
    assert [one.width for one in found] == widths
    for one in found:
        with Image.open(io.BytesIO(one.content)) as image:
            assert (image.format, image.size) == ("WEBP", (one.width, one.height))
            assert abs(one.height - one.width / 2) <= 1


def test_a_photo_from_a_phone_stands_upright_and_tells_nothing_of_its_place():
    content = photo_from_a_phone(2000, 1500)
    with Image.open(io.BytesIO(content)) as image:
        assert image.getexif().get_ifd(0x8825)
    found = made(content)
    assert [(one.width, one.height) for one in found] == [(480, 640), (960, 1280), (1500, 2000)]
    for one in found:
        with Image.open(io.BytesIO(one.content)) as image:
            assert dict(image.getexif()) == {}
            assert {"exif", "xmp", "icc_profile"} & image.info.keys() == set()
        assert b"Telefone" not in one.content


def test_what_is_clear_stays_clear():
    out = io.BytesIO()
    Image.new("RGBA", (500, 100), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(made(out.getvalue())[0].content)) as image:
        assert image.convert("RGBA").getpixel((3, 3))[3] == 0


def test_the_tallest_picture_that_is_taken_can_be_written():
    assert [(one.width, one.height) for one in made(photo(400, 20_000, "PNG"))] == [(96, 4800)]


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "The selected file is empty", id="empty"),
        pytest.param(SVG, KIND, id="svg"),
        pytest.param(b"<html></html>", KIND, id="page"),
        pytest.param(b"\xff\xd8\xff\xe0", BROKEN, id="four bytes of a JPEG"),
        pytest.param(animation("GIF", 500), KIND, id="moving GIF"),
        pytest.param(animation("WEBP"), MOVES, id="moving WebP"),
        pytest.param(animation("PNG"), MOVES, id="moving PNG"),
        pytest.param(bomb(), PIXELS, id="PNG of 50 000 by 50 000"),
        pytest.param(bomb(10_000), PIXELS, id="PNG of 100 megapixels"),
        pytest.param(jpeg_bomb(), PIXELS, id="JPEG of 50 000 by 50 000"),
        pytest.param(bomb(5_000), BROKEN, id="PNG with too few pixels in it"),
        pytest.param(photo(900, 700)[:-3_000], BROKEN, id="JPEG cut off"),
        pytest.param(photo(900, 700, "PNG")[:2_000], BROKEN, id="PNG cut off"),
        pytest.param(photo(900, 700, "WEBP")[:1_000], BROKEN, id="WebP cut off"),
    ],
)
def test_what_is_refused_is_said(content, sentence):
    with pytest.raises(PictureRefused) as refused:
        made(content)
    assert str(refused.value) == sentence


def test_a_file_that_is_too_large_is_not_even_opened():
    with pytest.raises(PictureRefused, match="must be smaller than 10 MB"):
        made(photo(), size=MOST_BYTES + 1)


def test_a_bomb_is_refused_before_it_is_unpacked():
    content = bomb()
    assert len(content) < 2_000
    began = time.process_time()
    with pytest.raises(PictureRefused):
        made(content)
    assert time.process_time() - began < 0.2  # unpacked it would be 7.5 GB
