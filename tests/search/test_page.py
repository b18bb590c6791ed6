"""The search of the portal as people use it."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_portal.pages.search import PAGE, rebuild
from tests.factories import make_coordinator, make_cycle, make_municipality, make_recording, make_user, make_webinar
from tests.goodpractices.practices import make_draft as make_practice_draft
from tests.goodpractices.practices import make_practice
from tests.grants.calls import make_call, make_draft
from webinars.models import Chapter

pytestmark = pytest.mark.django_db
QUERIES = 9  # counts, entries, one or two of each kind on the page


def titles(response) -> list[str]:
    """The titles of the results, as they are read."""
    html = response.content.decode()
    found = re.findall(r'<div class="search-hit__what">\s*<h3><a [^>]*>(.*?)</a>', html, re.S)
    return [unescape(re.sub("<[^>]+>", "", title)) for title in found]


def search(client, typed: str, **parameters):
    response = client.get("/search/", {"q": typed, **parameters})
    assert response.status_code == 200
    return response


@pytest.fixture
def everything():
    """A town, a webinar with its recording, a call and a practice, that all speak of mobility."""
    make_municipality(name="Mobilidade")
    webinar = make_webinar(
        title="Mobilidades na cidade", summary="Quem anda a pé?", starts_at=datetime(2026, 3, 5, 10, tzinfo=UTC)
    )
    recording = make_recording(webinar, transcript="Falou-se muito de bicicletas.")
    Chapter.objects.create(recording=recording, second=754, title="A mobilidade de quem cuida")
    make_call(title="Apoio à mobilidade")
    make_practice(title="Mobilidade em bairro")
    rebuild()
    return webinar


def test_every_kind_is_found_and_counted(client, everything):
    response = search(client, "mobilidade")
    recording, webinar = "Mobilidades na cidade", "Mobilidades na cidade"  # the recording has the word in a chapter too
    practice = "Mobilidade em bairro"  # the webinar is older
    assert titles(response) == ["Mobilidade", recording, "Apoio à mobilidade", practice, webinar]
    assert [(facet["code"], facet["count"]) for facet in response.context["facets"]] == [
        ("practice", 1), ("webinar", 1), ("recording", 1), ("call", 1), ("municipality", 1),
    ]  # fmt: skip


def test_a_filter_narrows_the_results_and_the_counts_stay_true(client, everything):
    response = search(client, "mobilidade", kind=["call", "municipality"])
    assert titles(response) == ["Mobilidade", "Apoio à mobilidade"]
    assert [facet["count"] for facet in response.context["facets"]] == [1, 1, 1, 1, 1]
    assert response.context["total"] == 2
    assert '<a href="?q=mobilidade&amp;kind=municipality">' in response.content.decode()  # without the calls


def test_the_original_words_are_marked(client, everything):
    html = search(client, "MOBILIDADE").content.decode()
    assert "<mark>Mobilidades</mark> na cidade" in html
    assert "Apoio à <mark>mobilidade</mark>" in html


def test_a_chapter_is_found_with_its_minute(client, everything):
    html = search(client, "quem cuida", kind="recording").content.decode()
    assert ">12:34</span> A mobilidade de <mark>quem</mark> <mark>cuida</mark>" in html
    assert f"{everything.get_absolute_url()}#recording" in html


def test_what_was_said_is_found(client, everything):
    response = search(client, "bicicleta")
    assert titles(response) == ["Mobilidades na cidade"]
    assert "de <mark>bicicletas</mark>." in response.content.decode()


@pytest.fixture
def hidden():
    """Records of every kind that only coordinators see."""
    cycle = make_cycle(is_published=False)
    make_webinar(title="Segredo um", state="draft")
    make_webinar(title="Segredo dois", cycle=cycle)
    make_recording(make_webinar(title="Segredo três", cycle=cycle, starts_at=timezone.now()))
    make_recording(make_webinar(title="Outro", starts_at=timezone.now()), state="draft", transcript="Segredo quatro")
    make_draft(title="Segredo cinco")
    make_practice_draft(title={"title": "Segredo seis"}, context={"text": "Segredo sete"})
    rebuild()


@pytest.mark.parametrize("person", [None, make_user])
def test_what_is_not_published_is_nowhere(client, hidden, person):
    if person:
        client.force_login(person())
    for typed in ("segredo", "segr", "segreddo", "quatro"):
        response = search(client, typed)
        text = response.content.decode().replace(typed, "")
        assert titles(response) == []
        assert "Segredo" not in text
        assert response.context["suggestion"] == ""
        assert response.context["found_in_all"] == 0


def test_coordinators_see_drafts_that_say_so(client, hidden):
    client.force_login(make_coordinator())
    response = search(client, "segredo")
    assert sorted(titles(response)) == ["Outro", "Segredo cinco", "Segredo dois", "Segredo três", "Segredo três", "Segredo um"]
    assert response.content.decode().count("Rascunho: só a coordenação o vê") >= 3


def test_a_record_taken_back_is_gone_at_once(client, everything):
    everything.state = "draft"
    everything.save()
    assert titles(search(client, "mobilidade")) == ["Mobilidade", "Apoio à mobilidade", "Mobilidade em bairro"]


def test_it_is_public_and_sets_no_cookie(client, everything):
    for parameters in ({}, {"q": "mobilidade"}, {"q": "nada disto"}):
        assert client.get("/search/", parameters).cookies == {}


def test_empty_says_what_can_be_found(client):
    for typed in ("", "   ", "\x00"):
        assert "O que se encontra aqui" in search(client, typed).content.decode()


def test_signs_alone_find_nothing(client):
    for typed in ("%", "_", '"', "🙂", "***"):
        assert "Nada encontrado" in search(client, typed).content.decode()


@pytest.mark.parametrize("address", ["/search/", "/practices/", "/practices/export.csv", "/calls/"])
@pytest.mark.parametrize("typed", ["\u0301", "saude \u0301", "\u0301\u0302 \u0303"])
def test_an_accent_alone_is_no_word(client, everything, address, typed):
    assert client.get(address, {"q": typed}).status_code == 200


def test_nothing_found_offers_what_was_meant(client, everything):
    html = search(client, "mobilidede").content.decode()
    assert "Queria dizer" in html
    assert '<a href="?q=mobilidade">mobilidade</a>' in html


def test_a_misspelling_that_some_text_has_too_does_not_hide_what_was_meant(client):
    make_call(title="Apoio", text="A mobilidede, mal escrita.")
    for number in range(12):
        make_municipality(name=f"Mobilidade {number}")
    rebuild()
    response = search(client, "mobilidede")
    assert titles(response)[0] == "Apoio"
    assert response.context["total"] == 13
    assert "Poucos resultados têm «mobilidede»" in response.content.decode()
    assert '<a href="?q=mobilidade">mobilidade</a>' in response.content.decode()
    assert "<mark>Mobilidade</mark> 3" in response.content.decode()
    assert [facet["count"] for facet in response.context["facets"]] == [0, 0, 0, 1, 12]
    assert titles(search(client, "mobilidede", kind="call")) == ["Apoio"]
    assert "Poucos resultados" not in search(client, "mobilidade").content.decode()


def test_nothing_of_the_chosen_kind_says_what_others_have(client, everything):
    html = search(client, "bicicleta", kind="call").content.decode()
    assert "De outro tipo há 1 resultado" in html


def test_what_is_typed_is_text(client):
    html = search(client, "'\"><svg onload=alert(1)>").content.decode()
    assert "<svg onload" not in html
    assert "&lt;svg onload" in html


def test_long_searches_are_cut_with_a_note(client):
    html = search(client, "mobilidade " * 900).content.decode()
    assert "Só se procuraram os primeiros 200 caracteres." in html
    assert len(re.search(r'name="q" value="([^"]*)"', html)[1]) <= 200


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999", "1" + "0" * 30, "", "2"])
def test_any_page_is_answered(client, everything, page):
    assert len(titles(search(client, "mobilidade", page=page))) == 5


def test_repeated_and_unknown_parameters_do_no_harm(client, everything):
    response = client.get("/search/?q=x&q=mobilidade&kind=call&kind=call&kind=nothing&theme=%00&page=1&page=2")
    assert titles(response) == ["Apoio à mobilidade"]
    assert len(titles(search(client, "mobilidade", kind="nothing"))) == 5


def test_pages_hold_all_results_once(client):
    for n in range(PAGE + 3):
        make_municipality(name=f"Vila {n}")
    rebuild()
    pages = [titles(search(client, "vila", page=number)) for number in (1, 2)]
    assert [len(page) for page in pages] == [PAGE, 3]
    assert len({*pages[0], *pages[1]}) == PAGE + 3


def cost(client, typed: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        search(client, typed)
    return len(queries)


def test_the_cost_is_fixed(client, everything):
    cost(client, "mobilidade")  # what each process keeps is read
    few = cost(client, "mobilidade")
    for n in range(5):
        make_municipality(name=f"Mobilidade {n}")
        make_recording(make_webinar(title=f"Mobilidade {n}", starts_at=timezone.now()))
    rebuild()
    cost(client, "mobilidade")
    assert cost(client, "mobilidade") == few <= QUERIES + 1
    assert cost(client, "") == 0


def test_english_pages_find_the_same(client, everything):
    response = client.get("/en/search/", {"q": "mobilidade"})
    assert len(titles(response)) == 5
    assert "5 results" in response.content.decode()
