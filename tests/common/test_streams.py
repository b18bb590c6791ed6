"""Long tables as files: what is written is what a spreadsheet reads, and nothing in it runs."""

import csv
import io

import openpyxl
import pytest

from network_portal.common.streams import BATCH, csv_parts, xlsx_parts

HEADER = ["title", "count"]
ROWS = [
    ["Creche «aberta» & mais <b>", 3],
    ["=1+1", 2.5],
    ["+351 912 345 678", None],
    ["-x", True],
    ["duas\nlinhas; com ponto e vírgula", 0],
    ["\x00\x0bção\ud83d", -7],
    ["  espaços  ", ""],
]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(data: bytes) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))


def test_csv_is_read_as_it_was_written():
    rows = [row for row in ROWS if "\ud83d" not in str(row[0])]
    data = b"".join(csv_parts(HEADER, rows))
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [
        HEADER, ["Creche «aberta» & mais <b>", "3"], ["'=1+1", "2.5"], ["+351 912 345 678", ""], ["'-x", "True"],
        ["duas\nlinhas; com ponto e vírgula", "0"], ["  espaços  ", ""],
    ]  # fmt: skip


def test_xlsx_is_read_as_it_was_written():
    assert read_xlsx(b"".join(xlsx_parts(HEADER, ROWS))) == [
        ("title", "count"), ("Creche «aberta» & mais <b>", 3), ("'=1+1", 2.5), ("+351 912 345 678", None), ("'-x", True),
        ("duas\nlinhas; com ponto e vírgula", 0), ("ção", -7), ("  espaços  ", None),
    ]  # fmt: skip


def test_the_header_of_a_sheet_is_bold_and_stays():
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_parts(HEADER, ROWS)))).active
    assert (sheet["A1"].font.bold, sheet["A2"].font.bold, sheet.freeze_panes) == (True, False, "A2")


@pytest.mark.parametrize(("parts", "read"), [(csv_parts, read_csv), (xlsx_parts, read_xlsx)])
def test_many_rows_come_in_parts_and_none_is_lost(parts, read):
    rows = [[f"Linha {n}", n] for n in range(3 * BATCH + 1)]
    made = list(parts(HEADER, iter(rows)))
    assert len(made) > 3
    assert [str(row[0]) for row in read(b"".join(made))[1:]] == [row[0] for row in rows]


def test_the_first_part_comes_before_the_last_row_is_read():
    asked = []

    def rows():
        for n in range(5 * BATCH):
            asked.append(n)
            yield ["x", n]

    next(csv_parts(HEADER, rows()))
    assert len(asked) < 2 * BATCH


def test_the_same_rows_give_the_same_file():
    assert b"".join(xlsx_parts(HEADER, ROWS)) == b"".join(xlsx_parts(HEADER, ROWS))


def test_nothing_is_a_file_with_a_header():
    assert read_csv(b"".join(csv_parts(HEADER, []))) == [HEADER]
    assert read_xlsx(b"".join(xlsx_parts(HEADER, []))) == [("title", "count")]
