"""What is typed into the address of the catalogue: anything is answered, and the address can be handed on."""

import re
from urllib.parse import urlencode

import pytest

from municipalities.models import Municipality
from tests.factories import make_affiliation, make_municipality, make_user
from tests.goodpractices.catalogue import catalogue, titles

pytestmark = pytest.mark.django_db


# --- what is typed into the address


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999", "1" + "0" * 30, "9" * 5000, "", "2", "1.5", "%00"])
def test_any_page_is_answered(client, four, page):
    assert len(titles(catalogue(client, f"page={page}"))) == 4


@pytest.mark.parametrize(
    "typed", ["%", "_", '"', "*", "'\"><svg onload=alert(1)>", "\x00", "a&b|c!(d", "🙂", "'; drop table", "\\"]
)
def test_anything_typed_is_text(client, four, typed):
    html = catalogue(client, urlencode({"q": typed, "theme": typed, "sort": typed})).content.decode()
    assert "<svg onload" not in html


def test_long_searches_are_cut_with_a_note(client, four):
    html = catalogue(client, urlencode({"q": "creche " * 2000})).content.decode()
    assert "Só se procuraram os primeiros 200 caracteres." in html
    assert len(re.search(r'name="q" value="([^"]*)"', html)[1]) <= 200


def test_unknown_parameters_are_passed_over_and_unknown_values_find_nothing(client, four):
    assert len(titles(catalogue(client, "colour=red&page=1&page=2&theme="))) == 4
    html = catalogue(client, "theme=1&theme=2").content.decode()
    assert "Retirar «Tema: 1»" in html
    assert '<a class="catalogue__clear" href="?">Limpar filtros</a>' in html
    assert titles(catalogue(client, "theme=1&theme=care")) == ["Creche aberta", "Horas para cuidar"]


def test_a_thousand_values_do_no_harm(client, four):
    assert titles(catalogue(client, "&".join(f"theme=t{n}" for n in range(1000)))) == []


# --- towns like mine


def test_a_town_that_is_typed_gives_its_band(client, four):
    answer = client.get("/practices/?q=horas&like=palmela")
    assert (answer.status_code, answer["Location"]) == (302, "/practices/?q=horas&residents=pop-50000")


def test_one_of_two_namesakes_is_chosen_by_a_link(client):
    for district, residents in (("Faro", 23_000), ("Açores", 14_000)):
        make_municipality(name="Lagoa", district=district, residents=residents, has_namesake=True)
    html = catalogue(client, "like=lagoa&theme=care").content.decode()
    assert "Há 2 municípios chamados Lagoa" in html
    assert '<a href="?theme=care&amp;residents=pop-10000">Lagoa (Açores)</a>' in html


@pytest.mark.parametrize("typed", ["xyzzy", "%00", "<svg onload=x>", "a" * 3000])
def test_a_town_that_nobody_knows_is_said(client, typed):
    html = catalogue(client, urlencode({"like": typed})).content.decode()
    assert "Nenhum município tem este nome" in html
    assert "<svg onload" not in html


def test_a_town_whose_residents_are_not_known_has_no_band(client):
    make_municipality(name="Vila Nova", residents=None)
    page = catalogue(client, "like=vila+nova").content.decode()
    assert "Não se conhece o número de habitantes do município: Vila Nova." in page


def test_ones_own_town_is_named_beside_its_band(client, four):
    person = make_user()
    make_affiliation(person, Municipality.objects.get(name="Palmela"))
    assert "como Palmela" not in catalogue(client).content.decode()
    client.force_login(person)
    assert re.search(r'value="pop-50000"[^>]*><span>[^<]* <small>como Palmela</small>', catalogue(client).content.decode())


# --- htmx


def test_htmx_gets_what_changes_and_pushes_the_address(client, four):
    response = catalogue(client, "q=creche&like=&theme=care", **{"HX-Request": "true"})
    html = response.content.decode()
    assert response["HX-Push-Url"] == "/practices/?q=creche&theme=care"
    assert response["Vary"].count("HX-Request") == 1
    assert "<html" not in html
    assert '<div id="facets" hx-swap-oob="innerHTML">' in html
    assert re.search(r'<span id="count" hx-swap-oob="innerHTML">\s*1 prática\s*</span>', html)
    assert titles(response) == ["Creche aberta"]


def test_going_back_gives_the_whole_page(client, four):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in catalogue(client, "q=creche", **headers).content.decode()
