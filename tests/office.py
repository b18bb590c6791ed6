"""Small files of the kinds that people give, for tests."""

import io
import zipfile

from network_portal.common.files import TYPES

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
CONTENT_TYPES = "<Types></Types>"
MAIN = {"pptx": "ppt/presentation.xml", "docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def office(kind: str, more: dict | None = None) -> bytes:
    """A file of ``kind`` (pptx, docx, xlsx, odp, odt, ods) with further members by name."""
    members = {"[Content_Types].xml": CONTENT_TYPES, MAIN[kind]: "<p/>"} if kind in MAIN else {"mimetype": TYPES[kind]}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (members | (more or {})).items():
            archive.writestr(name, text)
    return out.getvalue()


def example(kind: str) -> bytes:
    return PDF if kind == "pdf" else office(kind)
