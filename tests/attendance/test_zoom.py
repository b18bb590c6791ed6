"""Reports of Zoom: generations, languages, who is left out, who is staff."""

import pytest
from django.utils import translation

from tests.attendance.files import facts, read, zoom
from webinars.attendance import errors

STAY = "2024-03-14 14:40,2024-03-14 15:10"
ANA = [("mail:ana@x.example", 30, "14:40:00", "15:10:00", 1)]
WEBINAR = "Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time"
OTHERS = "User Name,Join Time,Leave Time,Time in Session (minutes)"
HOSTS = "Attended,User Name (Original Name),Email,Join Time,Leave Time"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "heading",
    [
        "Name (Original Name),User Email,Join Time,Leave Time",
        "Name (original name),Email,Join time,Leave time",
        "User Name (Original Name),Email,Join time,Leave time",
        "User Name,User Email,Join time,Leave time",
        "Nome (nome original),E-mail,Ingressar na hora,Hora de saída",
        "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida",
        "Nombre de usuario,E-mail del usuario,Hora para unirse,Hora para salir",
    ],
)
def test_generations_and_languages(heading):
    assert facts(read(f"{heading}\nAna,ana@x.example,{STAY}\n")) == ANA


def test_the_older_block_about_the_meeting():
    block = "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
    values = "81234,Género,2024-03-14 14:28,2024-03-14 17:30,ana@x.example,182,1\n\n"
    sheet = read(f"{block}{values}Name (Original Name),User Email,Join Time,Leave Time\nAna,ana@x.example,{STAY}\n")
    assert (sheet.title, facts(sheet), sheet.people[0].is_staff) == ("Género", ANA, True)


def test_the_host_of_the_newer_block_is_staff():
    block = "Topic,ID,Host,Duration (minutes),Start time,End time,Participants\n"
    values = "Género,81234,Rede Igualdade (REDE@example.org),182,2024-03-14 14:28,2024-03-14 17:30,2\n\n"
    people = f"Rede,rede@example.org,{STAY}\nAna,ana@x.example,{STAY}\n"
    sheet = read(f"{block}{values}Name (original name),Email,Join time,Leave time\n{people}")
    assert [(p.name, p.is_staff) for p in sheet.people] == [("Rede", True), ("Ana", False)]


def test_the_waiting_room_is_left_out_and_said():
    heading = "Name (original name),Email,Join time,Leave time,In waiting room"
    sheet = read(
        f"{heading}\nAna,ana@x.example,{STAY},No\nRui,,{STAY},Yes\nAna,ana@x.example,2024-03-14 14:31,2024-03-14 14:40,Yes\n"
    )
    assert facts(sheet) == ANA
    assert (sheet.rows, sheet.left_out) == (3, 2)
    assert sheet.notes == ["2 rows are of people who were in the waiting room only: left out."]


@pytest.mark.parametrize(("join", "leave"), [("2024-03-14 14:40", "--"), ("", "2024-03-14 15:10")])
def test_a_moment_that_is_missing_follows_from_the_duration(join, leave):
    heading = "Name (original name),Email,Join time,Leave time,Duration (minutes)"
    assert facts(read(f"{heading}\nAna,ana@x.example,{join},{leave},30\n")) == ANA


def test_without_leaving_and_duration_minutes_are_not_known():
    sheet = read(zoom("Ana,ana@x.example,14:31,14:40") + "\nAna,ana@x.example,2024-03-14 15:00,,,Yes,No\n")
    assert facts(sheet) == [("mail:ana@x.example", None, "14:31:00", None, 2)]


def test_totals_are_no_longer_than_the_webinar():
    heading = "Name (Original Name),User Email,Total Duration (Minutes),Guest"
    sheet = read(f"{heading}\nAna,ana@x.example,30,Yes\nRui,rui@x.example,400,Yes\nEva,,12,Yes\nEva,,20,Yes\n")
    assert [(i, m) for i, m, *_ in facts(sheet)] == [("mail:ana@x.example", 30), ("mail:rui@x.example", 180), ("name:eva", 20)]
    assert "totals without times" in sheet.notes[0]


def test_totals_of_the_meeting_of_the_webinar():
    block = "Topic,ID,Host,Duration (minutes),Start time,End time\nGénero,1,Rede,182,2024-03-14 14:28,2024-03-14 17:30\n\n"
    sheet = read(f"{block}Name (original name),Email,Total duration (minutes),Guest\nAna,ana@x.example,30,Yes\n")
    assert (sheet.format, sheet.title, sheet.people[0].minutes) == ("zoom_unique", "Género", 30)


def webinar(*lines: str) -> str:
    return "\r\n".join(["Attendee Report,", "Attendee Details,", WEBINAR, *lines])


def test_later_rows_of_a_webinar_may_lack_the_name():
    rows = [f"Yes,Ana,Ana,Reis,ana@x.example,2024-03-01 10:00,approved,{STAY}"]
    rows += ["Yes,,,,ana@x.example,,approved,2024-03-14 15:20,2024-03-14 15:30"]
    sheet = read(webinar(*rows))
    assert facts(sheet) == [("mail:ana@x.example", 40, "14:40:00", "15:30:00", 2)]
    assert sheet.people[0].name == "Ana"


def test_first_and_last_name_when_there_is_no_other():
    sheet = read(webinar(f"Yes,,Ana,Reis,ana@x.example,2024-03-01 10:00,approved,{STAY}"))
    assert sheet.people[0].name == "Ana Reis"


def test_people_who_registered_and_did_not_come():
    rows = [f"Yes,Ana,Ana,Reis,ana@x.example,,approved,{STAY}"]
    rows += ["No,Rui,Rui,Sá,rui@x.example,,approved,--,--", "No,Eva,Eva,Sá,eva@x.example,,approved,--,--"]
    sheet = read(webinar(*rows))
    assert facts(sheet) == ANA
    assert (sheet.rows, sheet.left_out) == (3, 2)
    assert sheet.notes == ["2 rows are of people who registered and did not come: left out."]


def test_questions_at_registration_move_the_columns_and_stay_out():
    heading = WEBINAR.replace("Email,", "Email,Phone,Município,")
    row = f"Yes,Ana,Ana,Reis,ana@x.example,+351 910 000 000,Exemplo,2024-03-01 10:00,approved,{STAY}"
    sheet = read(f"Attendee Report,\nAttendee Details,\n{heading}\n{row}\n")
    assert facts(sheet) == ANA
    assert "910" not in repr(sheet)
    assert "Exemplo" not in repr(sheet)


def test_people_by_telephone_follow_in_a_table_of_their_own():
    text = webinar(f"Yes,Ana,Ana,Reis,ana@x.example,,approved,{STAY}", "Other Attended,", OTHERS, f"351210000000,{STAY},30")
    assert [identity for identity, *_ in facts(read(text))] == ["mail:ana@x.example", "name:351210000000"]


def test_hosts_and_panelists_are_staff_also_as_attendees():
    tables = [
        f"Host Details,\n{HOSTS}\nYes,Rede,rede@x.example,{STAY}",
        f"Panelist Details,\n{HOSTS}\nYes,Ana,ana@x.example,{STAY}",
    ]
    rows = [f"Yes,Ana,Ana,Reis,ana@x.example,,approved,{STAY}", f"Yes,Rui,Rui,Sá,rui@x.example,,approved,{STAY}"]
    sheet = read("\n".join(["Attendee Report,", *tables, "Attendee Details,", WEBINAR, *rows]))
    assert [(p.name, p.is_staff, p.sessions) for p in sheet.people] == [("Rede", True, 1), ("Ana", True, 2), ("Rui", False, 1)]


def test_a_webinar_saved_again_by_a_spreadsheet():
    """Semicolons, and every line as long as the longest."""
    lines = webinar(f"Yes,Ana,Ana,Reis,ana@x.example,2024-03-01 10:00,approved,{STAY}").split("\r\n")
    text = "\r\n".join(line.replace(",", ";") + ";" * (8 - line.count(",")) for line in lines)
    assert facts(read(text.encode("cp1252"))) == ANA


def test_tables_without_anybody():
    text = f"Host Details,\n{HOSTS}\nPanelist Details,\n{HOSTS}\n" + webinar(f"Yes,Ana,Ana,Reis,ana@x.example,,approved,{STAY}")
    assert facts(read(text + "\nPanelist Details,")) == ANA


def test_the_flat_table_of_a_webinar_without_registration():
    sheet = read(f"Name (original name),Email,Join time,Leave time,Duration (minutes)\nAna,ana@x.example,{STAY},30\n")
    assert (sheet.format, facts(sheet)) == ("zoom_meeting", ANA)


def test_totals_with_a_day_in_two_ways_that_misses_the_webinar():
    """AM and PM are taken for the month first: asked about only if the day first would be that of the webinar."""
    block = "Topic,ID,Host,Duration (minutes),Start time,End time\nGénero,1,Rede,60,03/04/2024 02:00 PM,03/04/2024 04:00 PM\n"
    text = f"{block}\nName (original name),Email,Total duration (minutes),Guest\nAna,ana@x.example,30,Yes\n"
    with pytest.raises(errors.AmbiguousDates):
        read(text, start="2024-04-03 14:00", end="2024-04-03 16:00")
    with pytest.raises(errors.AnotherMeeting):
        read(text)
