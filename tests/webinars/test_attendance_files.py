"""An attendance file is taken in once, read by the worker, and says what is wrong with it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from network_portal.jobs.models import Job
from tests.factories import make_coordinator, make_registration, make_user, make_webinar
from tests.webinars.attending import figures, make_held, uploaded, used, work, zoom
from tests.webinars.registering import text_of
from webinars.errors import AttendanceClosed, AttendanceFileRefused, AttendanceNotBegun
from webinars.models import AttendanceFile, Webinar
from webinars.services import attendance

pytestmark = pytest.mark.django_db
TOTALS = b"Name (Original Name),User Email,Total Duration (Minutes),Guest\r\n"
PAGE = "/en/webinars/manage/care/attendance/"


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator("coordination@network.example", language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def webinar():
    return make_held(slug="care", title="Sharing care")


@pytest.fixture
def ana(webinar):
    return make_registration(webinar, name="Ana Sá", person=make_user("ana@cm-beja.example", name="Ana Sá"))


def post(client, content: bytes, name: str = "report.csv"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content, content_type="application/x-nonsense")})


def question_url(file: AttendanceFile) -> str:
    return f"/en/webinars/manage/attendance/files/{file.uuid}/question/"


# --- the upload


def test_a_file_is_stored_privately_and_read_by_the_worker(client, coordinator, webinar, ana):
    response = post(client, zoom(webinar, ("Ana Sá", "ANA@cm-beja.example", 0, 110)))
    file = AttendanceFile.objects.get()
    assert response.url == f"/en/jobs/{Job.objects.get().uuid}/"
    assert (file.state, file.name, file.uploaded_by) == ("reading", "report.csv", coordinator)
    assert file.content.name == f"attendance/{file.uuid}"  # never the name that was given
    assert not file.lines.exists()
    work()
    assert Job.objects.get().url == f"/en/webinars/manage/attendance/files/{file.uuid}/"
    line = file.lines.get()
    assert (line.match, line.decision, line.registration, line.minutes) == ("mail", "take", ana, 110)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "Select the attendance file"),
        (b"", "The selected file is empty"),
        (b"x" * (5 * 1024 * 1024 + 1), "The selected file must be smaller than 5 MB"),
    ],
)
def test_what_is_not_taken_in(client, coordinator, webinar, content, words):
    response = client.post(PAGE, {}) if content is None else post(client, content)
    page = text_of(response)
    assert "<title>Error: " in page
    assert page.count(words) == 2  # in the summary and at the field
    assert not AttendanceFile.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\docs\\lista.csv", "lista.csv"),
        ("x" * 300 + ".csv", "x" * 100 + "…" + "x" * 15 + ".csv"),
        ("\u202efile\r\n.csv", "file .csv"),
        ("", "attendance.csv"),
    ],
)
def test_names_of_files_are_tidied(webinar, ana, coordinator, name, kept):
    content = zoom(webinar, ("Ana Sá", "ana@cm-beja.example", 0, 110))
    assert attendance.upload(webinar, by=coordinator, name=name, content=content).name == kept


def test_not_before_the_webinar_nor_after_it_was_closed(coordinator, webinar):
    with pytest.raises(AttendanceNotBegun):
        attendance.upload(make_webinar(), by=coordinator, name="a", content=b"a")
    Webinar.objects.filter(pk=webinar.pk).update(attendance_closed_at=timezone.now())
    with pytest.raises(AttendanceClosed):
        attendance.upload(webinar, by=coordinator, name="a", content=b"a")
    assert not AttendanceFile.objects.exists()


def test_the_file_comes_before_the_people_while_there_is_something_to_do(client, coordinator, webinar, ana):
    page = text_of(client.get(PAGE))
    assert page.index('name="file"') < page.index("attendance/close/") < page.index('class="attendance-lists"')
    used(webinar, zoom(webinar, ("Ana Sá", "ana@cm-beja.example", 0, 110)), by=coordinator)
    attendance.close(webinar, by=coordinator, tells=False)
    page = text_of(client.get(PAGE))
    assert page.index('class="attendance-lists"') < page.index("Attendance files")
    assert 'name="file"' not in page


def test_before_the_start_nobody_is_told_to_upload(client, coordinator):
    page = text_of(client.get(f"/en/webinars/manage/{make_webinar().slug}/attendance/"))
    assert "Nobody has attended yet." in page
    assert "Upload the file" not in page


# --- the same file again


def test_the_same_file_twice_changes_nothing(client, coordinator, webinar, ana):
    content = zoom(webinar, ("Ana Sá", "ana@cm-beja.example", 0, 110))
    file = used(webinar, content, by=coordinator)
    before, jobs = figures(), Job.objects.count()
    response = post(client, content, "other-name.csv")
    assert response.url == f"/en/webinars/manage/attendance/files/{file.uuid}/"
    assert "is the same file as one that is here already. Nothing changed." in text_of(client.get(PAGE))
    assert (figures(), Job.objects.count(), AttendanceFile.objects.count()) == (before, jobs, 1)


def test_the_same_file_in_another_webinar_is_its_own(coordinator, webinar, ana):
    content = zoom(webinar, ("Ana Sá", "ana@cm-beja.example", 0, 110))
    first = attendance.upload(webinar, by=coordinator, name="a", content=content)
    second = attendance.upload(make_held(), by=coordinator, name="a", content=content)
    assert (first.sha256, first.pk != second.pk) == (second.sha256, True)


def test_reading_twice_makes_the_lines_once(coordinator, webinar, ana):
    file = uploaded(webinar, zoom(webinar, ("Ana Sá", "ana@cm-beja.example", 0, 110)), by=coordinator)
    Job.objects.update(state="queued", finished_at=None)
    work()
    assert Job.objects.get().state == "done"
    assert file.lines.count() == 1


# --- what cannot be read


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x01\x02\xff" * 500, "This is not a CSV file"),
        (b"PK\x03\x04" + b"\0" * 500, "This is a spreadsheet"),
        (TOTALS, "The file has no row of a person who took part."),
        (TOTALS + b"A,,1\r\n" * 20_001, "more than 20 000 rows"),
        (
            TOTALS + b"Ana,,soon\r\n",
            "Row 2, column “Total Duration (Minutes)”: “soon” could not be read",
        ),
    ],
)
def test_what_cannot_be_read_says_why_and_stores_nothing(client, coordinator, webinar, content, words):
    post(client, content)
    work()
    file = AttendanceFile.objects.get()
    assert (file.state, file.lines.count(), bool(file.content)) == ("failed", 0, False)
    assert words in file.problem.replace("\xa0", " ")
    assert file.problem in text_of(client.get(PAGE))
    job = Job.objects.get()
    assert (job.state, job.error) == ("failed", file.problem)
    watched = client.get(job.get_absolute_url(), headers={"HX-Request": "true"})  # no "done", no green message on the next page
    assert "The work failed" in text_of(watched)
    assert file.problem in text_of(watched)


def test_the_file_of_another_meeting_is_refused(coordinator, webinar, ana):
    other = make_held()
    Webinar.objects.filter(pk=other.pk).update(starts_at=other.starts_at - timedelta(9), ends_at=other.ends_at - timedelta(9))
    content = zoom(Webinar.objects.get(pk=other.pk), ("Ana Sá", "ana@cm-beja.example", 0, 110))
    file = uploaded(webinar, content, by=coordinator)
    assert file.state == "failed"
    assert "another meeting" in file.problem


def test_a_bad_row_among_good_ones_stores_none(coordinator, webinar, ana):
    rows = "\r\n".join(f"Person {n},p{n}@x.example,{'oops' if n == 500 else 60}" for n in range(1000))
    file = uploaded(webinar, f"Name (Original Name),User Email,Total Duration (Minutes)\r\n{rows}".encode(), by=coordinator)
    assert (file.state, file.lines.count()) == ("failed", 0)
    assert "Row 502" in file.problem


# --- questions


TABLE = "Quem;Contacto;Tempo\r\nAna Sá;ana@cm-beja.example;100\r\n".encode()


def test_unknown_columns_are_asked_once_and_remembered(client, coordinator, webinar, ana):
    file = uploaded(webinar, TABLE, by=coordinator)
    assert (file.state, file.question["columns"]) == ("asks", ["Quem", "Contacto", "Tempo"])
    page = text_of(client.get(question_url(file)))
    assert all(title in page for title in ("Quem", "Contacto", "Tempo"))
    response = client.post(question_url(file), {"name": "Quem", "email": "Contacto", "minutes": "Tempo"})
    assert "/jobs/" in response.url
    work()
    file.refresh_from_db()
    assert (file.state, file.lines.get().registration) == ("ready", ana)

    again = uploaded(make_held(), TABLE, by=coordinator)  # of another webinar, without a question
    assert (again.state, again.mapping) == ("ready", {"name": "Quem", "email": "Contacto", "minutes": "Tempo"})
    missing = uploaded(webinar, b"Name,Email,Duration (minutes)\r\nAna,ana@cm-beja.example,9\r\n", by=coordinator)
    assert (missing.state, "missing: Join time" in missing.question["problem"]) == ("asks", True)
    different = uploaded(webinar, TABLE.replace(b"Tempo", b"Duracao total"), by=coordinator)
    assert different.state == "asks"  # one title is another: asked again


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "Choose the column of the name or that of the e-mail address"),
        ({"name": "Quem"}, "Choose the columns of coming and leaving, or that of how long"),
        ({"name": "Quem", "join": "Tempo"}, "Choose the columns of coming and leaving, or that of how long"),
        ({"name": "Quem", "email": "Quem", "minutes": "Tempo"}, "A column can be only one thing: choose another"),
        ({"name": "Other", "minutes": "Tempo"}, "Choose a column of the file"),
    ],
)
def test_answers_about_columns_are_checked(client, coordinator, webinar, answer, words):
    file = uploaded(webinar, TABLE, by=coordinator)
    page = text_of(client.post(question_url(file), answer))
    assert "<title>Error: " in page
    assert words in page
    file.refresh_from_db()
    assert file.state == "asks"


def test_ambiguous_dates_are_asked(client, coordinator):
    held = make_held(slug="care")
    day = timezone.localtime(timezone=held.zone).replace(year=2026, month=4, day=3, hour=10, minute=0, second=0, microsecond=0)
    Webinar.objects.filter(pk=held.pk).update(starts_at=day, ends_at=day + timedelta(hours=2))
    row = "Ana Sá,ana@cm-beja.example,03/04/2026 10:00:00,03/04/2026 11:30:00,90"
    content = f"Name (original name),Email,Join time,Leave time,Duration (minutes)\r\n{row}\r\n".encode()
    file = uploaded(held, content, by=coordinator)
    assert (file.state, file.question["kind"]) == ("asks", "dates")
    assert "03/04/2026 10:00:00" in text_of(client.get(question_url(file)))
    assert "Choose what comes first" in text_of(client.post(question_url(file), {}))
    client.post(question_url(file), {"order": "day"})
    work()
    file.refresh_from_db()
    assert (file.state, file.day_first, file.lines.get().minutes) == ("ready", True, 90)


def test_a_question_is_answered_once(coordinator, webinar):
    file = uploaded(webinar, TABLE, by=coordinator)
    attendance.answer_columns(file, mapping={"name": "Quem", "minutes": "Tempo"}, by=coordinator)
    with pytest.raises(AttendanceFileRefused):
        attendance.answer_columns(file, mapping={"name": "Contacto", "minutes": "Tempo"}, by=coordinator)
    assert Job.objects.filter(state="queued").count() == 1
