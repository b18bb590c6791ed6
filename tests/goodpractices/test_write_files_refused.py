"""What is refused of pictures and files, in which words; names are cleaned, and what was typed beside them is saved."""

import io
import zipfile

import pytest

from goodpractices.models import PracticeFile
from goodpractices.services import files
from tests.factories import make_coordinator
from tests.goodpractices.uploads import add, on_disk, upload
from tests.goodpractices.writing import stored
from tests.office import PDF, office
from tests.pictures import SVG, animation, bomb, jpeg_bomb, photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types></Types>")
        archive.writestr("word/document.xml", b"\0" * 300_000_000)
    return out.getvalue()


KIND_OF_PICTURE = "The selected file must be a picture: PNG, JPEG or WebP"
KIND_OF_FILE = "The selected file must be a PDF, PPTX, DOCX, XLSX, ODP, ODT or ODS"
REFUSED = {
    "no picture": ("pictures", None, "", "Select the picture"),
    "no file": ("documents", None, "", "Select the file"),
    "empty picture": ("pictures", b"", "a.jpg", "The selected file is empty"),
    "empty file": ("documents", b"", "a.pdf", "The selected file is empty"),
    "large picture": ("pictures", photo() + b"\0" * files.LIMIT, "a.jpg", "The selected file must be smaller than 10 MB"),
    "large file": ("documents", PDF + b" " * files.LIMIT, "a.pdf", "The selected file must be smaller than 10 MB"),
    "svg": ("pictures", SVG, "a.svg", KIND_OF_PICTURE),
    "svg called png": ("pictures", SVG, "a.png", KIND_OF_PICTURE),
    "svg as a file": ("documents", SVG, "a.svg", KIND_OF_FILE),
    "pdf as a picture": ("pictures", PDF, "a.jpg", KIND_OF_PICTURE),
    "picture as a file": ("documents", photo(), "a.pdf", KIND_OF_FILE),
    "program": ("documents", b"MZ" + b"0" * 99, "a.pdf", KIND_OF_FILE),
    "page called pdf": ("documents", b"<html></html>", "a.pdf", KIND_OF_FILE),
    "pdf called docx": ("documents", PDF, "a.docx", KIND_OF_FILE),
    "bomb": ("pictures", bomb(), "a.png", "The image has too many pixels. Use one under 40 megapixels"),
    "jpeg bomb": ("pictures", jpeg_bomb(), "a.jpg", "The image has too many pixels. Use one under 40 megapixels"),
    "moving": ("pictures", animation(), "a.webp", "The selected picture moves. Choose one that stands still"),
    "moving gif": ("pictures", animation("GIF", 300), "a.gif", KIND_OF_PICTURE),
    "cut picture": ("pictures", photo(900, 700)[:-4_000], "a.jpg", "The selected file could not be read"),
    "cut file": ("documents", PDF[:20], "a.pdf", "The selected file could not be read"),
    "macros": ("documents", office("docx", {"word/vbaProject.bin": "x"}), "a.docx", "contains macros or other programs"),
    "locked": ("documents", PDF.replace(b"trailer<<", b"trailer<</Encrypt 5 0 R "), "a.pdf", "is password protected"),
    "zip bomb": ("documents", zip_bomb(), "a.docx", "The selected file could not be read"),
    "zip in zip": ("documents", office("docx", {"word/more.zip": "x"}), "a.docx", "contains macros or other programs"),
    "elsewhere": ("documents", office("docx", {"word/_rels/settings.xml.rels": 'TargetMode="External"'}), "a.docx",
                  "The selected file could not be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_said_and_kept_nowhere_and_the_text_is_saved(client, draft, media, name):
    kind, content, file_name, sentence = REFUSED[name]
    chosen = [] if content is None else [upload(content, file_name)]
    response = add(client, draft, kind, *chosen, video="https://youtu.be/aBcDeFgHi_0")
    assert [(id_, sentence in said) for id_, said in response.context["errors"]] == [(f"id_add_{kind}", True)]
    page = response.content.decode()
    assert page.split("<title>")[1].startswith("Error: ")
    assert page.count(response.context["errors"][0][1]) == 2
    assert not PracticeFile.objects.exists()
    assert on_disk(media) == []
    assert stored(draft, "media")["video"] == "aBcDeFgHi_0"


def test_of_several_files_the_good_ones_are_taken_and_the_others_named(client, draft):
    response = add(
        client, draft, "pictures", upload(photo(), "boa.jpg"), upload(SVG, "má.svg"), upload(photo(500, 400), "outra.png")
    )
    assert [said for _, said in response.context["errors"]] == [f"má.svg: {KIND_OF_PICTURE}"]
    assert len(stored(draft, "media")["pictures"]) == 2


NAMES = ["../../etc/passwd", "C:\\x.pdf", "con.pdf", ".a.pdf", 'x"; filename=y.pdf', "é" * 300 + ".pdf", "🦊.pdf",
         "a\r\nSet-Cookie: x.pdf"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_are_cleaned(client, draft, media, name):
    if "\r" not in name:
        add(client, draft, "documents", upload(PDF, name))
        file = PracticeFile.objects.get()
    else:
        file = files.keep_file(draft, "document", by=make_coordinator(), file=io.BytesIO(PDF), name=name, size=len(PDF))[0]
    assert len(file.file_name) <= 100
    assert not set('\\/"\r\n;') & set(file.file_name)
    assert file.file_name.endswith(".pdf")
    response = client.get(f"/practices/files/{file.uuid}/")
    assert response["Content-Disposition"].startswith("attachment")
    assert on_disk(media) == [str(file.uuid)]


def test_a_hundred_and_one_files_in_one_post_are_refused(client, draft):
    response = add(client, draft, "pictures", *(upload(b"x") for _ in range(101)))
    assert response.status_code == 400
    assert not PracticeFile.objects.exists()
