"""Tables of any length as files, sent while their rows are read: nothing waits for the last row, little is held in memory."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from network_portal.common.exports import WIDTHS, safe_cell

BATCH = 500  # rows written at a time
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# the least that a workbook of one sheet is made of (ECMA-376, part 1, 12.2); style 1 is bold
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
SHEET_BEGINS = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
SHEET_ENDS = "</sheetData></worksheet>"
BOLD = ' s="1"'


def csv_parts(header: list[str], rows: Iterable[list]) -> Iterator[bytes]:
    """As ``exports.to_csv``: semicolons, a byte order mark, and no formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    out.write("\ufeff")
    for batch in _batches(chain([header], rows)):
        writer.writerows(map(safe_cell, row) for row in batch)
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


def xlsx_parts(header: list[str], rows: Iterable[list]) -> Iterator[bytes]:
    """One sheet, its header bold and fixed; text is written as text, so that nothing in it is a formula."""
    out = _Pipe()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in PARTS.items():
            book.writestr(_info(name), HEAD + content)
        with book.open(_info("xl/worksheets/sheet1.xml"), "w") as sheet:
            sheet.write((HEAD + SHEET_BEGINS + _widths(header) + "<sheetData>" + _row(header, BOLD)).encode())
            for batch in _batches(rows):
                sheet.write("".join(_row(row) for row in batch).encode())
                yield out.take()
            sheet.write(SHEET_ENDS.encode())
    yield out.take()


def _widths(header: list[str]) -> str:
    columns = (
        f'<col min="{n}" max="{n}" width="{min(max(len(title) + 2, WIDTHS[0]), WIDTHS[1])}" customWidth="1"/>'
        for n, title in enumerate(header, start=1)
    )
    return f"<cols>{''.join(columns)}</cols>"


def _info(name: str) -> ZipInfo:
    """Without the hour, so that the same rows give the same file."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


def _batches(rows: Iterable[list]) -> Iterator[list[list]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _row(row: list, style: str = "") -> str:
    return f"<row>{''.join([_cell(safe_cell(value), style) for value in row])}</row>"


def _cell(value, style: str) -> str:
    if isinstance(value, bool):
        return f'<c t="b"{style}><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c{style}><v>{value}</v></c>"
    text = escape(NOT_IN_XML.sub("", value))
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>' if text else "<c/>"


class _Pipe(io.RawIOBase):
    """What was written since the last time it was asked."""

    def __init__(self):
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self.parts = b"".join(self.parts), []
        return taken
