"""Who funds and carries a cycle: the coordinator's pages, and logos that are pictures and nothing else."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from network_portal.audit.models import Entry
from network_portal.common.images import PictureRefused, as_png
from tests.factories import make_coordinator, make_cycle, make_user
from tests.webinars.certifying import picture
from tests.webinars.registering import text_of
from webinars.models import Partner
from webinars.services import partners

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator(language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def cycle():
    return make_cycle(slug="ciclo", title="Ciclo 2024")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


PAGE = "/en/webinars/manage/cycles/ciclo/partners/"
ANSWERS = {"name": "Fundo Social", "is_funder": "yes", "position": "1"}


def edit(partner) -> str:
    return f"/en/webinars/manage/partners/{partner.uuid}/"


def logo_url(partner) -> str:
    return f"/en/webinars/partners/{partner.uuid}/logo.png"


def upload(file: BytesIO) -> SimpleUploadedFile:
    return SimpleUploadedFile(file.name, file.read())


def test_a_partner_with_a_logo_is_added_and_served(client, coordinator, cycle, django_capture_on_commit_callbacks):
    response = client.post(PAGE, ANSWERS | {"logo": upload(picture(1600, 400, "JPEG"))}, follow=True)
    assert "Fundo Social is saved." in text_of(response)
    partner = Partner.objects.get()
    assert (partner.cycle, partner.name, partner.is_funder, partner.position) == (cycle, "Fundo Social", True, 1)
    with Image.open(partner.logo.path) as stored:
        assert (stored.format, stored.size) == ("PNG", (800, 200))
    client.logout()
    served = client.get(logo_url(partner))
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert b"".join(served.streaming_content) == partner.logo.read()
    assert Entry.objects.get(action="partner.added").by == coordinator


def test_without_a_logo_there_is_none_to_serve(client, coordinator, cycle):
    client.post(PAGE, ANSWERS | {"is_funder": "no"})
    partner = Partner.objects.get()
    assert (partner.is_funder, bool(partner.logo)) == (False, False)
    assert client.get(logo_url(partner)).status_code == 404


def test_the_logo_of_a_cycle_that_is_not_public_is_the_coordinators(client, coordinator, cycle):
    partner = partners.save_partner(None, cycle=cycle, by=coordinator, name="A", is_funder=True, position=1, logo=b"png")
    cycle.is_published = False
    cycle.save()
    assert client.get(logo_url(partner)).status_code == 200
    client.force_login(make_user())
    assert client.get(logo_url(partner)).status_code == 404


def test_a_logo_lost_on_the_disk_is_not_found(client, coordinator, cycle):
    partner = partners.save_partner(None, cycle=cycle, by=coordinator, name="A", is_funder=True, position=1, logo=b"png")
    partner.logo.storage.delete(partner.logo.name)
    assert client.get(logo_url(partner)).status_code == 404


def test_editing_keeps_replaces_or_takes_away_the_logo(client, coordinator, cycle, django_capture_on_commit_callbacks, own_media):
    client.post(PAGE, ANSWERS | {"logo": upload(picture())})
    partner = Partner.objects.get()
    first = partner.logo.name
    assert client.get(edit(partner)).context["form"].initial == ANSWERS | {"position": 1}
    client.post(edit(partner), ANSWERS | {"name": "Fundo"})
    partner.refresh_from_db()
    assert (partner.name, partner.logo.name) == ("Fundo", first)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit(partner), ANSWERS | {"logo": upload(picture(50, 50))})
    partner.refresh_from_db()
    assert (partner.logo.width, len(list(own_media.rglob("*.png")))) == (50, 1)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit(partner), ANSWERS | {"remove_logo": "on"})
    partner.refresh_from_db()
    assert (bool(partner.logo), list(own_media.rglob("*.png"))) == (False, [])


def test_removing_takes_the_file_too(client, coordinator, cycle, django_capture_on_commit_callbacks, own_media):
    client.post(PAGE, ANSWERS | {"logo": upload(picture())})
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(edit(Partner.objects.get()) + "remove/", follow=True)
    assert "Fundo Social was removed." in text_of(response)
    assert not Partner.objects.exists()
    assert list(own_media.rglob("*.png")) == []
    assert Entry.objects.get(action="partner.removed").detail == {"partner": "Fundo Social"}


@pytest.mark.parametrize(
    ("answers", "error"),
    [({"name": ""}, "Enter the name"), ({"is_funder": ""}, "Choose one"), ({"is_funder": "x"}, "Choose one"),
     ({"position": "-1"}, "Enter a whole number between 0 and 999"), ({"name": "x" * 201}, "must be 200 characters or fewer"),
     ({"logo": SimpleUploadedFile("a.png", b"")}, "The selected file is empty"),
     ({"logo": SimpleUploadedFile("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")}, "must be a picture: PNG, JPEG")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_stored(client, coordinator, cycle, answers, error):
    page = text_of(client.post(PAGE, ANSWERS | answers))
    assert error in page
    assert not Partner.objects.exists()


@pytest.mark.parametrize("part", [PAGE, "edit", "remove"])
def test_only_coordinators(client, cycle, part):
    partner = Partner.objects.create(cycle=cycle, name="A")
    address = {"edit": edit(partner), "remove": edit(partner) + "remove/"}.get(part, part)
    for who in (make_user(), make_user(is_administrator=True)):
        client.force_login(who)
        assert client.post(address, ANSWERS).status_code == 403
    assert Partner.objects.get() == partner


# --- pictures


def png(file: BytesIO, **options) -> Image.Image:
    return Image.open(BytesIO(as_png(file, size=len(file.getvalue()), **{"longest": 800} | options)))


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "CMYK"), ("WEBP", "RGBA"), ("PNG", "1")])
def test_every_kind_becomes_png(kind, mode):
    file = BytesIO()
    Image.new(mode, (1000, 10)).save(file, kind)
    image = png(file)
    assert (image.format, image.size) == ("PNG", (800, 8))
    assert image.mode == ("RGBA" if mode == "RGBA" else "RGB")


def test_what_stands_beside_the_picture_is_gone_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of somebody"  # turned by a quarter
    image = png(picture(300, 100, "JPEG", exif=exif, comment=b"secret"))
    assert (image.size, dict(image.getexif()), image.info) == ((100, 300), {}, {})


def test_the_first_of_many_pictures_is_taken():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:] * 50, lossless=True)
    assert png(file).getpixel((5, 5)) == (255, 0, 0)


def bomb(width: int, height: int) -> BytesIO:
    """A PNG that says how large it is and holds nothing."""
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))  # noqa: E731
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_000, 6_000)])
def test_too_many_pixels_are_refused_before_they_are_unpacked(size):
    with pytest.raises(PictureRefused, match="40 megapíxeis"):
        png(bomb(*size))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "está vazio", id="empty"),
        pytest.param(b"%PDF-1.7", "PNG, JPEG ou WebP", id="pdf"),
        pytest.param(b"<svg/>", "PNG, JPEG ou WebP", id="svg"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "Não foi possível ler", id="head alone"),
        pytest.param(picture(kind="PNG").getvalue()[:150], "Não foi possível ler", id="cut off"),
        pytest.param(picture(kind="BMP").getvalue(), "PNG, JPEG ou WebP", id="bmp"),
        pytest.param(picture(kind="GIF").getvalue(), "PNG, JPEG ou WebP", id="gif"),
    ],
)
def test_no_picture_is_refused(content, words):
    with pytest.raises(PictureRefused, match=words):
        png(BytesIO(content))


def test_a_large_file_is_refused_unread():
    with pytest.raises(PictureRefused, match="menos de 10 MB"):
        as_png(BytesIO(b""), size=10 * 1024 * 1024 + 1, longest=800)
