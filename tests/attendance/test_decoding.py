"""Whatever programme wrote the file: the same people."""

import csv
import io

import pytest

from tests.attendance.files import LISBON, SAMPLES, facts, read
from webinars import attendance

EXPECTED = [("mail:joao@cm.example", 30, "14:40:00", "15:10:00", 1)]
ROWS = [
    [
        "Nome (nome original)",
        "E-mail",
        "Ingressar na hora",
        "Hora de saída",
        "Duração (minutos)",
        "Convidado",
        "Na sala de espera",
    ],
    ["João Conceição", "joao@cm.example", "14/03/2024 14:40:00", "14/03/2024 15:10:00", "30", "Sim", "Não"],
]


def table(separator: str = ",", line_end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=line_end).writerows(ROWS)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        table().encode("utf-8"),
        table().encode("utf-8-sig"),
        table(";").encode("cp1252"),
        table("\t").encode("utf-16"),
        b"\xff\xfe" + table("\t").encode("utf-16-le"),
        b"\xfe\xff" + table("\t").encode("utf-16-be"),
        table("\t").encode("utf-16-le"),
        table("\t").encode("utf-16-be"),
        table(line_end="\r").encode(),
        table(line_end="\n").encode(),
        ("sep=;\r\n" + table(";")).encode("utf-8-sig"),
        ('"sep=;"\r\n' + table(";")).encode("cp1252"),
        ("sep=,\n" + table(line_end="\n")).encode(),
        ("\r\n\r\n" + table()).encode(),
        ("Relatório de presenças\r\n;;;\r\n" + table(";")).encode("cp1252"),
        table().encode() + b"\r\n,,,,,,\r\n\r\n",
    ],
    ids=[
        *("utf-8", "utf-8 with mark", "cp1252", "utf-16", "utf-16-le with mark", "utf-16-be with mark", "utf-16-le", "utf-16-be"),
        *(
            "CR alone",
            "LF alone",
            "sep line",
            "quoted sep line",
            "sep line with LF",
            "blank lines first",
            "heading in row 3",
            "blank end",
        ),
    ],
)
def test_encodings_separators_and_line_ends(content):
    sheet = read(content)
    assert facts(sheet) == EXPECTED
    assert sheet.people[0].name == "João Conceição"


def test_semicolons_with_commas_in_the_cells():
    text = "Name (original name);Email;Join time;Leave time\nSilva, João, Dr.;joao@cm.example;14/03/2024 14:40;14/03/2024 15:10\n"
    assert facts(read(text)) == EXPECTED


def test_quoted_line_breaks_and_quotes():
    text = (
        "Name (original name),Email,Join time,Leave time\r\n"
        '"João ""Janeco""\r\nConceição",joao@cm.example,2024-03-14 14:40,2024-03-14 15:10\r\n'
    )
    sheet = read(text)
    assert facts(sheet) == EXPECTED
    assert sheet.people[0].name == 'João "Janeco" Conceição'


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("'=1+1", "=1+1"),
        ("=1+1", "=1+1"),
        ("'@SUM(A1)", "@SUM(A1)"),
        ("' =1", "=1"),
        ("'+351 210 000 000", "+351 210 000 000"),
        ("'＝1", "＝1"),
        ("'-2+3", "-2+3"),
        ("'Ana", "'Ana"),
    ],
)
def test_cells_guarded_against_formulas_are_what_they_were(cell, name):
    sheet = read(f"Name (original name),Email,Join time,Leave time\n{cell},,2024-03-14 14:40,2024-03-14 15:10\n")
    assert sheet.people[0].name == name


def test_invisible_characters_are_dropped():
    text = "\ufeff\ufeffName (original name),Email,Join time,Leave time\n"
    text += "A\u200bna,\u200eana@x.example\u00a0,3/14/2024 2:40:00\u202fPM,3/14/2024 3:10:00\u202fPM\n"
    assert facts(read(text)) == [("mail:ana@x.example", 30, "14:40:00", "15:10:00", 1)]


def test_titles_match_without_case_accents_blanks_and_colon():
    text = "NOME  (NOME ORIGINAL):, e-mail ,ingressar na hora:,HORA DE SAIDA\n"
    text += "João,joao@cm.example,2024-03-14 14:40,2024-03-14 15:10\n"
    assert facts(read(text)) == EXPECTED


def test_columns_in_any_order_and_unknown_ones_dropped():
    text = "Phone,Leave time,Email,Notes,Join time,User Name\n+351 1,2024-03-14 15:10,joao@cm.example,x,2024-03-14 14:40,João\n"
    sheet = read(text)
    assert facts(sheet) == EXPECTED
    assert "351" not in repr(sheet)


def test_the_fingerprint_is_that_of_the_bytes():
    content = (SAMPLES / "google_meet_en.csv").read_bytes()
    assert attendance.fingerprint(content) == attendance.fingerprint(bytes(content))
    assert attendance.fingerprint(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert attendance.fingerprint(content) != attendance.fingerprint(content + b"\n")


def test_the_same_file_twice_gives_the_same():
    content = (SAMPLES / "zoom_meeting_en.csv").read_bytes()
    assert read(content, zone=LISBON) == read(content, zone=LISBON)
