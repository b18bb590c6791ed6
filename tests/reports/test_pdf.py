"""The PDF is one that a screen reader can read, in its own language, and holds what was frozen."""

import io
import re
from datetime import UTC, date, datetime

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from network_portal.reports import charts, exports, printing, prose
from network_portal.reports.models import Report
from network_portal.reports.printing import cell_in_words
from tests.factories import make_coordinator, make_cycle, make_webinar
from tests.reports.cycles import END, make_frozen, make_full_cycle
from webinars.models import AttendanceFile, Partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_frozen(
        make_full_cycle(), by=make_coordinator(), text={"pt": "## O que muda\n\nAs **metas** foram *cumpridas*.\n\n- um\n- dois"}
    )


def made(report: Report, language: str) -> bytes:
    return printing.pdf_file(report.frozen, sha256=report.content_sha256, language=language)


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize("language", ["pt", "en"])
def test_it_is_tagged_has_its_language_and_a_title_and_says_it_is_ua(report, language):
    with pikepdf.open(io.BytesIO(made(report, language))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "StructTreeRoot" in {str(key).strip("/") for key in pdf.Root}
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert "Práticas Promotoras da Igualdade" in about["dc:title"]
        assert all("/Tabs" in page and page.Tabs == "/S" for page in pdf.pages)


def test_charts_have_words(report):
    with pikepdf.open(io.BytesIO(made(report, "en"))) as pdf:
        told = [str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
    assert any("1 Igualdade na educação: 54 confirmed, 50 attended." in words for words in told)
    assert any("After webinar 5: 30." in words for words in told)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("pt", ["250 de 250", "Metas e realidade", "Comprovativos", "participants-3.csv", "O que muda", "Entidade financiadora"]),
        ("en", ["250 of 250", "Targets and facts", "Evidence", "participants-3.csv", "O que muda", "Technical staff"]),
    ],
)
def test_it_holds_figures_words_and_evidence(report, language, expected):
    words = words_of(made(report, language))
    assert [text for text in expected if text not in words] == []
    assert words.count(f"SHA-256 {report.content_sha256}") >= 4  # at the foot of every page


def test_addresses_of_recordings_are_not_broken_beside_long_titles():
    cycle = make_full_cycle()
    cycle.webinars.update(title="Partilha de responsabilidades: o tempo de cuidar " * 3)
    found = words_of(made(make_frozen(cycle, by=make_coordinator()), "pt"))
    assert re.findall(r"https://www.youtube.com/watch\?v=webinar-00\d\b", found) == [
        f"https://www.youtube.com/watch?v=webinar-00{n}" for n in range(1, 6)
    ]


def test_digits_can_be_copied_from_the_document(report):
    found = words_of(made(report, "en"))
    assert str(report.uuid) in found
    assert f"SHA-256 {report.content_sha256} Frozen" in found
    assert [sha256 for sha256 in AttendanceFile.objects.values_list("sha256", flat=True) if sha256 not in found] == []


def test_logos_are_those_of_the_day_of_freezing(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    cycle = make_full_cycle()
    partner = Partner(cycle=cycle, name="Comissão para a Cidadania", is_funder=True)
    picture = io.BytesIO()
    Image.new("RGB", (1_800, 300), "#b3152f").save(picture, "PNG")
    partner.logo.save("logo.png", io.BytesIO(picture.getvalue()))
    report = make_frozen(cycle, by=make_coordinator())
    before = made(report, "pt")
    partner.logo.storage.delete(partner.logo.name)
    Partner.objects.all().delete()
    assert made(Report.objects.get(), "pt") == before
    with pikepdf.open(io.BytesIO(before)) as pdf:
        assert pdf.pages[0].get("/Resources").get("/XObject") is not None


def test_an_empty_cycle_has_a_document():
    report = make_frozen(make_cycle(starts_on=date(2024, 1, 1), ends_on=END, title="Ciclo vazio"), by=make_coordinator())
    assert "0 of 250" in words_of(made(report, "en"))
    assert exports.csv_file(report.frozen, "en").startswith("\ufeffCiclo vazio".encode())


def test_what_people_typed_is_never_markup():
    cycle = make_cycle(starts_on=date(2024, 1, 1), ends_on=END, title='#panic("x") $ *a* _b_ \\ <i> =1+1', funder='@x "y"')
    make_webinar(cycle=cycle, title="=cmd|' /C calc'!A0 " + "a" * 120, starts_at=datetime(2024, 3, 1, 10, tzinfo=UTC))
    report = make_frozen(
        cycle, by=make_coordinator(), text={"pt": '# Título\n\nUm #set text(fill: red) `x` [a](javascript:x) "é"'}
    )
    words = words_of(made(report, "pt"))
    assert '#panic("x") $ *a* _b_' in words
    assert "#set text(fill: red)" in words
    assert "'=cmd" in exports.csv_file(report.frozen, "pt").decode()


def test_a_long_cycle_draws_no_bars_but_lists_every_webinar():
    held = [{"number": n, "webinar": f"W{n}", "confirmed": 9, "attended": 8, "sum": n} for n in range(1, 41)]
    columns = [{"code": code} for code in held[0]]
    table = {"code": "webinars", "columns": columns, "rows": [list(row.values()) for row in held]}
    drawn = charts.charts({"tables": [table], "figures": [{"code": "municipalities", "target": 25}]})
    assert drawn["attendance"]["rows"] == []
    points = drawn["reach"]["points"]
    assert (len(points), points[-1]["share"], points[-1]["labelled"]) == (40, 1.0, True)
    assert sum(point["labelled"] for point in points) <= 16


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", []),
        ("um\n\ndois", ["text", "text"]),
        ("## T\n\n- a\n- b\n\n1. c", ["heading", "items", "numbers"]),
        ("<script>x</script> y", ["text"]),
        ("> cita\n\n---\n\nfim", ["text", "text"]),
    ],
)
def test_prose_is_read_into_blocks(text, kinds):
    assert [block["kind"] for block in prose.blocks(text)] == kinds


def test_prose_keeps_stress_links_and_nested_items():
    blocks = prose.blocks("a **b** [c](https://x.example)\n\n- d\n    - e")
    runs = blocks[0]["runs"]
    assert [(run["text"], run["bold"], run["link"]) for run in runs] == [
        ("a ", False, ""), ("b", True, ""), (" ", False, ""), ("c", False, "https://x.example"),
    ]  # fmt: skip
    assert [item[0]["text"].strip() for item in blocks[1]["items"]] == ["d", "e"]


def test_a_mean_is_rounded_as_on_the_pages_and_not_cut():
    assert cell_in_words(4.387, "number") == "4,4"
