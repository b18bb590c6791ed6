"""Practices as data: files of what is public, one practice as JSON, the dictionary of columns, the feeds."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodpractices import services
from goodpractices.exports import COLUMNS
from goodpractices.models import Practice, Version
from tests.factories import make_coordinator, make_municipality
from tests.goodpractices.catalogue import hidden_practices, themes
from tests.goodpractices.practices import make_draft, make_practice

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PRIVATE = ("Rita Quaresma", "rita@cm-x.example", "912 345 678")


@pytest.fixture
def practice() -> Practice:
    town = make_municipality(name="Palmela", district="Setúbal", nuts3="PT1B0", residents=64_269, code="1508")
    classes = {"themes": ["family-sharing", "care"]}
    return make_practice(municipality=town, contact={"phone": PRIVATE[2]}, classification=classes)


def get(client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue()


def rows(client, address: str = "/practices/export.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(get(client, address).decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_says_what_is_public(client, practice):
    (row,) = rows(client)
    assert list(row) == [column.name for column in COLUMNS]
    assert row == row | {
        "address": "https://portal.example.org/practices/banco-de-horas-para-cuidar/", "title": "Banco de horas para cuidar",
        "language": "pt", "municipality": "Palmela", "municipality_code": "1508", "district": "Setúbal", "nuts3": "PT1B0",
        "residents": "64269", "areas": "gender-equality", "themes": "family-sharing | care", "axes": "family",
        "target_groups": "municipal-staff", "target_groups_label": "Pessoal do município", "type": "regulation",
        "charter_articles": "2006-11", "sdg_targets": "5-4", "cost_band": "cost-5000", "staff_hours": "24", "starts": "2023-01",
        "ends": "", "is_running": "yes", "evidence": "2", "has_video": "no", "version": "1", "licence": "CC BY 4.0",
        "version_address": "https://portal.example.org/practices/banco-de-horas-para-cuidar/v1/",
    }  # fmt: skip


def test_days_are_those_of_lisbon(client, practice):
    late = datetime(2025, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight there
    Practice.objects.update(first_published_at=late, published_at=late)
    Version.objects.update(published_at=late)
    (row,) = rows(client)
    assert (row["first_published_on"], row["published_on"]) == ("2025-07-02", "2025-07-02")
    structured = re.search(
        r"application/ld\+json[^>]*>(.*?)</script>", get(client, practice.get_absolute_url()).decode(), re.DOTALL
    )
    data = json.loads(structured[1])
    assert (data["datePublished"], data["dateModified"]) == ("2025-07-02", "2025-07-02")


def test_the_licence_is_read_in_the_language_of_the_page(client):
    for prefix, language in (("", "pt"), ("/en", "en")):
        assert f'licenses/by/4.0/deed.{language}"' in get(client, f"{prefix}/practices/columns/").decode()


def test_words_are_in_the_language_of_the_page(client, practice):
    (row,) = rows(client, "/en/practices/export.csv")
    assert row["themes_label"] == "Sharing of family responsibilities and work-life balance | Care"
    assert row["address"] == "https://portal.example.org/en/practices/banco-de-horas-para-cuidar/"


def test_excel_and_json_have_the_same_columns(client, practice):
    sheet = openpyxl.load_workbook(io.BytesIO(get(client, "/practices/export.xlsx"))).active
    (header, row), (record,) = sheet.iter_rows(values_only=True), json.loads(get(client, "/practices/export.json"))["practices"]
    assert list(header) == list(rows(client)[0]) == [name for name in record if name != "sections"]
    known = dict(zip(header, row, strict=True))
    assert (known["residents"], known["themes"], known["ends"]) == (64269, "family-sharing | care", None)
    assert (record["residents"], record["themes"], record["ends"]) == (64269, ["family-sharing", "care"], None)


def test_json_has_the_text_of_the_public_version(client, practice):
    by = make_coordinator()
    services.start_version(practice, by=by)
    services.save_section(practice, "context", {"text": "Ainda por rever."}, by=by, seen=1)
    one = json.loads(get(client, "/practices/banco-de-horas-para-cuidar/data.json"))
    assert one["sections"]["context"]["text"].startswith("Nove em cada dez")
    assert json.loads(get(client, "/practices/export.json"))["practices"] == [one]


def test_people_are_in_no_file(client, practice):
    for address in ("export.csv", "export.json", "banco-de-horas-para-cuidar/data.json"):
        text = get(client, f"/practices/{address}").decode()
        assert not any(word in text for word in PRIVATE)
    one = json.loads(get(client, "/practices/banco-de-horas-para-cuidar/data.json"))
    assert one["sections"]["contact"] == {"role_email": "igualdade@cm-x.example"}


def test_a_file_has_what_the_address_finds_in_its_order(client, practice):
    make_practice(title="Creche aberta", **themes("care"))
    make_practice(title="Rastreio", summary={"summary": "Uma creche e um rastreio."}, **themes("health"))
    assert [row["title"] for row in rows(client, "/practices/export.csv?q=creche")] == ["Creche aberta", "Rastreio"]
    assert [row["title"] for row in rows(client, "/practices/export.csv?theme=care")] == [
        "Creche aberta", "Banco de horas para cuidar",
    ]  # fmt: skip
    assert rows(client, "/practices/export.csv?theme=digital") == []


def test_formulas_stay_text(client):
    make_practice(title="=SUM(A1:A9)", summary={"summary": "@soma de +1"})
    (row,) = rows(client)
    assert (row["title"], row["summary"]) == ("'=SUM(A1:A9)", "'@soma de +1")


def test_what_is_not_listed_is_in_no_file_feed_or_map(client, practice):
    hidden_practices()
    addresses = [f"/practices/export.{kind}" for kind in ("csv", "xlsx", "json")]
    for address in (*addresses, "/feeds/practices.atom", "/feeds/practices/digital.atom", "/sitemap-practices-1.xml"):
        text = get(client, address)
        if address.endswith("xlsx"):
            text = str(list(openpyxl.load_workbook(io.BytesIO(text)).active.iter_rows(values_only=True))).encode()
        assert b"egredo" not in text
        assert b"zo\xc3\xb3fito" not in text


@pytest.mark.parametrize(("state", "status"), [("unpublished", 404), ("withdrawn", 404), ("deleted", 404), ("archived", 200)])
def test_data_of_one_is_there_as_long_as_its_page_is(client, practice, state, status):
    Practice.objects.filter(pk=practice.pk).update(state=state)
    assert client.get("/practices/banco-de-horas-para-cuidar/data.json").status_code == status


def test_data_of_a_draft_is_not_there(client):
    assert client.get(f"/practices/{make_draft().slug}/data.json").status_code == 404


def test_kinds_that_nobody_knows_are_not_there(client):
    assert client.get("/practices/export.pdf").status_code == 404


@pytest.mark.parametrize("address", ["export.csv", "export.xlsx", "export.json"])
def test_a_file_costs_the_same_for_few_and_many(client, practice, address):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, f"/practices/{address}")
        return len(queries)

    get(client, f"/practices/{address}")
    few = cost()
    for n in range(10):
        make_practice(title=f"Prática {n}", municipality=make_municipality(name=f"Vila {n}"))
    get(client, f"/practices/{address}")
    assert cost() == few <= 4


def test_every_column_is_explained_in_both_languages(client):
    pages = [get(client, f"{language}/practices/columns/").decode() for language in ("", "/en")]
    assert all(f"<code>{column.name}</code>" in page for column in COLUMNS for page in pages)
    assert "Número de habitantes do município." in pages[0]
    assert "How many people live there." in pages[1]


# --- feeds


def entries(client, address: str = "/feeds/practices.atom") -> list[tuple[str, str]]:
    feed = ElementTree.fromstring(get(client, address))
    return [(entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}id")) for entry in feed.iter(f"{ATOM}entry")]


def test_the_feed_has_the_newest_first(client, practice):
    make_practice(title="Creche aberta")
    assert [title for title, _id in entries(client)] == ["Creche aberta", "Banco de horas para cuidar"]


def test_an_entry_keeps_its_id_and_comes_first_again_with_a_new_version(client, practice):
    make_practice(title="Creche aberta")
    before = dict(entries(client))
    by = make_coordinator()
    services.start_version(practice, by=by)
    services.make_public(practice, by=by)
    after = entries(client)
    assert after[0] == ("Banco de horas para cuidar", before["Banco de horas para cuidar"])


def test_a_theme_has_a_feed_of_its_own(client, practice):
    make_practice(title="Rastreio", **themes("health"))
    assert [title for title, _id in entries(client, "/feeds/practices/health.atom")] == ["Rastreio"]
    feed = get(client, "/feeds/practices/health.atom?language=en").decode()
    assert "New practices: Health" in feed
    assert "https://portal.example.org/en/practices/?theme=health" in feed
    assert client.get("/feeds/practices/nothing.atom").status_code == 404


def test_a_feed_that_did_not_change_is_not_sent_again(client, practice):
    answer = client.get("/feeds/practices.atom")
    again = client.get("/feeds/practices.atom", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    make_practice(title="Creche aberta")
    assert client.get("/feeds/practices.atom", headers={"If-None-Match": answer["ETag"]}).status_code == 200
