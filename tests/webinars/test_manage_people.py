"""A coordinator sees, adds and removes the people of a webinar; nobody else does."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.models import MailDomain
from network_portal.users.models import User
from tests.factories import (
    make_affiliation,
    make_coordinator,
    make_municipality,
    make_registration,
    make_term,
    make_user,
    make_webinar,
)
from tests.webinars.registering import text_of
from webinars.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator("coordination@network.example", language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def webinar():
    return make_webinar(slug="care", title="Sharing care", capacity=2)


def people_url(**query) -> str:
    return "/en/webinars/manage/care/people/" + (f"?{urlencode(query)}" if query else "")


def remove_url(registration) -> str:
    return f"/en/webinars/manage/people/{registration.uuid}/remove/"


ADD = "/en/webinars/manage/care/people/add/"


def shown(client, **query) -> list[str]:
    return [registration.name for registration in client.get(people_url(**query)).context["page_obj"]]


# --- who may


@pytest.mark.parametrize("part", ["", "add/", "export.csv", "export.xlsx"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_coordinators(client, webinar, part, method):
    ask = getattr(client, method)
    assert ask(people_url() + part).status_code == 302
    client.force_login(make_user())
    assert ask(people_url() + part).status_code == 403
    client.force_login(make_user(is_administrator=True))
    assert ask(people_url() + part).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_coordinators_remove(client, webinar, method):
    person = make_registration(webinar)
    ask = getattr(client, method)
    assert ask(remove_url(person)).status_code == 302
    client.force_login(person.person)
    assert ask(remove_url(person)).status_code == 403
    person.refresh_from_db()
    assert person.status == "confirmed"


def test_no_such_webinar(client, coordinator):
    assert client.get(people_url()).status_code == 404


# --- the list


def test_counts_order_and_positions(client, coordinator, webinar):
    now = timezone.now()
    for name, status, minutes in [("W2", "waiting", 1), ("Z", "confirmed", 5), ("W1", "waiting", 9), ("G", "cancelled", 7)]:
        moment = {"queued_at": now - timedelta(minutes=minutes)} if status == "waiting" else {}
        make_registration(webinar, name=name, status=status, **moment)
    make_registration(webinar, name="A")
    make_registration(make_webinar(), name="Elsewhere")

    response = client.get(people_url())

    assert [row.name for row in response.context["page_obj"]] == ["A", "Z", "W1", "W2", "G"]
    assert response.context["counts"] == {"confirmed": 2, "waiting": 2, "cancelled": 1}
    page = text_of(response)
    for words in ("2 of 2 places", "waiting, number 1", "waiting, number 2", "5 people"):
        assert words in page
    assert page.count("/remove/") == 4  # not the cancelled one
    assert "no-store" in response["Cache-Control"]


def test_filters(client, coordinator, webinar):
    beja, faro = make_municipality(name="Beja"), make_municipality(name="Faro")
    make_registration(webinar, name="Conceição Ávila", municipality=beja)
    make_registration(webinar, name="Rui Sá", municipality=faro, status="waiting", person=make_user("rui@cm-faro.example"))
    outside = make_registration(webinar, name="Eva Luz", status="cancelled", organisation="Associação")
    Registration.objects.filter(pk=outside.pk).update(municipality=None)

    assert shown(client, status="waiting") == ["Rui Sá"]
    assert shown(client, municipality=beja.pk) == ["Conceição Ávila"]
    assert shown(client, municipality="none") == ["Eva Luz"]
    assert shown(client, q="avila CONCEICAO") == ["Conceição Ávila"]
    assert shown(client, q="RUI@cm-faro") == ["Rui Sá"]
    assert shown(client, q="nobody", status="") == []
    assert "Nobody matches" in text_of(client.get(people_url(q="%")))


@pytest.mark.parametrize(
    "query", [{"status": "x"}, {"municipality": "999999"}, {"municipality": "'"}, {"page": "x"}, {"q": "\0"}]
)
def test_values_that_do_not_exist_narrow_nothing(client, coordinator, webinar, query):
    make_registration(webinar, name="Rui Sá")
    assert shown(client, **query) == ["Rui Sá"]


def test_a_draft_has_the_page_without_the_button(client, coordinator):
    make_webinar(slug="care", state="draft")
    page = text_of(client.get(people_url()))
    assert "Nobody is registered yet" in page
    assert "people/add/" not in page


def test_a_hundred_on_a_page(client, coordinator, webinar):
    town = make_municipality()
    for n in range(101):
        make_registration(webinar, name=f"Person {n:03}", municipality=town)
    assert len(shown(client)) == 100
    assert shown(client, page=2) == ["Person 100"]


def test_as_many_queries_for_5_as_for_50(client, coordinator, webinar):
    def queries(**query) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(people_url(**query))
        return len(caught)

    for _n in range(5):
        make_registration(webinar, status="waiting")
    few = queries(), queries(q="rita", status="waiting")
    for _n in range(45):
        make_registration(webinar)
    assert (queries(), queries(q="rita", status="confirmed")) == few
    assert max(few) <= 8


# --- adding


@pytest.fixture
def answers():
    town = make_municipality(name="Odemira")
    return {"email": "New@cm-odemira.example", "name": "Nova Pessoa", "municipality": town.name, "role": make_term("role").pk}


def test_add_somebody_new(client, coordinator, webinar, answers):
    assert client.get(ADD).status_code == 200
    response = client.post(ADD, answers, follow=True)
    assert response.redirect_chain == [(people_url(), 302)]
    assert "Nova Pessoa has a place" in text_of(response)
    row = webinar.registrations.get()
    assert (row.person.email, row.source, row.registered_by) == ("new@cm-odemira.example", "coordinator", coordinator)
    assert not row.consents_to_recording


def test_add_an_existing_person_to_a_full_webinar(client, coordinator, webinar, answers):
    make_registration(webinar), make_registration(webinar)
    person, accounts = make_user("new@cm-odemira.example"), User.objects.count()
    page = text_of(client.post(ADD, answers, follow=True))
    assert "Nova Pessoa is number 1 on the waiting list" in page
    assert webinar.registrations.get(status="waiting").person == person
    assert User.objects.count() == accounts


def test_add_somebody_who_is_registered(client, coordinator, webinar, answers):
    there = make_registration(webinar, person=make_user("new@cm-odemira.example"), name="First Name")
    assert "First Name was already registered" in text_of(client.post(ADD, answers, follow=True))
    assert webinar.registrations.get() == there


def test_add_somebody_from_elsewhere_even_to_a_webinar_of_the_network(client, coordinator, answers):
    webinar = make_webinar(slug="care", audience="network")
    client.post(ADD, answers | {"municipality": "", "no_municipality": "on", "organisation": "Associação"})
    row = webinar.registrations.get()
    assert (row.municipality, row.organisation) == (None, "Associação")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"email": "ana@"}, "Enter an e-mail address in the correct format"),
        ({"email": ""}, "Enter the person’s e-mail address"),
        ({"name": ""}, "Enter the person’s name"),
        ({"name": "\0"}, "The name contains a character that cannot be kept"),
        ({"municipality": ""}, "Choose the municipality, or say that the person is not from one"),
        ({"municipality": "", "no_municipality": "on"}, "Enter the name of the organisation"),
        ({"role": "999999"}, "Choose the role"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(client, coordinator, webinar, answers, wrong, message):
    response = client.post(ADD, answers | wrong)
    page = text_of(response)
    assert response.status_code == 200
    assert message in page
    assert "Error:" in page
    for name in {"email", "name"} - set(wrong):
        assert f'value="{answers[name]}"' in page
    assert not webinar.registrations.exists()


def test_nobody_is_added_to_what_is_over(client, coordinator, answers):
    webinar = make_webinar(slug="care", starts_at=timezone.now() - timedelta(days=2))
    page = text_of(client.post(ADD, answers))
    assert "People can be added only to a published webinar that is not over." in page
    assert not webinar.registrations.exists()


# --- removing


def test_the_get_asks(client, coordinator, webinar):
    person = make_registration(webinar, name="Rui Sá")
    page = text_of(client.get(remove_url(person)))
    assert "Remove Rui Sá?" in page
    person.refresh_from_db()
    assert person.status == "confirmed"


def test_the_place_passes_on(client, coordinator, webinar):
    gone, stays = make_registration(webinar, name="Rui Sá"), make_registration(webinar)
    following = make_registration(webinar, status="waiting")
    response = client.post(remove_url(gone), follow=True)
    assert response.redirect_chain == [(people_url(), 302)]
    assert "Rui Sá was removed from the webinar" in text_of(response)
    statuses = [Registration.objects.get(pk=row.pk).status for row in (gone, stays, following)]
    assert statuses == ["cancelled", "confirmed", "confirmed"]


def test_who_is_gone_already_is_not_asked_about(client, coordinator, webinar):
    gone = make_registration(webinar, status="cancelled")
    assert "cancelled already" in text_of(client.get(remove_url(gone), follow=True))
    assert client.post(remove_url(gone)).status_code == 302


def test_a_declared_municipality_is_flagged_when_the_address_is_anothers(client, coordinator, webinar):
    beja, palmela = make_municipality(name="Beja"), make_municipality(name="Palmela")
    MailDomain.objects.create(municipality=palmela, domain="cm-palmela.example")
    people = [
        make_user(f"{name}@{host}.example") for name, host in [("a", "cm-palmela"), ("b", "cm-palmela"), ("c", "elsewhere")]
    ]
    for person in people:
        make_registration(webinar, person=person, municipality=beja)
    make_registration(webinar, person=make_user("d@social.cm-palmela.example"), municipality=palmela)
    make_affiliation(people[1], beja)
    page = client.get(people_url())
    flagged = {row.person.email: getattr(row, "other_town", None) for row in page.context["page_obj"]}
    assert {email: town and town.name for email, town in flagged.items()} == {
        "a@cm-palmela.example": "Palmela", "b@cm-palmela.example": None, "c@elsewhere.example": None,
        "d@social.cm-palmela.example": None,
    }  # fmt: skip
    assert text_of(page).count("declared; the address is one of Palmela") == 1
