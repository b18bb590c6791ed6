"""The files of the people: whole, readable by spreadsheets, and nothing in them runs."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest

from network_portal.audit.models import Entry
from network_portal.common.exports import safe_cell, to_csv, to_xlsx
from tests.factories import make_coordinator, make_municipality, make_registration, make_user, make_webinar
from tests.recent import typed_a_code

BAD = ['=HYPERLINK("http://x.example")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "+351 912+1"]
ADDRESS = "/en/webinars/manage/care/people/export."


@pytest.mark.parametrize("text", BAD)
def test_text_that_would_run_gets_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["+351 912 345 678", "+351912345678", -5, 2.5, 0, "Odemira", "a=b", "", "5"])
def test_telephones_numbers_and_plain_text_stay(value):
    assert safe_cell(value) == value


def test_none_is_an_empty_cell():
    assert safe_cell(None) == ""


def test_csv_for_a_double_click():
    content = to_csv(["Name", "N"], [["Conceição; “Ávila”", -5], ["=1", None]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == 'Name;N\r\n"Conceição; “Ávila”";-5\r\n\'=1;\r\n'


def test_xlsx_has_no_formula_and_no_link():
    content = to_xlsx(["Name"], [[text] for text in BAD] + [["http://x.example"], [-5]])
    book = zipfile.ZipFile(io.BytesIO(content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert "<v>-5</v>" in sheet
    assert "'=HYPERLINK" in sheet


@pytest.fixture
def webinar():
    return make_webinar(slug="care", title="Sharing care")


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator("coordination@network.example", language="en")
    client.force_login(coordinator)
    typed_a_code(client)
    return coordinator


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.django_db
def test_the_csv_holds_everybody(client, coordinator, webinar):
    town = make_municipality(name="Odemira", code="0211", district="Beja")
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    person = make_user("rita@cm-odemira.example")
    make_registration(
        webinar, person=person, name="Rita", municipality=town, registered_by=person, created_at=summer,
        needs="=1+1", consents_to_recording=True, checked_in_at=summer,
    )  # fmt: skip
    make_registration(webinar, name="Waits", status="waiting")
    make_registration(webinar, name="Gone", status="cancelled")

    response = client.get(ADDRESS + "csv")
    header, first, second, third = rows_of(response)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="care.csv"'
    assert "no-store" in response["Cache-Control"]
    assert header[:6] == ["Status", "Queue position", "Full name", "E-mail address", "Municipality code", "Municipality"]
    assert first[:8] == ["confirmed", "", "Rita", "rita@cm-odemira.example", "0211", "Odemira", "Beja", ""]
    moment = "2026-07-01T10:30+01:00"
    assert first[9:] == [moment, "rita@cm-odemira.example", "Yes", "'=1+1", moment]
    assert (second[0], second[1], second[2]) == ("waiting list", "1", "Waits")
    assert (third[0], third[2]) == ("cancelled", "Gone")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_log_says_who_took_it(client, coordinator, webinar, kind):
    client.get(ADDRESS + kind)
    entry = Entry.objects.get(action="people.exported")
    assert (entry.by, entry.about, entry.detail) == (coordinator, webinar.mail_subject, {"kind": kind})


@pytest.mark.django_db
def test_the_xlsx_is_a_workbook(client, coordinator, webinar):
    make_registration(webinar, name="=1+1")
    response = client.get(ADDRESS + "xlsx")
    book = zipfile.ZipFile(io.BytesIO(response.content))
    assert book.testzip() is None
    assert "'=1+1" in book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["pdf", "CSV", "csv.exe"])
def test_other_kinds_do_not_exist(client, coordinator, webinar, kind):
    assert client.get(ADDRESS + kind).status_code == 404
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_as_many_queries_for_5_as_for_50(client, coordinator, webinar, django_assert_num_queries):
    for count in (5, 45):
        for _n in range(count):
            make_registration(webinar)
        with django_assert_num_queries(5):  # session, coordinator, webinar, rows, the log
            client.get(ADDRESS + "csv")
