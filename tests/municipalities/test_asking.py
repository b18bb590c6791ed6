"""The page on which a person says to which municipality they belong, and how they leave it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from municipalities import links, services
from municipalities.models import Affiliation
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user

pytestmark = pytest.mark.django_db
ASK = "/en/municipalities/belong/"


@pytest.fixture
def palmela():
    return make_municipality(name="Palmela", slug="palmela")


def answer(client, **data):
    return client.post(ASK, {"municipality": "palmela", "function": "Técnica"} | data, follow=True)


def test_the_request_is_sent(client, palmela):
    client.force_login(make_user())
    page = answer(client)
    assert "Your request to belong to Palmela is sent." in page.text
    assert Affiliation.objects.get().function == "Técnica"


def test_who_has_an_address_of_the_town_belongs_to_it(client, palmela):
    services.keep_mail_domains(palmela, ["cm-x.example"], by=make_coordinator())
    person = make_user("rita@cm-x.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.force_login(person)
    assert 'value="Palmela"' in client.get(ASK).text
    assert "You belong to Palmela." in answer(client).text


def test_the_address_of_the_page_may_name_the_town(client, palmela):
    client.force_login(make_user())
    assert 'value="Palmela"' in client.get(f"{ASK}?municipality=palmela").text
    for nonsense in ("atlantis", "%00", "x" * 5000):
        assert client.get(f"{ASK}?municipality={nonsense}").status_code == 200


def test_who_has_no_name_is_asked_for_it(client, palmela):
    person = make_user(name="")
    client.force_login(person)
    assert "Enter your name" in answer(client).text
    answer(client, name="Rita Quaresma")
    person.refresh_from_db()
    assert (person.name, person.affiliations.count()) == ("Rita Quaresma", 1)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"municipality": ""}, "Choose your municipality"),
        ({"municipality": "Atlantis"}, "Choose your municipality from the list"),
        ({"function": "x" * 121}, "must be 120 characters or fewer"),
        ({"function": "a\0b"}, "contains a character that cannot be kept"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, palmela, data, error):
    client.force_login(make_user())
    page = answer(client, **data)
    assert (page.status_code, Affiliation.objects.count()) == (200, 0)
    assert error in page.text
    assert "<title>Error: " in page.text


def test_too_many_requests_are_refused_in_words(client, palmela):
    person = make_user()
    for _ in range(5):
        services.ask_affiliation(make_municipality(), by=person)
    client.force_login(person)
    page = answer(client)
    assert (page.status_code, person.affiliations.count()) == (200, 5)
    assert "Ask the others tomorrow." in page.text


def test_leave_and_take_back(client, palmela):
    row = make_affiliation(make_user(), palmela)
    client.force_login(row.person)
    end = reverse("municipalities:affiliation_end", args=[row.uuid])
    page = client.post(end, follow=True)
    assert page.redirect_chain == [(reverse("pages:my_page"), 302)]
    assert "You do not belong to Palmela any more." in page.text
    asked = services.ask_affiliation(palmela, by=row.person)
    page = client.post(reverse("municipalities:affiliation_end", args=[asked.uuid]), follow=True)
    assert "The request is taken back." in page.text
    asked.refresh_from_db()
    assert asked.state == "ended"


# --- on one's own page


def my_page(client) -> str:
    return client.get("/en/my/").text


def test_my_page_offers_to_say_where_one_works(client):
    client.force_login(make_user())
    assert f'href="{ASK}"' in my_page(client)


def test_my_page_shows_each_town_once_with_what_can_be_done(client, palmela):
    person = make_user()
    rows = {
        state: make_affiliation(person, make_municipality(name=state), state=state, proof="", decided_at=None)
        for state in ("asked", "invited")
    }
    make_affiliation(person, palmela, state="ended", ended_at=timezone.now())
    make_affiliation(person, palmela, kind="focal_point", function="Vereadora")
    make_affiliation(person, make_municipality(name="refused"), state="refused", reason="Não é de cá")
    long_ago = timezone.now() - timedelta(days=31)
    make_affiliation(person, make_municipality(name="long ago"), state="refused", reason="Nunca foi", decided_at=long_ago)
    make_affiliation(person, make_municipality(name="left"), state="ended", ended_at=timezone.now())
    client.force_login(person)
    page = client.get("/en/my/")
    assert [row.municipality.name for row in page.context["affiliations"]] == ["Palmela", "asked", "invited", "refused"]
    for words in ("Vereadora", "Não é de cá", links.token_for(rows["invited"]).split(":")[0]):
        assert words in page.text
    for name in ("colleagues", "presentation"):
        assert f'href="{reverse(f"municipalities:{name}", args=["palmela"])}"' in page.text
    assert reverse("municipalities:affiliation_end", args=[rows["asked"].uuid]) in page.text


def test_my_page_costs_the_same_for_one_town_as_for_ten(client, django_assert_num_queries):
    person = make_affiliation(make_user(), kind="focal_point").person
    client.force_login(person)
    my_page(client)
    with CaptureQueriesContext(connection) as few:
        my_page(client)
    for _ in range(9):
        make_affiliation(person)
    with django_assert_num_queries(len(few)):
        my_page(client)
