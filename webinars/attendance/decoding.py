"""The text of an attendance file, whatever programme wrote it."""

import codecs
import hashlib

from webinars.attendance.errors import BinaryFile, EmptyFile, FileTooLarge, SpreadsheetFile

MAX_BYTES = 5 * 1024 * 1024
LOOKED_AT = 4096  # bytes in which an encoding without a mark is recognised
BOMS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
SPREADSHEETS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")  # zip (XLSX, ODS) and the XLS of before 2007
NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"\x1f\x8b")


def fingerprint(content: bytes) -> str:
    """SHA-256 of the file in hexadecimal digits: the same file has the same, another one never."""
    return hashlib.sha256(content).hexdigest()


def text_of(content: bytes) -> str:
    """The file as text, line ends untouched. Raises EmptyFile, BinaryFile, SpreadsheetFile, FileTooLarge."""
    if len(content) > MAX_BYTES:
        raise FileTooLarge(MAX_BYTES)
    if content.startswith(SPREADSHEETS):
        raise SpreadsheetFile
    if content.startswith(NOT_TABLES):
        raise BinaryFile
    text = _decoded(content)
    if "\0" in text:
        raise BinaryFile
    if not text.strip("\ufeff \t\r\n\xa0"):
        raise EmptyFile
    return text


def _decoded(content: bytes) -> str:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return _strictly(content[len(bom) :], encoding)
    if encoding := _utf16_without_mark(content[:LOOKED_AT]):
        return _strictly(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # what spreadsheets in Portuguese, Spanish or Italian save as "CSV"; latin-1 would take any byte
        return _strictly(content, "cp1252")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise BinaryFile from None


def _utf16_without_mark(start: bytes) -> str:
    """Latin letters in UTF-16 have a zero for every second byte: which of the two says the order."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    many, few = len(start) * 0.3, len(start) * 0.02
    if odd > many and even <= few:
        return "utf-16-le"
    return "utf-16-be" if even > many and odd <= few else ""
