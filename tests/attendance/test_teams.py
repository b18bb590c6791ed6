"""Files of Teams: sections found by number, identity of section 2, stays of section 3, lists of events."""

import pytest
from django.utils import translation

from tests.attendance.files import facts, read
from webinars.attendance import errors

PEOPLE = "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole"
STAYS = "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole"
WITHOUT_EMAIL = "Name\tJoin Time\tLeave Time\tDuration\tRole"
SPAN = "14/03/2024 14:40:00\t14/03/2024 15:40:00\t30m"
FIRST = "14/03/2024 14:40:00\t14/03/2024 14:55:00\t15m"
SECOND = "14/03/2024 15:25:00\t14/03/2024 15:40:00\t15m"
ANA = [("mail:ana@x.example", 30, "14:40:00", "15:40:00", 2)]
LIVE = "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def report(people: list[str], stays: list[str], encoding: str = "utf-16") -> bytes:
    lines = ["1. Summary", "Meeting title\tGénero", "Attended participants\t1", "", "2. Participants", *people, ""]
    return "\r\n".join([*lines, "3. In-Meeting Activities", *stays, "", "4. Meeting Engagement", "Name\tType\tTime"]).encode(
        encoding
    )


def person(name: str, email: str = "", role: str = "Attendee", upn: str = "") -> str:
    return f"{name}\t{SPAN}\t{email}\t{upn}\t{role}"


def stay(name: str, email: str = "", times: str = FIRST, role: str = "Attendee") -> str:
    return f"{name}\t{times}\t{email}\t{role}"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig", "cp1252"])
def test_stays_of_section_3_and_title(encoding):
    stays = [STAYS, stay("Ana", "ana@x.example"), stay("Ana", "ana@x.example", SECOND)]
    sheet = read(report([PEOPLE, person("Ana", "ana@x.example")], stays, encoding))
    assert (sheet.title, sheet.rows, facts(sheet)) == ("Género", 2, ANA)


@pytest.mark.parametrize(
    "heading",
    [
        "Nome\tHorário de Entrada\tHorário de Saída\tDuração\tEmail\tFunção",
        "Nombre\tHora de unión\tHora de salida\tDuración\tCorreo electrónico\tRol",
        "Nome\tOra di ingresso\tOra di uscita\tDurata\tEmail\tRuolo",
        "Name\tJoin time\tLeave time\tDuration\tEmail\tRole",
    ],
)
def test_languages_of_section_3(heading):
    stays = [heading, stay("Ana", "ana@x.example"), stay("Ana", "ana@x.example", SECOND)]
    text = "\r\n".join(["1. X", "Y\tZ", "", "2. Quem", "", "3. Quando", *stays])
    assert facts(read(text)) == ANA


def test_a_report_saved_again_by_a_spreadsheet():
    stays = [STAYS, stay("Ana", "ana@x.example"), stay("Ana", "ana@x.example", SECOND)]
    text = report([PEOPLE, person("Ana", "ana@x.example")], stays, "utf-8").decode()
    lines = [line.replace("\t", ";") + ";" * (6 - line.count("\t")) for line in text.split("\r\n")]
    assert facts(read(("sep=;\r\n" + "\r\n".join(lines)).encode("cp1252"))) == ANA


def test_addresses_of_section_2_for_stays_without():
    people = [PEOPLE, person("Ana", "ana@x.example")]
    for stays in (
        [WITHOUT_EMAIL, f"Ana\t{FIRST}\tAttendee", f"Ana\t{SECOND}\tAttendee"],
        [STAYS, stay("Ana"), stay("Ana", "", SECOND)],
    ):
        assert facts(read(report(people, stays))) == ANA


def test_the_account_stands_in_for_the_address():
    people = [PEOPLE, person("Ana", upn="ANA@x.example"), person("Rui", upn="rui_y.example#EXT#@x.example")]
    sheet = read(report(people, [STAYS, stay("Ana"), stay("Rui")]))
    assert [p.identity for p in sheet.people] == ["mail:ana@x.example", "name:rui"]


def test_the_address_of_the_registration():
    stays = ["Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tRegistration Email", f"Ana\t{FIRST}\t\tAttendee\tana@x.example"]
    assert read("\n".join(["3. X", *stays])).people[0].identity == "mail:ana@x.example"


def test_namesakes_keep_their_own_addresses():
    people = [PEOPLE, person("Ana Reis", "ana1@x.example"), person("Ana Reis", "ana2@x.example")]
    stays = [STAYS, stay("Ana Reis", "ana1@x.example"), stay("Ana Reis", "ana2@x.example", SECOND)]
    assert [(i, m) for i, m, *_ in facts(read(report(people, stays)))] == [
        ("mail:ana1@x.example", 15),
        ("mail:ana2@x.example", 15),
    ]


def test_namesakes_whose_stays_have_no_address_keep_the_times_of_section_2():
    people = [PEOPLE, person("Ana Reis", "ana1@x.example"), person("Ana Reis", "ana2@x.example")]
    stays = [WITHOUT_EMAIL, f"Ana Reis\t{FIRST}\tAttendee", f"Ana Reis\t{SECOND}\tAttendee"]
    sheet = read(report(people, stays))
    assert [(i, m) for i, m, *_ in facts(sheet)] == [("mail:ana1@x.example", 30), ("mail:ana2@x.example", 30)]


def test_a_name_with_and_without_address_is_not_merged():
    people = [PEOPLE, person("Ana", "ana@x.example"), person("Ana (Guest)")]
    sheet = read(report(people, [STAYS, stay("Ana", "ana@x.example"), stay("Ana (Guest)", "", SECOND)]))
    assert [(i, m) for i, m, *_ in facts(sheet)] == [("mail:ana@x.example", 15), ("name:ana", 15)]
    assert sheet.notes == ["Name both with and without an e-mail address: Ana. They were kept apart."]


def test_people_without_a_row_in_section_3_keep_the_duration_of_section_2():
    people = [PEOPLE, person("Ana", "ana@x.example"), person("Rui", "rui@x.example")]
    sheet = read(report(people, [STAYS, stay("Ana", "ana@x.example")]))
    assert [(i, m) for i, m, *_ in facts(sheet)] == [("mail:ana@x.example", 15), ("mail:rui@x.example", 30)]


def test_section_2_alone():
    text = "\n".join(["1. Summary", "Meeting title\tGénero", "2. Participants", PEOPLE, person("Ana", "ana@x.example")])
    assert facts(read(text)) == [("mail:ana@x.example", 30, "14:40:00", "15:40:00", 1)]


def test_the_duration_of_section_2_is_cut_to_the_webinar():
    text = "\n".join(["2. Participants", PEOPLE, person("Ana", "ana@x.example")])
    assert facts(read(text, start="15:20", end="17:30"))[0][1] == 20


@pytest.mark.parametrize(
    ("role", "is_staff"),
    [
        *[(role, True) for role in ("Organizer", "Co-organizer", "Presenter", "Organizador", "Apresentador", "Organizzatore")],
        *[(role, False) for role in ("Attendee", "Participante", "Partecipante", "")],
    ],
)
def test_roles(role, is_staff):
    stays = [STAYS, stay("Ana", "ana@x.example")]
    sheet = read(report([PEOPLE, person("Ana", "ana@x.example", role)], stays))
    assert [p.is_staff for p in sheet.people] == [is_staff]


def test_headings_of_an_unknown_language_can_be_mapped():
    text = "\n".join(
        ["1. A", "2. B", "3. C", "Nom\tArribada\tSortida\tAdreça", "Ana\t14/03/2024 14:40\t14/03/2024 15:10\tana@x.example"]
    )
    text += "\n\n4. D\nNom\tTipus\nAna\tMà"
    with pytest.raises(errors.UnknownColumns) as raised:
        read(text)
    assert raised.value.columns == ["Nom", "Arribada", "Sortida", "Adreça"]
    mapping = {"name": "Nom", "email": "Adreça", "join": "Arribada", "leave": "Sortida"}
    assert facts(read(text, mapping=mapping)) == [("mail:ana@x.example", 30, "14:40:00", "15:10:00", 1)]


def test_a_missing_column_of_a_section_is_named():
    with pytest.raises(errors.MissingColumns) as raised:
        read("\n".join(["3. X", "Name\tJoin Time\tDuration\tEmail"]))
    assert raised.value.expected == ["Leave time"]


@pytest.mark.parametrize(
    ("heading", "joined", "left"),
    [
        ("Full Name\tUser Action\tTimestamp", "Joined", "Left"),
        ("Full Name\tUser Action\tTimestamp", "Joined before", "Left"),
        ("Nome Completo\tAtividade\tCarimbo de data/hora", "Ingressou", "Saiu"),
        ("Nome Completo\tAtividade\tCarimbo de data/hora", "Entrou antes de", "Saiu"),
        ("Nombre completo\tAcción de usuario\tMarca de tiempo", "Se unió", "Salió"),
    ],
)
def test_lists_of_events(heading, joined, left):
    events = [f"Ana\t{joined}\t14/03/2024 14:40", f"Ana\t{left}\t14/03/2024 15:00", f"Rui\t{joined}\t14/03/2024 14:50"]
    events += [f"Ana\t{joined}\t14/03/2024 15:20", f"Ana\t{left}\t14/03/2024 15:30", f"Rui\t{left}\t14/03/2024 15:00"]
    sheet = read("\n".join([heading, *events]).encode("utf-16"))
    assert facts(sheet) == [("name:ana", 30, "14:40:00", "15:30:00", 2), ("name:rui", 10, "14:50:00", "15:00:00", 1)]


def test_two_devices_in_a_list_of_events():
    times = [("Joined", "14:40"), ("Joined", "14:50"), ("Left", "15:00"), ("Left", "15:10")]
    events = [f"Ana\t{action}\t14/03/2024 {hour}" for action, hour in times]
    sheet = read("\n".join(["Full Name\tUser Action\tTimestamp", *events]))
    assert facts(sheet) == [("name:ana", 30, "14:40:00", "15:10:00", 2)]
    assert "Two people, or two devices" in sheet.notes[0]


def test_events_without_the_other_half():
    events = ["Ana\tJoined\t14/03/2024 14:40", "Rui\tLeft\t14/03/2024 15:00", "Eva\tJoined\t14/03/2024 18:00"]
    sheet = read("\n".join(["Full Name\tUser Action\tTimestamp", *events]))
    assert facts(sheet) == [("name:ana", None, "14:40:00", None, 1), ("name:rui", None, None, "15:00:00", 1)]
    assert sheet.left_out == 1


@pytest.mark.parametrize(
    ("event", "column", "value"),
    [
        ("Ana\tWaved\t14/03/2024 14:40", "User Action", "Waved"),
        ("Ana\tJoined\t", "Timestamp", ""),
        ("Ana\tJoined\t--", "Timestamp", "--"),
        ("\tJoined\t14/03/2024 14:40", "Full Name", ""),
    ],
)
def test_events_that_cannot_be_read(event, column, value):
    with pytest.raises(errors.UnreadableRow) as raised:
        read(f"Full Name\tUser Action\tTimestamp\nRui\tJoined\t14/03/2024 14:40\n{event}")
    assert (raised.value.row, raised.value.column, raised.value.value) == (3, column, value)


def test_a_live_event_has_its_times_in_utc_and_any_order():
    events = ["s1,p1,Ana,Edge,7/1/2024 2:10:00 PM,Left,Attendee", "s1,p1,Ana,Edge,7/1/2024 1:40:00 PM,Joined,Attendee"]
    events += ["s2,p2,Rede,Edge,7/1/2024 1:30:00 PM,Joined,Presenter", "s2,p2,Rede,Edge,7/1/2024 2:30:00 PM,Left,Presenter"]
    sheet = read("\n".join([LIVE, *events]), start="2024-07-01 14:30", end="2024-07-01 15:30")
    assert sheet.format == "teams_live"
    assert facts(sheet) == [("name:rede", 60, "14:30:00", "15:30:00", 1), ("name:ana", 30, "14:40:00", "15:10:00", 1)]
    assert [p.is_staff for p in sheet.people] == [True, False]
    assert "Edge" not in repr(sheet)
