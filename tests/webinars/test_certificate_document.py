"""The file of a certificate: PDF/UA-1, the same bytes for the same row, and nothing that a person typed breaks it."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation

from network_portal.common import glyphs, pdf
from tests.factories import make_cycle, make_user
from tests.webinars.certifying import cycle_with, fresh, held, issued, picture
from webinars import certificates as facts
from webinars.certificates import document, logos_of
from webinars.models import Partner
from webinars.services import certificates, partners

pytestmark = pytest.mark.django_db
FUNDED = {"funder": "Fundo Social", "grant_reference": "POISE-03-44", "certificate_text": "No âmbito do ciclo."}


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def elements(node, found=None) -> list:
    """All elements of the structure tree, in reading order."""
    found = [] if found is None else found
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append(kid)
            elements(kid, found)
    return found


def words(content: bytes) -> str:
    """What a screen reader reads: the text of all pages by the fonts' own maps."""
    text = []
    for page in opened(content).pages:
        fonts = {name: unicode_map(font) for name, font in page.Resources.Font.items()}
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                current = fonts[str(operands[0])]
            if str(operator) in ("TJ", "Tj"):
                parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                text.append("".join(current.get(raw[n : n + 2], "") for n in range(0, len(raw), 2)))
    return "".join(text)


def unicode_map(font) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"^<([0-9a-f]{4})> <([0-9a-f]+)>$", table, re.M | re.I)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


@pytest.fixture
def certificate():
    cycle = make_cycle(title="Ciclo 2024", **FUNDED)
    return issued(held(title="Saúde à porta", cycle=cycle, number=2), make_user(name="Rita Quaresma"))


def test_it_is_tagged_and_says_its_language_and_title(certificate):
    file = opened(document(certificate, []))
    assert file.Root.MarkInfo.Marked
    assert file.Root.Lang == "pt"
    assert file.Root.ViewerPreferences.DisplayDocTitle
    with file.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"
        assert xmp["dc:title"] == "Certificado de participação: Saúde à porta"
    assert len(file.pages) == 1
    assert str(file.docinfo["/CreationDate"]).startswith(f"D:{certificate.issued_at.astimezone(UTC):%Y%m%d%H%M%S}")


def test_its_parts_can_be_found_and_its_pictures_have_words(certificate):
    partners.save_partner(None, cycle=certificate.cycle, by=None, name="Fundo", is_funder=True, position=1, logo=picture().read())
    file = opened(document(certificate, logos_of(certificate.cycle)))
    found = elements(file.Root.StructTreeRoot)
    kinds = [str(each.S) for each in found]
    assert kinds.count("/H1") == 1
    assert {str(each.Alt) for each in found if each.S == "/Figure"} == {
        "Código QR que leva à página onde este certificado pode ser verificado",
        "Fundo",
    }
    assert kinds.count("/Link") == 1


def test_it_says_what_the_row_and_the_cycle_say(certificate):
    said = words(document(certificate, [("Câmara de Odemira", None)]))
    for text in (
        "Rede de Autarquias para a Igualdade", "Certificado de participação", "Rita Quaresma", "participou no webinar",
        "Saúde à porta", "N.º 2 do ciclo «Ciclo 2024»", "No âmbito do ciclo.", "16", "maio de 2024", "3\xa0horas",
        "Questão de Igualdade", "Fundo Social, POISE-03-44", "Câmara de Odemira", certificate.shown_code,
    ):  # fmt: skip
        assert text in said.replace("\u200b", ""), text


def test_the_code_and_the_way_to_check_it_are_on_it(certificate, settings):
    settings.SITE_URL = "https://rede.example"
    file = opened(document(certificate, []))
    link = next(iter(file.pages[0].Annots))
    assert str(link.A.URI) == f"https://rede.example/certificates/{certificate.shown_code}/"


def test_the_same_row_gives_the_same_bytes(certificate):
    first = document(certificate, logos_of(certificate.cycle))
    assert document(fresh(certificate), logos_of(certificate.cycle)) == first
    certificate.name = "Rita"
    assert document(certificate, []) != first


def test_it_is_in_the_language_of_the_person():
    certificate = issued(held(title="Saúde"), make_user(language="en"))
    content = document(certificate, [])
    file = opened(content)
    assert file.Root.Lang == "en"
    assert "Certificate of participation" in words(content)
    spoken = re.findall(rb"/Lang ?\((\w+)\)", file.pages[0].Contents.read_bytes())
    assert b"pt" in spoken  # the title is in its own


def test_a_cycle_lists_its_webinars_in_a_table():
    rita = make_user(name="Rita Quaresma")
    cycle, _records = cycle_with(3, rita, title="Ciclo 2024")
    content = document(fresh(certificates.issue_for_cycle(cycle, person=rita)), [])
    file = opened(content)
    kinds = [str(each.S) for each in elements(file.Root.StructTreeRoot)]
    assert (kinds.count("/Table"), kinds.count("/TR"), kinds.count("/TH"), kinds.count("/TD")) == (1, 4, 3, 9)
    said = words(content)
    assert "participou em 3 webinars do ciclo" in said
    assert "15\xa0de\xa0julho\xa0de\xa02024" in said


def test_many_webinars_are_listed_on_a_second_page():
    rita = make_user()
    cycle, _records = cycle_with(9, rita)
    file = opened(document(fresh(certificates.issue_for_cycle(cycle, person=rita)), []))
    assert len(file.pages) == 2


ODD = [
    "Олександра Кравченко-Ющенко", "Łucja Šťastná ẞ", "שלום כהן", "田中", "محمد", "😀", "#panic() *x* $a$ <b> @c \\ `x` // /* ]",
    "\u202eabc\u2066", "a\x07b\x00c", "e\u0301", "\ue000", "\ufeff", "\ud83d", "Á" * 200, "W" * 200, "de " * 66, "\n\n", "\u2028",
]  # fmt: skip


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_no_name_breaks_it(certificate, name):
    certificate.name = certificate.title = name
    assert len(opened(document(certificate, [])).pages) == 1


def test_everything_at_its_longest_stays_on_one_page(certificate):
    certificate.name = certificate.title = certificate.cycle.title = ("Palavra comprida " * 20)[:200]
    certificate.cycle.funder, certificate.cycle.certificate_text = "Fundo " * 33, "Frase do ciclo. " * 18
    assert len(opened(document(certificate, [("Parceiro de nome comprido", None)] * 8)).pages) == 1


def test_what_a_person_typed_is_shown_as_typed(certificate):
    certificate.name = "#lorem(9) *Rita*"
    assert "#lorem(9) *Rita*" in words(document(certificate, []))


def test_a_logo_that_is_lost_leaves_its_name(certificate):
    fund = partners.save_partner(
        None, cycle=certificate.cycle, by=None, name="Fundo", is_funder=True, position=1, logo=picture().read()
    )
    fund.logo.storage.delete(fund.logo.name)
    assert logos_of(certificate.cycle) == [("Fundo", None)]


def test_partners_stand_in_their_order(certificate):
    for position, funds, name in ((2, False, "B"), (1, False, "A"), (9, True, "F")):
        Partner.objects.create(cycle=certificate.cycle, position=position, is_funder=funds, name=name)
    assert [name for name, _logo in logos_of(certificate.cycle)] == ["F", "A", "B"]


def test_no_font_but_ours_is_used(certificate):
    file = opened(document(certificate, []))
    fonts = file.pages[0].Resources.Font
    assert {str(font.BaseFont).split("+")[1].split("-")[0] for font in fonts.values()} <= {"LiberationSans"}


def test_glyphs_are_told_from_those_that_are_missing():
    assert glyphs.unwritable("Łucja Олена ﬁ ①") == ""
    assert glyphs.unwritable("田a田中") == "田中"
    assert glyphs.writable("e\u0301 \u200bx\u202e①田") == "é x1□"
    assert {"A", "ž", "Ж", "€", "–"} < glyphs.drawn()
    assert "田" not in glyphs.drawn()


def test_a_document_says_the_day_that_it_was_given():
    data = {"network": "Rede", "webinars": [], "name": "A", "what": "B", "what_language": "pt", "text_language": "pt"}
    data |= dict.fromkeys(
        ["heading", "did", "context", "text", "lead", "unit", "second", "list_heading", "coordination", "coordination_label",
         "funder", "funder_label", "check", "code", "qr_alt"], "x",
    ) | {"notes": [], "columns": [], "partners": [], "url": "https://a.example/", "address": "a.example"}  # fmt: skip
    arguments = {"language": "en", "title": "T", "pictures": {"qr.svg": pdf.framed(picture().read())}}
    files = [pdf.compile_pdf("certificate.typ", data, created=datetime(2024, 5, d, tzinfo=UTC), **arguments) for d in (1, 1, 2)]
    assert files[0] == files[1]
    assert files[0] != files[2]


@pytest.mark.parametrize(
    ("minutes", "pt", "en"),
    [(180, "3 horas", "3 hours"), (60, "1 hora", "1 hour"), (150, "2 horas e 30 minutos", "2 hours and 30 minutes"),
     (45, "45 minutos", "45 minutes"), (61, "1 hora e 1 minuto", "1 hour and 1 minute"), (0, "0 minutos", "0 minutes")],
)  # fmt: skip
def test_lengths_in_words(minutes, pt, en):
    assert facts.length_in_words(minutes).replace("\xa0", " ") == pt
    with translation.override("en"):
        assert facts.length_in_words(minutes).replace("\xa0", " ") == en


def test_presence_and_initials():
    assert [facts.presence_in_words(n).replace("\xa0", " ") for n in (172, 120, 52)] == ["2 h 52 min", "2 h", "52 min"]
    assert facts.initials("Maria da Conceição e Albuquerque-Sá") == "M. C. A. S."
    assert (facts.initials("Олена  Кравченко"), facts.initials("ana"), facts.initials("")) == ("О. К.", "A.", "")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("K7QM-2W4P", "K7QM2W4P"), (" k7qm 2w4p ", "K7QM2W4P"), ("k7qm\u20132w4p", "K7QM2W4P"), ("OIL0-1111", "01101111"),
     ("K7QM-2W4", None), ("K7QM-2W4PX", None), ("K7QM-2W4U", None), ("", None), ("é" * 8, None), ("\x00" * 8, None)],
)  # fmt: skip
def test_codes_as_people_type_them(typed, code):
    assert facts.code_from(typed) == code
