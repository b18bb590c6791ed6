"""The public pages of towns and members: few queries, no cookie."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from municipalities import map as drawing
from municipalities import services
from municipalities.models import Membership, Municipality
from network_portal.common.templatetags.portal import thousands

pytestmark = pytest.mark.django_db
FOUNDED = date(2020, 10, 1)


@pytest.fixture
def network(towns):
    for code, kind in (("0211", "founder"), ("4201", "founder"), ("1317", "member"), ("0309", "observer")):
        services.join_network(towns[code], kind=kind, since=FOUNDED, by=None)
    return towns


@pytest.fixture
def few_queries(django_assert_max_num_queries, client):
    """Ask for a page as a stranger would, with nothing kept from before."""

    def ask(address: str, at_most: int):
        cache.clear()
        drawing._draw.cache_clear()
        drawing._read_towns.cache_clear()
        with django_assert_max_num_queries(at_most):
            response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies
        return response

    return ask


def test_list_shows_founders_members_and_observers(network, few_queries):
    page = few_queries("/en/municipalities/", 5).content.decode()
    for words in ("Odemira", "Lagoa (Açores)", "Vila Nova de Gaia", "Póvoa de Lanhoso", "Observers", 'role="img"'):
        assert words in page
    assert "style=" not in page


def test_list_without_any_member_or_town(db, few_queries):
    assert b"No founding municipality" in few_queries("/en/municipalities/", 5).content


@pytest.mark.parametrize(
    ("typed", "found"), [("lagoa", 2), ("povoa", 1), ("VILA gaia", 1), ("%", 0), ("%00", 0), ("<svg onload>", 0), ("é" * 5000, 0)]
)
def test_list_searches_the_whole_register(network, few_queries, typed, found):
    response = few_queries(f"/en/municipalities/?q={typed}", 5)
    assert len(response.context["found"]) == found
    assert b"<svg onload>" not in response.content


def test_town_page(network, few_queries):
    page = few_queries("/en/municipalities/odemira/", 5).content.decode()
    for words in (
        "Odemira",
        "Beja",
        "Alentejo",
        "Alentejo Litoral",
        "DICO 0211",
        thousands(24717),
        "20,000 to 49,999",
        "Founder",
    ):
        assert words in page


def test_town_page_of_an_island_and_of_a_town_without_place(network, few_queries):
    assert "Lagoa (Açores)" in few_queries("/en/municipalities/lagoa-acores/", 5).content.decode()
    Municipality.objects.update(latitude=None, longitude=None, residents=None, nuts3="", district="", region="")
    assert "does not belong" in few_queries("/en/municipalities/lagoa-faro/", 5).content.decode()


def test_unknown_town_is_not_found(client, db):
    assert client.get("/en/municipalities/atlantis/").status_code == 404


def test_search_answers_the_field(network, few_queries):
    response = few_queries("/en/municipalities/search/?q=lagoa", 1)
    assert response.json() == {
        "results": [
            {"value": "Lagoa (Faro)", "name": "Lagoa", "note": "Faro"},
            {"value": "Lagoa (Açores)", "name": "Lagoa", "note": "Açores"},
        ],
        "status": "2 municipalities",
    }


@pytest.mark.parametrize("typed", ["", "%00", "%25", "q" * 10_000, "'\"><svg>"])
def test_search_finds_nothing_without_an_error(network, few_queries, typed):
    answer = few_queries(f"/en/municipalities/search/?q={typed}", 1).json()
    assert answer == {"results": [], "status": "No municipality has this name."}


def test_search_gives_ten_at_most(db, few_queries):
    with open("municipalities/data/portugal.csv", "rb") as file:
        services.import_register(file)
    answer = few_queries("/en/municipalities/search/?q=a", 1).json()
    assert (len(answer["results"]), answer["status"]) == (10, "More than 10 municipalities. Type more letters.")


def test_search_is_only_read(client, db):
    assert client.post(reverse("municipalities:search")).status_code == 405


def test_ended_membership_leaves_the_list_but_not_the_town_page(network, few_queries):
    services.leave_network(network["1317"].memberships.get(), until=date(2024, 1, 1), by=None)
    assert [m.kind for m in Membership.objects.current()] == ["founder", "founder", "observer"]
    assert "from 1" in few_queries("/en/municipalities/vila-nova-de-gaia/", 5).content.decode()
