"""Each reason to refuse a file: the class, what it carries, and a text that says what to do."""

from datetime import date

import pytest
from django.utils import translation

from network_portal.common.errors import DomainError
from tests.attendance.files import MEET, ZOOM, read, zoom
from webinars.attendance import errors

LISTED = "Name,Email,Join time,Leave time"
ATTENDEES = "User Name (Original Name),Email,Registration Time,Join Time,Leave Time"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def refused(content: bytes | str, error: type[DomainError], **options) -> DomainError:
    with pytest.raises(DomainError) as raised:
        read(content, **options)
    assert type(raised.value) is error
    return raised.value


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n \r\n", b";;;\r\n;;;", "\ufeff".encode("utf-16-le")]
)
def test_empty(content):
    assert "empty" in str(refused(content, errors.EmptyFile))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 some text",
        b"\x89PNG\r\n\x1a\n",
        b"Name,Email\x00,Join time\n",
        bytes(range(256)) * 10,
        b"\xff\xfeN",
        b"N\x00a\x00m\x00e\x00,\x00\x00\xd8a\x00b\x00c\x00",
        b"Nome\x81\x8d,E-mail",
    ],
)
def test_binary(content):
    assert "not a CSV file" in str(refused(content, errors.BinaryFile))


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\x00\x06\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_spreadsheet(content):
    error = refused(content, errors.SpreadsheetFile)
    assert isinstance(error, errors.BinaryFile)
    assert "CSV UTF-8" in str(error)


def test_more_than_five_megabytes():
    error = refused(b"a" * (5 * 1024 * 1024 + 1), errors.FileTooLarge)
    assert error.limit == 5 * 1024 * 1024
    assert "5 MB" in str(error)


@pytest.mark.parametrize("count", [20_001, 21_000, 45_000])
def test_too_many_rows(count):
    error = refused(f"{LISTED}\n" + "Ana,a@x.example,2024-03-14 14:31,2024-03-14 15:00\n" * count, errors.TooManyRows)
    assert error.limit == 20_000
    assert "20\xa0000" in str(error)


def test_as_many_rows_as_are_allowed():
    sheet = read(f"{LISTED}\n" + "Ana,a@x.example,2024-03-14 14:31,2024-03-14 15:00\n" * 20_000)
    assert (sheet.rows, sheet.people[0].sessions, sheet.people[0].minutes) == (20_000, 20_000, 29)


def test_a_row_of_too_many_columns():
    error = refused(f"{LISTED}\nAna" + "," * 200, errors.RowTooWide)
    assert (error.limit, error.row) == (200, 2)
    assert isinstance(error, errors.TooManyRows)
    assert "200" in str(error)


@pytest.mark.parametrize("length", [10_001, 200_000])
def test_a_cell_of_too_many_characters(length):
    error = refused(f"{LISTED}\nAna,a@x.example,2024-03-14 14:31,2024-03-14 15:00\n{'a' * length}", errors.CellTooLong)
    assert (error.limit, error.row) == (10_000, 3)
    assert isinstance(error, errors.TooManyRows)


def test_unknown_columns_are_named():
    error = refused("Quem;Contacto;Quando\nAna;a@x.example;ontem\n", errors.UnknownColumns)
    assert error.columns == ["Quem", "Contacto", "Quando"]
    assert error.expected == ["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)"]
    assert "Quem, Contacto, Quando" in str(error)
    assert "Join time" in str(error)


def test_a_page_saved_in_place_of_the_file():
    refused("<!doctype html><html><body>Sign in</body></html>", errors.UnknownColumns)


@pytest.mark.parametrize(
    ("heading", "missing"),
    [
        ("Name (original name),Email,Join time,Duration (minutes)", ["Leave time"]),
        ("Name (original name),Join time,Leave time", ["Email"]),
        ("Name (original name),Email,Duration (minutes)", ["Join time", "Leave time"]),
        ("Name (original name),Total duration (minutes)", ["Email"]),
        ("Nome (nome original),E-mail,Ingressar na hora,Duração (minutos)", ["Hora de saída"]),
        ("Nombre (nombre original),Hora de entrada,Hora de salida,Duración (minutos)", ["Correo electrónico"]),
        ("First name,Last name,Email,Time joined,Time exited", ["Duration"]),
        ("FullName,Action,UtcEventTimestamp", []),
        ("SessionId,FullName,UtcEventTimestamp", ["User Action"]),
        ("Timestamp,User Action", ["Name (original name)"]),
    ],
)
def test_missing_columns_are_named_in_the_words_of_the_file(heading, missing):
    if not missing:
        refused(heading, errors.NobodyInFile)
        return
    error = refused(f"{heading}\na,b,c,d\n", errors.MissingColumns)
    assert error.expected == missing
    assert error.found == heading.split(",")
    assert not error.doubled
    assert all(title in str(error) for title in missing)


def test_doubled_columns_are_named():
    error = refused("Name,Email,Email,Join time,Leave time\n", errors.MissingColumns)
    assert (error.expected, error.doubled) == (["Email", "Email"], True)
    assert "more than once" in str(error)


@pytest.mark.parametrize("title", ["Attendee Report,\nAttendee Details,\n", "Attendee Details,\n", "Attendee Report\n"])
def test_a_webinar_report_without_attended_fails_loudly(title):
    error = refused(f"{title}{ATTENDEES}\nAna,a@x.example,,2024-03-14 14:31,2024-03-14 15:00\n", errors.MissingColumns)
    assert error.expected == ["Attended"]


def test_attended_that_is_neither_yes_nor_no():
    row = "Talvez,Ana,a@x.example,2024-03-01 10:00,2024-03-14 14:31,2024-03-14 15:00"
    error = refused(f"Attendee Details,\nAttended,{ATTENDEES}\n{row}\n", errors.UnreadableRow)
    assert (error.row, error.column, error.value) == (3, "Attended", "Talvez")


def test_ambiguous_dates():
    error = refused(f"{LISTED}\nAna,,03/04/2024 14:31,03/04/2024 15:00\n", errors.AmbiguousDates)
    assert error.examples == ["03/04/2024 14:31", "03/04/2024 15:00"]
    assert "03/04/2024 14:31" in str(error)


def test_another_meeting():
    block = "Topic,ID,Host,Start time\nReunião interna,1,Rede,2024-02-01 10:00\n\n"
    error = refused(f"{block}{LISTED}\nAna,,2024-02-01 10:00,2024-02-01 11:00\n", errors.AnotherMeeting)
    assert (error.title, error.day) == ("Reunião interna", date(2024, 2, 1))
    assert "“Reunião interna”, 1 February 2024" in str(error).replace("\xa0", " ")


def test_another_meeting_without_title_in_portuguese():
    with translation.override("pt"):
        error = refused(zoom("Ana,,2024-02-01 10:00,2024-02-01 11:00"), errors.AnotherMeeting)
    assert error.title == ""
    assert "a 1 de fevereiro de 2024" in str(error).replace("\xa0", " ")


def test_another_meeting_the_same_day():
    error = refused(zoom("Ana,,10:00,11:00", "Rui,,10:00,14:30"), errors.AnotherMeeting)
    assert error.day == date(2024, 3, 14)


def test_another_meeting_of_a_file_with_hours_alone():
    error = refused(f"{MEET}\nAna,,,30 min,9:00,9:30\n", errors.AnotherMeeting)
    assert (error.title, error.day) == ("", None)


def test_another_meeting_of_totals_alone():
    block = "Topic,ID,Host,Duration (minutes),Start time,End time\nOutra,1,Rede,60,2024-02-01 10:00,2024-02-01 11:00\n"
    error = refused(f"{block}Name,Email,Total duration (minutes)\nAna,a@x.example,50\n", errors.AnotherMeeting)
    assert (error.title, error.day) == ("Outra", date(2024, 2, 1))


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("Ana,a@x.example,yesterday,2024-03-14 15:00,1,Yes,No", "Join time", "yesterday"),
        ("Ana,a@x.example,2024-03-14 14:31,2024-03-99 15:00,1,Yes,No", "Leave time", "2024-03-99 15:00"),
        ("Ana,a@x.example,2024-03-14 14:31,--,long,Yes,No", "Duration (minutes)", "long"),
        ("Ana,a@x.example,,,,Yes,No", "Join time", ""),
        (",,2024-03-14 14:31,2024-03-14 15:00,1,Yes,No", "Name (original name)", ""),
        ("Ana,a@x.example,2024-03-14 14:31,2024-03-14 15:00,1,Yes,perhaps", "In waiting room", "perhaps"),
        ("Silva, Ana,a@x.example,2024-03-14 14:31,2024-03-14 15:00,1,Yes,No", "8", "No"),
    ],
)
def test_one_row_that_cannot_be_read_refuses_the_file(row, column, value):
    good = "Rui,r@x.example,2024-03-14 14:31,2024-03-14 15:00,1,Yes,No"
    error = refused(f'{ZOOM}\n{good}\n\n"Eva\nMaria"{good[3:]}\n{row}\n', errors.UnreadableRow)
    assert (error.row, error.column, error.value) == (5, column, value)  # as a spreadsheet shows it
    assert "Row 5" in str(error)
    assert column in str(error)


def test_a_long_value_is_shortened_in_the_text():
    error = refused(zoom(f"Ana,,{'x' * 500}-,15:00"), errors.UnreadableRow)
    assert len(str(error)) < 250


@pytest.mark.parametrize(
    "content",
    [
        ZOOM,
        MEET,
        "Full Name\tUser Action\tTimestamp",
        "1. Summary\nMeeting title\tX\n\n2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\n",
        "1. Summary\nMeeting title\tX\n\n2. Participants\n",
        f"Attendee Report,\nAttendee Details,\nAttended,{ATTENDEES}\n",
        f"{ZOOM}\nAna,,2024-03-14 14:31,2024-03-14 15:00,1,Yes,Yes",
        f"Attendee Details,\nAttended,{ATTENDEES}\nNo,Ana,a@x.example,--,--,--\n",
    ],
)
def test_nobody(content):
    assert "no row" in str(refused(content, errors.NobodyInFile))
