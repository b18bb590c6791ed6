"""The figures as pages and files: exact for coordinators, small numbers withheld for everybody else; one set of numbers."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from municipalities.models import Membership, Municipality
from network_portal.mail.models import OutboxMail
from tests import factories
from webinars.models import AttendanceFact, SurveyAnswer, Webinar
from webinars.services import facts
from webinars.stats import cycle_figures


@pytest.fixture
def coordinator(client):
    person = factories.make_coordinator(language="en")
    client.force_login(person)
    return person


@pytest.fixture
def cycle(db):
    """Over: 13 came to the first webinar, of which 3 in a second role; 9 to the second."""
    today = timezone.localdate()
    cycle = factories.make_cycle(starts_on=today - timedelta(90), ends_on=today - timedelta(2), slug="ciclo")
    other = type(factories.make_term("role")).objects.of("role")[1]
    towns = [factories.make_municipality(name=f"Vila {n}") for n in range(3)]
    for number, people in ((1, 13), (2, 9)):
        webinar = factories.make_webinar(cycle=cycle, number=number, starts_at=timezone.now() - timedelta(50 - 10 * number))
        for n in range(people):
            role = {"role": other} if number == 1 and n < 3 else {}
            factories.make_registration(webinar, municipality=towns[n % 3], checked_in_at=webinar.starts_at, **role)
        facts.settle(webinar)
    return cycle


@pytest.fixture
def running(cycle):
    """The same with a webinar to come and a member that is not reached."""
    type(cycle).objects.update(ends_on=timezone.localdate() + timedelta(60))
    factories.make_webinar(cycle=cycle, number=3, title="O terceiro", capacity=50)
    town = factories.make_municipality(name="Aljezur")
    contact = {"contact_name": "Joana Vidigal", "contact_email": "igualdade@cm-aljezur.example"}
    Membership.objects.create(municipality=town, kind="founder", since=timezone.localdate() - timedelta(9), **contact)
    silent = factories.make_municipality(name="Beja")
    Membership.objects.create(municipality=silent, kind="member", since=timezone.localdate() - timedelta(9))
    return cycle


PAGE = "/en/webinars/cycles/ciclo/figures/"
WRITE = "/en/webinars/manage/cycles/ciclo/not-reached/"


def numbers(page: str) -> list[str]:
    """The four figures of a page."""
    return re.findall(r'figure__number num"><b>([^<]*)</b>', page)


def test_the_coordinator_sees_exact_rows_linked_to_people(client, coordinator, running):
    page = client.get(PAGE)
    slug = running.webinars.get(number=1).slug
    assert f"/webinars/manage/{slug}/people/?status=confirmed" in page.text
    assert f"/webinars/manage/{slug}/attendance/" in page.text
    assert ">3</td>" in page.text  # the small role
    assert "Joana Vidigal" in page.text
    assert "without contact" in page.text
    assert "no-store" in page["Cache-Control"]


def test_everybody_else_sees_small_numbers_withheld(client, cycle):
    page = client.get(PAGE)
    assert numbers(page.text) == ["2", "22", "3", "0"]
    assert "Other roles together" in page.text
    assert ">3</td>" not in page.text.split("How far we reached")[0]
    assert "Write to" not in page.text
    assert "/manage/" not in page.text
    assert dict(page.cookies) == {}


def test_municipal_staff_get_the_same_page_as_the_public(client, running):
    public = client.get(PAGE).text
    client.force_login(factories.make_user(language="en"))
    own = client.get(PAGE).text
    main = re.compile(r"<main.*</main>", re.S)
    assert main.search(own)[0] == main.search(public)[0]
    assert "igualdade@cm-aljezur.example" not in own


def test_roles_wait_for_the_end_of_the_cycle(client, running):
    assert "are shown when the cycle is over" in client.get(PAGE).text


def test_the_same_four_figures_stand_everywhere(client, running):
    expected = cycle_figures(running)
    four = [str(n) for n in (expected.webinars, expected.participations, expected.municipalities, expected.recordings)]
    pages = ["/en/", "/en/webinars/cycles/ciclo/", PAGE]
    assert [numbers(client.get(page).text) for page in pages] == [four] * 3
    client.force_login(factories.make_coordinator(language="en"))
    assert [numbers(client.get(page).text) for page in pages] == [four] * 3


def test_fewer_than_5_are_said_as_such_everywhere(client, db):
    cycle = factories.make_cycle(slug="ciclo")
    webinar = factories.make_webinar(cycle=cycle, starts_at=timezone.now() - timedelta(9))
    for _ in range(3):
        factories.make_registration(webinar, checked_in_at=webinar.starts_at)
    facts.settle(webinar)
    for page in ("/en/", "/en/webinars/cycles/ciclo/", PAGE):
        text = client.get(page).text
        assert numbers(text) == ["1", "&lt;5", "&lt;5", "0"]
        assert "3 participations" not in text
        assert "3 people" not in text


def test_an_empty_cycle_has_a_page_for_both(client, db):
    factories.make_cycle(slug="ciclo")
    assert numbers(client.get(PAGE).text) == ["0", "0", "0", "0"]
    client.force_login(factories.make_coordinator(language="en"))
    assert "no webinar is planned" in client.get(PAGE).text


def test_a_cycle_that_is_not_published_is_not_there(client, cycle):
    type(cycle).objects.update(is_published=False)
    assert client.get(PAGE).status_code == 404
    assert client.get("/en/webinars/cycles/ciclo/figures.csv").status_code == 404


def test_the_dashboard_takes_twelve_queries(client, coordinator, running, django_assert_num_queries):
    with django_assert_num_queries(12):  # session, person, cycle, nine of the tables
        client.get(PAGE)
    client.logout()
    with django_assert_num_queries(10):
        client.get(PAGE)


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_files_hold_what_the_page_holds(client, cycle):
    public = rows_of(client.get("/en/webinars/cycles/ciclo/figures.csv"))
    assert ["Figures", "participations", "Reached", "22"] in [row[:4] for row in public]
    assert not any(row[0] == "Roles" and row[3] == "3" for row in public)
    client.force_login(factories.make_coordinator(language="en"))
    exact = rows_of(client.get("/en/webinars/cycles/ciclo/figures.csv"))
    assert any(row[0] == "Roles" and row[2:4] == ["Number", "3"] for row in exact)


def test_sheets_have_typed_cells(client, coordinator, running):
    response = client.get("/en/webinars/cycles/ciclo/figures.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert {"Figures", "Webinars", "Roles", "Municipalities reached", "Municipalities not reached"} <= set(book.sheetnames)
    sheet = book["Webinars"]
    head = [cell.value for cell in sheet[3]]
    first = dict(zip(head, [cell.value for cell in sheet[4]], strict=True))
    assert (first["Number"], first["Attended"], first["Day"].date()) == (
        1,
        13,
        running.webinars.get(number=1).starts_local.date(),
    )
    assert sheet["A1"].value.startswith("One row for each")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_same_data_give_the_same_bytes(client, coordinator, cycle, kind):
    address = f"/en/webinars/cycles/ciclo/figures.{kind}"
    assert client.get(address).content == client.get(address).content


def test_a_title_that_looks_like_a_formula_stays_text(client, coordinator, cycle):
    Webinar.objects.filter(number=1).update(title="=1+1")
    assert "'=1+1" in client.get("/en/webinars/cycles/ciclo/figures.csv").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get("/en/webinars/cycles/ciclo/figures.xlsx").content))
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_the_message_is_shown_before_it_is_sent(client, coordinator, running):
    page = client.get(WRITE).text
    assert "As Aljezur would get it" in page
    assert "O terceiro" in page
    assert "Send to 1 contact" in page
    assert not OutboxMail.objects.exists()


def test_pressing_twice_writes_once_to_members_with_a_contact(client, coordinator, running):
    assert "1 e-mail is on its way" in client.post(WRITE, follow=True).text
    assert "Nothing was sent" in client.post(WRITE, follow=True).text
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.category, mail.language) == ("igualdade@cm-aljezur.example", "bulk", running.language)
    assert "Joana Vidigal" in mail.text
    assert "/unsubscribe/" in mail.text
    assert mail.send_before == running.webinars.get(number=3).starts_at
    assert timezone.localdate().strftime("%d/%m/%Y") in client.get(PAGE).text


def test_nothing_is_sent_when_there_is_nothing_to_invite_to(client, coordinator, running):
    Webinar.objects.filter(number=3).update(state="draft")
    assert "There is nothing to invite to" in client.get(WRITE).text
    assert "there is nothing to invite to" in client.post(WRITE, follow=True).text
    assert not OutboxMail.objects.exists()


def test_who_was_reached_is_not_written_to(client, coordinator, running):
    webinar = factories.make_webinar(cycle=running, number=4, starts_at=timezone.now() - timedelta(3))
    town = Membership.objects.get(kind="founder").municipality
    factories.make_registration(webinar, municipality=town, checked_in_at=webinar.starts_at)
    facts.settle(webinar)
    assert "No member without presence has a contact" in client.get(WRITE).text
    client.post(WRITE)
    assert not OutboxMail.objects.exists()


def test_the_overview_warns_when_the_places_do_not_suffice(client, coordinator, running):
    assert "the target of 250 participations cannot be reached" in client.get("/en/webinars/manage/").text
    type(running).objects.update(target_participations=60, target_municipalities=3, target_webinars=3, target_recordings=3)
    assert "cannot be reached" not in client.get("/en/webinars/manage/").text


# --- cycles that are not as others


@pytest.mark.django_db
def test_an_empty_cycle_offers_no_link_to_rows_that_are_not_there(client, coordinator):
    factories.make_cycle(slug="ciclo")
    page = client.get(PAGE).text
    assert "See all 0" not in page
    assert "All numbers of each webinar" not in page


@pytest.mark.parametrize("address", [PAGE, "/en/webinars/cycles/ciclo/"])
def test_orange_means_now_a_cycle_that_is_over_has_none(client, cycle, address):
    assert "equal__now" not in client.get(address).text
    type(cycle).objects.update(ends_on=timezone.localdate() + timedelta(1))
    assert "equal__now" in client.get(address).text


def test_too_few_people_are_not_told_to_wait_for_the_end_of_a_cycle_that_is_over(client, cycle):
    AttendanceFact.objects.all().delete()
    page = client.get(PAGE).text
    assert "Too few people came" in page
    assert "when the cycle is over" not in page


def test_decimals_of_the_csv_are_those_of_the_language(client, coordinator, cycle):
    for mark in (4, 5, 5, 3, 5, 5):
        SurveyAnswer.objects.create(webinar=cycle.webinars.get(number=1), usefulness=mark)
    assert ";4.5;" in client.get("/en/webinars/cycles/ciclo/figures.csv").text
    assert ";4,5;" in client.get("/webinars/cycles/ciclo/figures.csv").text


def test_regions_nuts_3_have_names(client, coordinator, cycle):
    Municipality.objects.update(nuts3="PT11A")
    assert "Área Metropolitana do Porto" in client.get("/en/webinars/cycles/ciclo/figures.csv").text
    Municipality.objects.update(nuts3="ES617")
    assert "ES617" in client.get("/en/webinars/cycles/ciclo/figures.csv").text
