"""The catalogue as people use it: words, facets with true counts, what to try where nothing is found."""

import re
from html import unescape
from itertools import product
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from goodpractices.addresses import read_address
from goodpractices.catalogue import find
from goodpractices.facets import FACETS
from goodpractices.models import Practice
from goodpractices.search import PRACTICES
from goodpractices.views.catalogue import PAGE
from municipalities.models import Municipality
from network_portal.common.search import read_query
from network_portal.search.models import Entry
from tests.factories import make_coordinator, make_municipality, make_user
from tests.goodpractices.catalogue import catalogue, counts, hidden_practices, themes, titles
from tests.goodpractices.practices import make_practice

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8


def test_all_are_listed_the_newest_first(client, four):
    response = catalogue(client)
    assert titles(response) == ["Contar o que se gasta", "Rastreio no bairro", "Creche aberta", "Horas para cuidar"]
    assert "4 práticas" in response.content.decode()


def test_words_are_found_in_any_form_and_marked(client, four):
    response = catalogue(client, "q=CRECHES")
    assert titles(response) == ["Creche aberta"]
    assert "<mark>Creche</mark> aberta" in response.content.decode()


def test_a_label_finds_in_every_language_and_is_marked_in_that_of_the_page(client, four):
    assert titles(catalogue(client, "q=cures")) == ["Creche aberta", "Horas para cuidar"]
    assert "<mark>Cuidados</mark>" in catalogue(client, "q=cuidado+aberta").content.decode()


def test_values_of_one_facet_widen_and_facets_narrow_each_other(client, four):
    assert titles(catalogue(client, "theme=care&theme=gender-budget")) == [
        "Contar o que se gasta", "Creche aberta", "Horas para cuidar",
    ]  # fmt: skip
    assert titles(catalogue(client, "theme=care&theme=gender-budget&residents=pop-50000")) == [
        "Contar o que se gasta", "Creche aberta",
    ]  # fmt: skip


def test_a_count_holds_with_all_other_filters_but_not_its_own(client, four):
    response = catalogue(client, "theme=care")
    assert counts(response, "theme") == {"care": 2, "health": 2, "gender-budget": 1}
    assert counts(response, "district") == {"Faro": 1, "Setúbal": 1}
    response = catalogue(client, "theme=care&district=Faro")
    assert counts(response, "theme") == {"care": 1, "health": 1}
    assert counts(response, "district") == {"Faro": 1, "Setúbal": 1}
    response = catalogue(client, "q=horas&theme=health")
    assert counts(response, "theme") == {"care": 2, "health": 2, "gender-budget": 1}  # all speak of hours


def test_every_count_is_what_choosing_it_finds(client, four):
    """Each value of each facet, beside each choice of another facet: what the page promises is what it then finds."""
    for beside in ("", "theme=care", "theme=health&cost=cost-5000", "q=cuidar", "evidence=E2&running=yes"):
        response, asked = catalogue(client, beside), read_address(QueryDict(beside))
        for name in (one.name for one in response.context["facets"]):
            for code, count in counts(response, name).items():
                assert len(find(asked.without(name).having(name, code))) == count, (beside, name, code)


def test_a_facet_finds_what_the_columns_say(four):
    """The sets in memory against the rows of the database."""
    town = Municipality.objects.get(name="Palmela")
    for address, rows in (
        ("residents=pop-50000&district=Setúbal", Practice.objects.filter(municipality=town)),
        ("cost=cost-0", Practice.objects.filter(cost_band__code="cost-0")),
        ("hours=0", Practice.objects.filter(staff_hours=0)),
        ("video=yes", Practice.objects.filter(has_video=True)),
        ("year=2019", Practice.objects.filter(starts_on__year=2019)),
        ("axis=family", Practice.objects.filter(term_links__term__code="family")),
        ("type=regulation", Practice.objects.filter(practice_type__code="regulation")),
        ("group=municipal-staff", Practice.objects.filter(term_links__term__code="municipal-staff")),
        ("evidence=E2", Practice.objects.filter(evidence=2)),
        ("language=pt", Practice.objects.filter(language="pt")),
    ):
        assert rows.exists()
        assert sorted(find(read_address(QueryDict(address))).everything()) == sorted(rows.values_list("pk", flat=True)), address


def test_what_is_chosen_can_be_taken_away_by_name(client, four):
    html = catalogue(client, "q=horas&theme=care&theme=health&district=Faro").content.decode()
    assert re.search(r'<a href="\?q=horas&amp;theme=health&amp;district=Faro">Retirar «Tema: Cuidados»', html)
    assert re.search(r'<a href="\?q=horas&amp;theme=care&amp;theme=health">Retirar «Distrito: Faro»', html)
    assert '<a class="catalogue__clear" href="?q=horas">Limpar filtros</a>' in html


def test_the_best_come_first_and_the_newest_when_asked(client):
    make_practice(title="Creche para todas")
    make_practice(title="Outra coisa", summary={"summary": "Uma creche."})
    make_practice(title="Mais uma", context={"text": "Faltava uma creche."})
    make_practice(title="Creche")
    assert titles(catalogue(client, "q=creche")) == ["Creche", "Creche para todas", "Outra coisa", "Mais uma"]
    assert titles(catalogue(client, "q=creche&sort=newest")) == ["Creche", "Mais uma", "Outra coisa", "Creche para todas"]


def test_the_order_is_that_of_the_search_on_either_database():
    for n in range(30):
        make_practice(title=f"Horas {n}" if n % 3 else f"Caso {n}", summary={"summary": "Com horas." if n % 4 else "Sem."})
    query = read_query("horas cuidar")
    entries = Entry.objects.filter(kind=PRACTICES.code).found_by(query).best_first(query)
    expected = list(entries.values_list("object_id", flat=True))
    assert len(expected) == 30
    found = find(read_address(QueryDict("q=horas+cuidar")))
    assert found.everything() == expected
    assert [pk for start in range(0, 30, 7) for pk in found[start : start + 7]] == expected


def test_pages_hold_all_once(client):
    for n in range(PAGE + 3):
        make_practice(title=f"Prática {n}")
    for beside in ("", "q=prática&"):
        pages = [titles(catalogue(client, f"{beside}page={number}")) for number in (1, 2)]
        assert [len(page) for page in pages] == [PAGE, 3]
        assert len({*pages[0], *pages[1]}) == PAGE + 3


# --- nothing found


def test_nothing_says_which_filter_is_in_the_way(client, four):
    response = catalogue(client, "q=creche&theme=health&residents=pop-50000")
    html = response.content.decode()
    assert "0 práticas" in html
    assert re.search(r'<a href="\?q=creche&amp;residents=pop-50000">Sem «Tema»</a> <span class="num">1 prática<', html)
    assert "Sem «Habitantes»" not in html  # without it there is nothing either


def test_nothing_offers_what_was_meant_only_when_the_words_find_nothing(client, four):
    assert '<a href="?q=creche">creche</a>' in catalogue(client, "q=crehe").content.decode()
    assert '<a href="?q=cuidados">cuidados</a>' in catalogue(client, "q=cuidadoz").content.decode()  # a label
    assert "Queria dizer" not in catalogue(client, "q=creche&theme=health").content.decode()


def test_a_misspelling_that_some_text_has_too_does_not_hide_what_was_meant(client):
    make_practice(title="Casa", context={"text": "Uma mobilidede mal escrita."})
    for number in range(12):
        make_practice(title=f"Mobilidade {number}")
    response = catalogue(client, "q=mobilidede")
    assert titles(response)[0] == "Casa"
    assert len(titles(response)) == 13
    assert "Poucas práticas têm «mobilidede»" in response.content.decode()
    assert '<a href="?q=mobilidade">mobilidade</a>' in response.content.decode()
    assert titles(catalogue(client, "q=mobilidede&sort=newest"))[-1] == "Casa"
    assert "Poucas práticas" not in catalogue(client, "q=mobilidade").content.decode()


def test_before_anything_is_published_the_page_says_so(client):
    assert "Ainda não foi publicada nenhuma prática." in catalogue(client).content.decode()


# --- who sees what


@pytest.mark.parametrize("person", [None, make_user, make_coordinator])
def test_what_is_not_published_is_nowhere(client, four, person):
    hidden = hidden_practices()
    if person:
        client.force_login(person())
    everything = catalogue(client)
    assert len(titles(everything)) == 4
    assert "digital" not in counts(everything, "theme")
    words = ["zoófito", "zangoneta", "zarabatana", "zurrapa", "zimbório"]
    for typed, path in product([*words, *(word[:-1] + "x" for word in words)], ("/practices/", "/search/")):
        html = client.get(path, {"q": typed}).content.decode()
        assert "Segredo" not in html
        assert not any(word in html.replace(typed, "") for word in words)
    assert set(find(read_address(QueryDict(""))).everything()).isdisjoint(practice.pk for practice in hidden)


def test_it_is_public_and_sets_no_cookie(client, four):
    for address in ("", "q=creche", "q=nada+disto", "theme=care", "like=palmela"):
        assert client.get(f"/practices/?{address}").cookies == {}


def test_english_pages_find_the_same(client, four):
    html = client.get("/en/practices/?q=creche&theme=care").content.decode()
    assert "1 practice" in html
    assert "Remove “Theme: Care”" in html


# --- what it costs


def cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        catalogue(client, address)
    return len(queries)


ADDRESSES = [
    "",
    "q=horas",
    "q=horas&theme=care&cost=cost-5000&district=Faro",
    "theme=care&page=2",
    "q=horas&theme=digital",
    "q=hotas",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_cost_is_fixed(client, four, address):
    catalogue(client)
    few = cost(client, address)
    for n in range(25):
        make_practice(title=f"Horas {n}", municipality=make_municipality(name=f"Vila {n}", district="Faro"), **themes("care"))
    catalogue(client)
    assert cost(client, address) == few <= MOST_QUERIES


def test_words_that_were_searched_for_cost_nothing_again_until_something_is_published(client, four):
    cost(client, "q=horas")
    again = cost(client, "q=horas&theme=care")
    assert again == cost(client, "theme=care") + 1  # the texts of the page, in which words are marked
    make_practice(title="Horas de todos", **themes("care"))
    catalogue(client)
    assert cost(client, "q=horas") > again
    assert "Horas de todos" in "".join(titles(catalogue(client, "q=horas&theme=care")))


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_is_signed_in_costs_no_more_than_the_limit(client, four, address):
    client.force_login(make_coordinator())
    catalogue(client)
    assert cost(client, address) <= MOST_QUERIES + (3 if address == "q=hotas" else 0)


def test_every_facet_has_a_name_of_its_own():
    assert len({facet.parameter for facet in FACETS} | {"q", "sort", "page", "like"}) == len(FACETS) + 4


def test_the_squares_of_the_evidence_are_four_elements_side_by_side(client, four):
    """A shape that is not closed would hold the others and hide them."""
    Practice.objects.update(evidence=2)
    drawing = re.search(r'<svg class="evidence".*?</svg>', catalogue(client).content.decode())[0]
    assert [[child.get("class") for child in ElementTree.fromstring(drawing)], drawing.count("<rect")] == [
        ["evidence__yes", "evidence__yes", None, None], 4,
    ]  # fmt: skip


def test_a_passage_shows_words_and_no_marks_of_their_formatting(client):
    text = "## Antes\n\nUma **zangoneta** de *horas*, [com regras](https://exemplo.pt/a_b):\n\n- nome_de_campo e 3 * 4"
    make_practice(title="Outra coisa", context={"text": text})
    page = unescape(re.sub("</?mark>", "", catalogue(client, "q=zangoneta").content.decode()))
    assert "Antes Uma zangoneta de horas, com regras: nome_de_campo e 3 * 4" in " ".join(page.split())
