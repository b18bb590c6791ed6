"""Google Meet, and tables whose columns a person has named."""

import pytest

from tests.attendance.files import MEET, facts, read
from webinars.attendance import errors

MAPPING = {"name": "Quem", "email": "Contacto", "join": "Chegou", "leave": "Foi-se", "minutes": "Tempo"}
TIMES = {key: MAPPING[key] for key in ("name", "email", "join", "leave")}


def test_meet_trusts_the_duration_not_the_time_between():
    assert facts(read(f"{MEET}\nAna,Reis,ana@x.example,58 min,2:31 PM,5:29 PM\n")) == [
        ("mail:ana@x.example", 58, "14:31:00", "17:29:00", 1)
    ]


@pytest.mark.parametrize(
    ("row", "minutes"),
    [
        ("4 hr,1:00 PM,6:00 PM", 180),  # no longer than the webinar
        ("1 hr 30 min,13:10,14:40", 10),  # no longer than it was during the webinar
        ("45:30,14:31,17:29", 45),
        ("1:02:30,14:31,17:29", 62),
        ("--,14:31,14:41", 10),  # without a duration, the time between
        ("0,14:31,14:31", 0),
    ],
)
def test_meet_minutes(row, minutes):
    assert read(f"{MEET}\nAna,Reis,ana@x.example,{row}\n").people[0].minutes == minutes


def test_meet_in_another_language_has_first_and_last_name():
    text = "Nome,Apelido,E-mail,Duração,Hora de entrada,Hora de saída\nAna,Reis,,30 min,14:40,15:10\nAna,Sá,,20 min,14:40,15:00\n"
    sheet = read(text)
    assert sheet.format == "meet"
    assert [(p.name, p.identity, p.minutes) for p in sheet.people] == [
        ("Ana Reis", "name:ana reis", 30),
        ("Ana Sá", "name:ana sa", 20),
    ]


def test_meet_namesakes_are_one_person_with_the_longer_time():
    sheet = read(f"{MEET}\nAna,,,30 min,14:40,15:10\nAna,,,20 min,14:50,15:10\n")
    assert facts(sheet) == [("name:ana", 30, "14:40:00", "15:10:00", 2)]
    assert len(sheet.notes) == 1


def test_any_table_by_its_mapping():
    text = "Quem;Contacto;Cargo;Chegou;Foi-se\nAna Reis;ANA@x.example;x;14/03/2024 14:40;14/03/2024 15:10\n"
    text += "Rui;;y;14/03/2024 14:50;15:00\n"
    sheet = read(text.encode("cp1252"), mapping=TIMES)
    assert (sheet.format, sheet.title, sheet.rows) == ("mapped", "", 2)
    assert facts(sheet) == [
        ("mail:ana@x.example", 30, "14:40:00", "15:10:00", 1),
        ("name:rui", 10, "14:50:00", "15:00:00", 1),
    ]


def test_a_mapping_with_minutes_alone():
    text = "Quem,Contacto,Tempo\nAna,ana@x.example,110\nRui,,400\nEva,,1 h 5 min\nBia,,--\n"
    with pytest.raises(errors.UnreadableRow) as raised:
        read(text, mapping={"name": "Quem", "email": "Contacto", "minutes": "Tempo"})
    assert (raised.value.row, raised.value.column, raised.value.value) == (5, "Tempo", "--")
    sheet = read(text.replace("Bia,,--\n", ""), mapping={"name": "Quem", "email": "Contacto", "minutes": "Tempo"})
    assert [(p.identity, p.minutes) for p in sheet.people] == [("mail:ana@x.example", 110), ("name:rui", 180), ("name:eva", 65)]


def test_times_count_before_minutes():
    text = "Quem,Contacto,Chegou,Foi-se,Tempo\nAna,,14/03/2024 14:40,14/03/2024 15:10,99\nRui,,14/03/2024 14:40,,99\n"
    assert [p.minutes for p in read(text, mapping=MAPPING).people] == [30, 99]


def test_a_list_of_names_says_nothing_of_minutes():
    sheet = read("Contacto,Outra\nana@x.example,1\n", mapping={"email": "Contacto"})
    assert facts(sheet) == [("mail:ana@x.example", None, None, None, 1)]


def test_excel_serial_dates():
    text = "Quem,Contacto,Chegou,Foi-se\nAna,,45365.6111111111,45365.6319444444\n"
    assert facts(read(text, mapping=TIMES)) == [("name:ana", 30, "14:40:00", "15:10:00", 1)]


def test_titles_of_a_mapping_match_as_all_titles_do():
    text = "lista\n\n quem: ,CONTACTO,chegou,FOI SE\nAna,,14/03/2024 14:40,14/03/2024 15:10\n"
    assert facts(read(text, mapping=TIMES)) == [("name:ana", 30, "14:40:00", "15:10:00", 1)]


def test_ambiguous_dates_of_a_mapped_table_are_asked_about():
    text = "Quem,Contacto,Chegou,Foi-se\nAna,,03/04/2024 14:40,03/04/2024 15:10\n"
    with pytest.raises(errors.AmbiguousDates):
        read(text, mapping=TIMES, start="2024-04-03 14:00", end="2024-04-03 16:00")
    sheet = read(text, mapping=TIMES, start="2024-04-03 14:00", end="2024-04-03 16:00", day_first=True)
    assert sheet.people[0].minutes == 30


@pytest.mark.parametrize(
    "mapping",
    [None, {}, {"name": "Nome"}, {"join": "Chegou"}, {"name": "", "email": None}, {"name": "Quem", "minutes": "Minutos"}],
)
def test_a_mapping_that_does_not_fit_is_asked_for_again(mapping):
    with pytest.raises(errors.UnknownColumns) as raised:
        read("Quem,Contacto,Chegou\nAna,ana@x.example,14:40\n", mapping=mapping)
    assert raised.value.columns == ["Quem", "Contacto", "Chegou"]


def test_a_mapped_column_that_is_doubled():
    with pytest.raises(errors.MissingColumns) as raised:
        read("Quem,Quem,Contacto\nAna,Eva,ana@x.example\n", mapping={"name": "Quem"})
    assert (raised.value.expected, raised.value.doubled) == (["Quem"], True)


def test_a_known_format_comes_before_the_mapping():
    sheet = read(f"{MEET}\nAna,Reis,ana@x.example,58 min,2:31 PM,5:29 PM\n", mapping={"name": "First name"})
    assert sheet.format == "meet"


def test_a_mapping_helps_where_a_known_format_lacks_a_column():
    text = "Name,Duration (minutes)\nAna,30\n"
    with pytest.raises(errors.MissingColumns):
        read(text, mapping={"name": "Quem"})
    sheet = read(text, mapping={"name": "Name", "minutes": "Duration (minutes)"})
    assert (sheet.format, sheet.people[0].minutes) == ("mapped", 30)


def test_the_mapping_finds_the_separator():
    text = "Quem;Contacto, telefone, morada, notas\nAna;ana@x.example\n"
    sheet = read(text, mapping={"name": "Quem", "email": "Contacto, telefone, morada, notas"})
    assert sheet.people[0].email == "ana@x.example"
