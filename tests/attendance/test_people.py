"""Who is one person and who is not, and what the person who uploads is told."""

import pytest
from django.utils import translation

from network_portal.common.text import fold
from tests.attendance.files import facts, read, zoom
from webinars.attendance import name_variants, normalised_name
from webinars.attendance.headers import ALIASES, FIELDS


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("João Silva", "joao silva"),
        ("Silva, João", "joao silva"),
        ("  SILVA ,  joão (Guest)", "joao silva"),
        ("João Silva (Convidado)", "joao silva"),
        ("Joana Silva (Convidada)", "joana silva"),
        ("João Silva (Convidado/a)", "joao silva"),
        ("João Silva (Invitado)", "joao silva"),
        ("João Silva (Ospite)", "joao silva"),
        ("João Silva (Convidado) (Externo)", "joao silva"),
        ("João Silva (Não verificado)", "joao silva"),
        ("João-Paulo Silva", "joao paulo silva"),
        ("João Silva (CM Exemplo)", "joao silva cm exemplo"),
        ("Silva, João, Dr.", "silva joao dr"),
        ("Silva, João (CM Exemplo)", "joao silva cm exemplo"),
        ("(Guest)", "guest"),
        ("🙂", "🙂"),
        ("", ""),
    ],
)
def test_normalised_names(text, name):
    assert normalised_name(text) == name


def test_names_that_a_renamed_person_may_have():
    assert name_variants("Inês Araújo (CM Exemplo)") == ["ines araujo cm exemplo", "ines araujo", "cm exemplo"]
    assert name_variants("iPhone (Silva, João)") == ["iphone silva joao", "iphone", "joao silva"]
    assert name_variants("Ana (Guest)") == ["ana"]


def test_the_address_tells_people_apart_whatever_their_names():
    sheet = read(zoom("Ana,Ana@X.example,14:30,14:40", "Ana R.,ana@x.example ,15:00,15:10", "Ana,ana@y.example,14:30,14:31"))
    assert [(i, m) for i, m, *_ in facts(sheet)] == [("mail:ana@x.example", 20), ("mail:ana@y.example", 1)]
    assert [p.name for p in sheet.people] == ["Ana", "Ana"]
    assert sheet.notes == []


def test_without_address_the_name_does():
    sheet = read(zoom("Silva, João (Guest),,14:30,14:40", "JOAO SILVA,,15:00,15:10", "Rui,n/a,15:00,15:10"))
    assert [(i, m) for i, m, *_ in facts(sheet)] == [("name:joao silva", 20), ("name:rui", 10)]
    assert [(p.name, p.email, p.is_verified) for p in sheet.people] == [("Silva, João", "", False), ("Rui", "", False)]
    assert sheet.notes == []


def test_namesakes_at_the_same_time_are_one_and_said():
    sheet = read(zoom("Ana,,14:30,15:00", "Ana (Guest),,14:45,15:15", "Rui,,14:30,14:40", "Rui,,14:40,14:50"))
    assert facts(sheet) == [("name:ana", 45, "14:30:00", "15:15:00", 2), ("name:rui", 20, "14:30:00", "14:50:00", 2)]
    assert sheet.notes == ["Same name without an e-mail address, at the same time: Ana. Two people, or two devices."]


def test_a_name_with_and_without_address_is_two_and_said():
    sheet = read(zoom("Ana,ana@x.example,14:30,15:00", "Ana (Guest),,15:00,15:15"))
    assert [(i, m) for i, m, *_ in facts(sheet)] == [("mail:ana@x.example", 30), ("name:ana", 15)]
    assert sheet.notes == ["Name both with and without an e-mail address: Ana. They were kept apart."]


def test_a_note_names_five():
    rows = [f"P{n},{mail},14:30,15:00" for n in range(7) for mail in ("", f"p{n}@x.example")]
    assert read(zoom(*rows)).notes == [
        "Name both with and without an e-mail address: P0, P1, P2, P3, P4 …. They were kept apart."
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "1 row is outside the webinar's hours: left out.",
                "2 rows began before the start or lasted beyond the end: that time was cut off.",
            ],
        ),
        (
            "pt",
            [
                "1 linha está fora do horário do webinar: não conta.",
                "2 linhas começaram antes do início ou passaram do fim: esse tempo foi descontado.",
            ],
        ),
    ],
)
def test_notes_are_in_the_reader_s_language(language, expected):
    with translation.override(language):
        sheet = read(zoom("Ana,a@x.example,14:00,15:00", "Rui,r@x.example,17:00,18:00", "Eva,e@x.example,12:00,13:00"))
    assert sheet.notes == expected


def test_long_names_are_cut_and_long_addresses_are_none():
    sheet = read(zoom(f"{'A' * 300},{'a' * 300}@x.example,14:30,15:00"))
    assert (len(sheet.people[0].name), sheet.people[0].email) == (200, "")


def test_no_title_stands_for_two_fields():
    titles = [(title, field) for field, rows in ALIASES.items() for titles in rows.values() for title in titles]
    assert [title for title, field in titles if FIELDS[fold(title)] != field] == []
