"""Files that people give: what a file is follows from its content, never from its name or from what a browser says.

Nothing is unpacked before what it declares about itself fits the limits.
"""

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from network_portal.common.errors import DomainError
from network_portal.common.text import CONTROL, INVISIBLE

MEGABYTE = 1024 * 1024
MOST_MEMBERS = 5_000  # of an office file
MOST_UNPACKED = 200 * MEGABYTE
MOST_READ = 4 * MEGABYTE  # of a member whose text is looked at
PROLOG = 64 * 1024  # of XML: whatever it declares stands there
NAME_LENGTH = 100
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
TYPES = {
    "pdf": "application/pdf",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "odp": f"{OPEN_DOCUMENT}.presentation",
    "odt": f"{OPEN_DOCUMENT}.text",
    "ods": f"{OPEN_DOCUMENT}.spreadsheet",
}
MAIN_MEMBER = {"ppt/presentation.xml": "pptx", "word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .ppt and .doc, and of every encrypted .pptx
RUNS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml)$|^(basic|scripts)/|\.(zip|exe|jar|js|vbs|dll)$")
PDF_LOCK = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
NAMES_OF_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)


class FileRefused(DomainError):
    """The file cannot be taken; the text says why and what would do."""


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its clean name, its kind (``pdf``) with media type, bytes and SHA-256 in hex."""

    name: str
    kind: str
    content_type: str
    size: int
    sha256: str


def check(file: BinaryIO, *, name: str, size: int, kinds: Iterable[str], limit: int) -> Checked:
    """Look at an open file of ``size`` bytes; only ``kinds`` (keys of TYPES) up to ``limit`` bytes pass.

    Raises FileRefused. The file is left at its beginning.
    """
    kinds = list(kinds)
    if not size:
        raise FileRefused(_("The selected file is empty"))
    if size > limit:
        raise FileRefused(_("The selected file must be smaller than %(limit)s MB") % {"limit": limit // MEGABYTE})
    kind, (stem, extension) = kind_of(file), split_name(name)
    if kind not in kinds or extension not in (kind, ""):
        raise FileRefused(_("The selected file must be a %(kinds)s") % {"kinds": _any_of(kinds)})
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return Checked(f"{stem}.{kind}", kind, TYPES[kind], size, sha256)


def kind_of(file: BinaryIO) -> str:
    """The kind of a file by its content, ``""`` for what is none of TYPES. Raises FileRefused for what is dangerous."""
    file.seek(0)
    head = file.read(1024)
    if b"%PDF-" in head:
        return _check_pdf(file)
    if head.startswith(b"PK\x03\x04"):
        return _check_zip(file)
    if head.startswith(OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in _all(file):
        raise FileRefused(_("The selected file is password protected. Save it without a password and choose it again"))
    return ""


def _check_pdf(file: BinaryIO) -> str:
    content = _all(file)
    if b"startxref" not in content:
        raise _unreadable()  # cut off
    if PDF_LOCK.search(content):
        raise FileRefused(_("The selected file is password protected. Save it without a password and choose it again"))
    return "pdf"


def _check_zip(file: BinaryIO) -> str:
    """An office document is a ZIP file with certain members."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_members(members)
            kind = _kind_of_members(archive, {m.filename: m for m in members})
            _check_office(archive, {m.filename for m in members})
            _check_xml(archive, members)
            return kind
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as error:
        raise _unreadable() from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _unreadable()
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(_("The selected file is password protected. Save it without a password and choose it again"))
    if any(RUNS.search(member.filename.lower()) for member in members):
        raise FileRefused(_("The selected file contains macros or other programs. Save it without them and choose it again"))


def _kind_of_members(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> str:
    if "mimetype" in members:
        said = _text(archive, "mimetype").strip()
        return next((kind for kind, content_type in TYPES.items() if content_type == said and kind.startswith("od")), "")
    if "[Content_Types].xml" not in members:
        return ""
    return next((kind for member, kind in MAIN_MEMBER.items() if member in members), "")


def _check_office(archive: zipfile.ZipFile, names: set[str]) -> None:
    """What the names of the members do not tell: locked, or loading macros or a template from elsewhere."""
    if "META-INF/manifest.xml" in names and "encryption-data" in _text(archive, "META-INF/manifest.xml"):
        raise FileRefused(_("The selected file is password protected. Save it without a password and choose it again"))
    if "[Content_Types].xml" in names and "macroenabled" in _text(archive, "[Content_Types].xml").lower():
        raise FileRefused(_("The selected file contains macros or other programs. Save it without them and choose it again"))
    rels = "word/_rels/settings.xml.rels"
    if rels in names and 'TargetMode="External"' in _text(archive, rels):
        raise _unreadable()


def _check_xml(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """No office program declares entities of its own: they blow up what reads them, or fetch files from elsewhere."""
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels")):
            with archive.open(member) as file:
                if b"<!ENTITY" in file.read(PROLOG).replace(b"\0", b"").upper():  # without the zeros of UTF-16
                    raise _unreadable()


def _text(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as member:
        return member.read(MOST_READ).decode("utf-8", "replace")


def _all(file: BinaryIO) -> bytes:
    """Everything: the size is known to be within the limit."""
    file.seek(0)
    return file.read()


def _unreadable() -> FileRefused:
    return FileRefused(_("The selected file could not be read. Save it once more and choose it again"))


def _any_of(kinds: list[str]) -> str:
    return get_text_list([kind.upper() for kind in kinds], _("or"))


def split_name(name: str) -> tuple[str, str]:
    """A file name without its folders and without what a disk or a header could trip over: stem and extension."""
    last = unicodedata.normalize("NFC", INVISIBLE.sub("", name)).replace("\\", "/").rsplit("/", 1)[-1]
    last = CONTROL.sub(" ", last.replace("\0", ""))
    clean = " ".join("".join(c if c.isalnum() or c in " ._-(),&+'" else " " for c in last).split())
    stem, dot, extension = clean.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,5}", extension):
        stem, extension = clean, ""
    stem = stem.strip(" ._-,")[: NAME_LENGTH - 6].strip(" .") or "file"
    return (f"_{stem}" if NAMES_OF_DEVICES.match(stem) else stem), extension.lower()
