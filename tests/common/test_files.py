"""A file is what its content says, and what could do harm is refused before it is unpacked."""

import hashlib
import io
import zipfile

import pytest
from django.utils import translation

from network_portal.common.files import MEGABYTE, FileRefused, check, split_name
from tests.office import PDF, example, office

KINDS = ["pdf", "pptx", "odp", "docx", "odt", "xlsx"]
LOCKED = "password protected"
BROKEN = "could not be read"
OTHER = "must be a PDF, PPTX, ODP, DOCX, ODT or XLSX"
MACROS = "contains macros"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def look(content: bytes, name: str = "slides", *, size: int | None = None, kinds=KINDS):
    return check(io.BytesIO(content), name=name, size=len(content) if size is None else size, kinds=kinds, limit=10 * MEGABYTE)


def zipped(members: dict, **options) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["Género e saúde.{}", "SLIDES.{}"])
def test_each_kind_is_known_by_its_content(kind, name):
    content = example(kind)
    file = io.BytesIO(content)
    found = check(file, name=name.format(kind.upper()), size=len(content), kinds=KINDS, limit=10 * MEGABYTE)
    assert (found.kind, found.size, found.sha256) == (kind, len(content), hashlib.sha256(content).hexdigest())
    assert found.name == name.format(kind)
    assert file.tell() == 0


def test_a_name_without_extension_gets_one():
    assert look(PDF, "slides").name == "slides.pdf"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.pdf", "is empty"),
        (b"MZ\x90\x00" + b"\0" * 100, "a.pdf", OTHER),
        (b"<html><script>alert(1)</script>", "a.pdf", OTHER),
        (PDF, "a.docx", OTHER),
        (office("docx"), "a.pdf", OTHER),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", OTHER),
        (b"\x89PNG\r\n\x1a\n", "a.png", OTHER),
        (zipped({"a.txt": "x"}), "a.docx", OTHER),
        (zipped({"mimetype": "application/epub+zip"}), "a.odt", OTHER),
        (PDF.replace(b"startxref", b""), "a.pdf", BROKEN),
        (PDF.replace(b"<</Root", b"<</Encrypt 5 0 R/Root"), "a.pdf", LOCKED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.pptx", LOCKED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.ppt", OTHER),
        (office("docx", {"word/vbaProject.bin": "x"}), "a.docx", MACROS),
        (office("odp", {"Basic/Standard/Module1.xml": "x"}), "a.odp", MACROS),
        (zipped({"[Content_Types].xml": "macroEnabled.main+xml", "ppt/presentation.xml": ""}), "a.pptx", MACROS),
        (office("pptx", {"ppt/embeddings/setup.exe": "MZ"}), "a.pptx", MACROS),
        (office("docx", {"inner.zip": zipped({"a": "b"})}), "a.docx", MACROS),
        (office("docx", {"word/_rels/settings.xml.rels": '<Relationship TargetMode="External"/>'}), "a.docx", BROKEN),
        (office("odt", {"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "a.odt", LOCKED),
        (
            office("docx", {"word/document.xml": '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'}),
            "a.docx",
            BROKEN,
        ),
        (office("xlsx", {"xl/sheet.xml": '<!DOCTYPE x [<!ENTITY % f SYSTEM "file:///etc/passwd">]>'}), "a.xlsx", BROKEN),
        (office("odt", {"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]>'.encode("utf-16")}), "a.odt", BROKEN),
        (office("docx")[:-30], "a.docx", BROKEN),
        (b"PK\x03\x04 and nothing", "a.docx", BROKEN),
    ],
)
def test_what_is_refused(content, name, words):
    with pytest.raises(FileRefused, match=words):
        look(content, name)


def test_ten_megabytes_pass_and_one_byte_more_does_not():
    padding = b"%" * (10 * MEGABYTE - len(PDF))
    assert look(PDF[:9] + padding + PDF[9:]).size == 10 * MEGABYTE
    with pytest.raises(FileRefused, match="smaller than 10 MB"):
        look(PDF[:9] + padding + b"%" + PDF[9:])


def test_a_bomb_is_refused_by_what_it_declares():
    """300 MB of nothing in 300 kB, and 100,000 members: neither is unpacked."""
    blown = office("docx", {"word/media/image1.bin": b"\0" * (300 * MEGABYTE)})
    assert len(blown) < MEGABYTE
    many = zipped({"[Content_Types].xml": "", "word/document.xml": "", **{f"m{n}": "" for n in range(6_000)}})
    for content in (blown, many):
        with pytest.raises(FileRefused, match=BROKEN):
            look(content, "a.docx")


def test_a_locked_zip_is_refused():
    content = bytearray(office("pptx"))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1  # the flag of encryption in the directory
    with pytest.raises(FileRefused, match=LOCKED):
        look(bytes(content), "a.pptx")


@pytest.mark.parametrize(
    ("name", "stem", "extension"),
    [
        ("../../etc/passwd", "passwd", ""),
        ("C:\\Users\\ana\\apresentação.PDF", "apresentação", "pdf"),
        ('"; filename=x.exe', "filename x", "exe"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie b", "pdf"),
        ("con.pdf", "_con", "pdf"),
        (".htaccess", "htaccess", ""),
        ("🎉.pdf", "file", "pdf"),
        ("", "file", ""),
        ("a\0b.pdf", "ab", "pdf"),
        ("relat\u202eofdp.pdf", "relatofdp", "pdf"),
        ("x" * 300 + ".pdf", "x" * 94, "pdf"),
    ],
)
def test_names(name, stem, extension):
    assert split_name(name) == (stem, extension)
