"""Every sample gives exactly these people, minutes, moments and stays."""

from datetime import UTC, datetime

from tests.attendance.files import SAMPLES, facts, sample

INES = "mail:ines.araujo@cm-exemplo.example"
JOAO = "mail:joao.silva@cm-exemplo.example"
MARTA = "mail:marta.vidal@concello.example"


def test_every_sample_is_read():
    assert {sample(path.name).format for path in SAMPLES.iterdir()} == {
        "zoom_meeting",
        "zoom_webinar",
        "zoom_unique",
        "teams_report",
        "teams_list",
        "meet",
    }


def test_zoom_meeting_in_english():
    sheet = sample("zoom_meeting_en.csv")
    assert (sheet.format, sheet.title, sheet.rows, sheet.left_out) == ("zoom_meeting", "Género e Saúde, webinar 2", 4, 1)
    assert facts(sheet) == [
        (INES, 174, "14:31:02", "17:29:50", 2),
        (JOAO, 85, "14:35:00", "16:00:00", 1),
    ]
    assert [(p.name, p.email, p.is_verified, p.is_staff) for p in sheet.people] == [
        ("Inês Araújo (CM Exemplo)", "ines.araujo@cm-exemplo.example", True, False),
        ("Silva, João", "joao.silva@cm-exemplo.example", True, False),
    ]


def test_zoom_meeting_in_portuguese():
    sheet = sample("zoom_meeting_pt_br.csv")
    assert (sheet.format, sheet.title, sheet.rows, sheet.left_out) == ("zoom_meeting", "Género e Educação", 1, 0)
    assert facts(sheet) == [(INES, 109, "14:31:02", "16:20:11", 1)]


def test_zoom_meeting_in_spanish_without_meeting_block():
    sheet = sample("zoom_meeting_es.csv")
    assert (sheet.format, sheet.title, sheet.rows, sheet.left_out) == ("zoom_meeting", "", 1, 0)
    assert facts(sheet) == [(MARTA, 109, "14:31:02", "16:20:11", 1)]


def test_zoom_unique_users():
    sheet = sample("zoom_meeting_unique_users_en.csv")
    assert (sheet.format, sheet.title, sheet.rows, sheet.left_out) == ("zoom_unique", "", 1, 0)
    assert facts(sheet) == [(INES, 176, None, None, 1)]


def test_zoom_webinar():
    sheet = sample("zoom_webinar_attendee_en.csv")
    assert (sheet.format, sheet.title, sheet.rows, sheet.left_out) == ("zoom_webinar", "Género e Saúde", 5, 1)
    assert facts(sheet) == [
        ("mail:rede@example.org", 180, "14:30:00", "17:30:00", 1),
        (MARTA, 179, "14:30:00", "17:29:00", 1),
        (INES, 174, "14:31:00", "17:29:00", 2),
    ]
    assert [p.is_staff for p in sheet.people] == [True, True, False]


def test_teams_report_in_english():
    sheet = sample("teams_report_en_utf16le.csv")
    assert (sheet.format, sheet.title, sheet.rows, sheet.left_out) == ("teams_report", "Género e Saúde", 3, 0)
    assert facts(sheet) == [
        (INES, 174, "14:31:02", "17:29:50", 2),
        ("name:ana", 30, "14:40:00", "15:10:00", 1),
    ]
    assert [(p.name, p.is_verified) for p in sheet.people] == [("Inês Araújo", True), ("Ana", False)]


def test_teams_report_in_portuguese():
    sheet = sample("teams_report_pt_br_utf16le.csv")
    assert (sheet.format, sheet.title, sheet.rows, sheet.left_out) == ("teams_report", "Género e Saúde", 2, 0)
    assert facts(sheet) == [(INES, 174, "14:31:02", "17:29:50", 2)]


def test_teams_list():
    sheet = sample("teams_attendance_list_classic_utf16le.csv")
    assert (sheet.format, sheet.title, sheet.rows, sheet.left_out) == ("teams_list", "", 3, 0)
    assert facts(sheet) == [
        ("name:ines araujo", None, "14:30:00", None, 1),
        ("name:joao silva", 85, "14:35:00", "16:00:00", 1),
    ]


def test_google_meet():
    sheet = sample("google_meet_en.csv")
    assert (sheet.format, sheet.title, sheet.rows, sheet.left_out) == ("meet", "", 2, 0)
    assert facts(sheet) == [
        (INES, 174, "14:31:00", "17:29:00", 1),
        ("name:ana", 30, "14:40:00", "15:10:00", 1),
    ]


def test_moments_are_in_utc():
    person = sample("zoom_meeting_es.csv").people[0]
    assert person.first_join_at == datetime(2024, 3, 14, 14, 31, 2, tzinfo=UTC)
    assert person.first_join_at.tzinfo is person.last_leave_at.tzinfo is UTC
