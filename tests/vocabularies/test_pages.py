"""The coordinators' pages: what they list, what may be typed, and what is never overwritten."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from goodpractices.models import Practice
from network_portal.audit.models import Entry
from network_portal.vocabularies import services
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_registration, make_term, make_webinar
from tests.goodpractices.practices import make_draft, make_practice
from tests.grants.calls import PARTS, make_call
from webinars.models import WebinarAxis

pytestmark = pytest.mark.django_db
LIST, THEMES = "/en/vocabularies/", "/en/vocabularies/theme/"
HEALTH = "/en/vocabularies/theme/health/"
ALL = {"pt": "Saúde", "en": "Health", "ca": "Salut", "gl": "Saúde", "it": "Salute", "es": "Salud"}


@pytest.fixture(autouse=True)
def ana(client):
    person = make_coordinator(name="Ana Prata")
    client.force_login(person)
    return person


@pytest.fixture
def health():
    return Term.objects.get(vocabulary="theme", code="health")


def typed(**changes) -> dict:
    return {f"label_{code}": label for code, label in (ALL | changes).items()}


def text_of(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_counts_the_terms_of_each_vocabulary(client, health, ana):
    services.retire(health, by=ana)
    page = text_of(client.get(LIST))
    assert "Themes Of webinars, calls and practices. People follow calls by theme. 17 1" in page
    assert "Areas The wide fields under which practices stand. 3 –" in page
    assert client.get(LIST).context["section"] == "vocabularies"


def test_a_vocabulary_shows_each_term_in_every_language_and_what_has_it(client, health):
    make_webinar(theme=health)
    make_webinar(theme=make_term("theme")).other_themes.set([health])
    make_call("draft", parts=PARTS.__class__(**vars(PARTS) | {"themes": [health]}))
    make_practice(classification={"themes": ["health"]})
    make_draft(classification={"themes": ["health", "care"]})
    page = text_of(client.get(THEMES))
    row = "Saúde Health ca Salut gl Saúde it Salute es Salud 2 webinars 1 call 2 practices"
    assert row in page
    assert "Cuidados Care ca Cures gl Coidados it Cura es Cuidados 1 practice" in page
    assert "it Cultura, sport e tempo libero es Cultura, deporte y ocio Nothing yet" in page


def test_a_theme_that_a_webinar_has_twice_counts_once(client, health):
    make_webinar(theme=health).other_themes.set([health])
    assert "es Salud 1 webinar " in text_of(client.get(THEMES))


@pytest.mark.parametrize(
    ("vocabulary", "made", "row"),
    [
        ("axis", lambda: WebinarAxis.objects.create(webinar=make_webinar(), axis=make_term("axis"), sentence="x"), "1 webinar"),
        ("practice_type", lambda: make_practice(), "1 practice"),
        ("cost_band", lambda: make_practice(), "1 practice"),
        ("charter_article", lambda: make_practice(), "1 practice"),
        ("sdg_target", lambda: make_practice(), "1 practice"),
        ("area", lambda: make_practice(), "1 practice"),
        ("target_group", lambda: make_practice(), "1 practice"),
        ("population_band", lambda: make_practice(), "1 municipality"),
        ("role", lambda: [make_registration(make_webinar()) for _ in range(2)], "2 registrations"),
    ],
)
def test_what_has_the_terms_of_each_vocabulary_is_counted(client, vocabulary, made, row):
    made()
    assert text_of(client.get(f"/en/vocabularies/{vocabulary}/")).count(f"{row} ") == 1


def test_the_pages_cost_the_same_however_much_has_the_terms(client, health):
    addresses = (LIST, THEMES, HEALTH, "/en/vocabularies/population_band/", "/en/vocabularies/role/")
    for address in addresses:
        client.get(address)  # what processes keep
    few = [cost(client, address) for address in addresses]
    for _ in range(4):
        make_webinar(theme=health)
        make_call(parts=PARTS.__class__(**vars(PARTS) | {"themes": [health]}))
        make_practice(classification={"themes": ["health"]})
        make_registration(make_webinar())
    assert [cost(client, address) for address in addresses] == few == [3, 3, 4, 3, 3]


def test_bands_are_not_moved_and_say_their_numbers(client):
    assert "Move “" not in text_of(client.get("/en/vocabularies/population_band/"))
    assert "From 5 000 to 9 999 They stay" in text_of(client.get("/en/vocabularies/population_band/pop-5000/"))
    assert "From 100 000 They stay" in text_of(client.get("/en/vocabularies/population_band/pop-100000/"))


def test_a_term_is_added_and_its_row_is_shown(client):
    response = client.post(f"{THEMES}add/", typed(pt="Luto", en="Grief", ca="", gl="", it=" Lutto ", es=""), follow=True)
    assert response.redirect_chain == [(f"{THEMES}#term-grief", 302)]
    term = Term.objects.get(code="grief")
    assert (term.labels, term.is_retired) == ({"pt": "Luto", "en": "Grief", "it": "Lutto"}, False)
    page = response.content.decode()
    assert "“Grief” was added, and forms offer it now." in page
    assert 'id="term-grief"' in page


def test_an_article_and_a_band_are_added_with_their_facts(client, ana):
    client.post("/en/vocabularies/charter_article/add/", typed(pt="32. Novo", en="32. New") | {"edition": "2022"})
    article = Term.objects.get(code="2022-32-new")
    assert (article.edition, article.lower, article.upper) == ("2022", None, None)
    services.retire(Term.objects.get(code="pop-100000"), by=ana)
    numbers = {"lower": "100,000", "upper": "249999"}
    client.post("/en/vocabularies/population_band/add/", typed(pt="Cidades", en="Cities") | numbers)
    band = Term.objects.get(code="cities")
    assert (band.lower, band.upper, band.last) == (100_000, 250_000, 249_999)


@pytest.mark.parametrize(
    ("vocabulary", "changes", "message"),
    [
        ("theme", {"label_pt": ""}, "Enter the label in the language “Português”"),
        ("theme", {"label_en": "  "}, "Enter the label in the language “English”"),
        ("theme", {"label_en": "No\0"}, "The text contains a character that cannot be kept. Type it again"),
        ("theme", {"label_it": "x" * 151}, "Italiano must be 150 characters or fewer"),
        ("theme", {"label_pt": "Educação"}, "There is a term called “Educação” already."),
        ("theme", {"label_en": "EDUCATION"}, "There is a term called “Education” already."),
        ("charter_article", {"edition": ""}, "Enter the year of the edition, like 2022"),
        ("charter_article", {"edition": "20x2"}, "Enter the year of the edition, like 2022"),
        ("population_band", {"lower": ""}, "Enter the number at which the band begins"),
        ("population_band", {"lower": "many"}, "Enter a whole number, like 12 500"),
        ("population_band", {"lower": "10", "upper": "9"}, "The band must not end before it begins"),
        ("population_band", {"lower": "10", "upper": "20"}, "Some numbers would be in two bands"),
        ("cost_band", {"lower": "1000000"}, "“60,000 euros or more” has them already"),
    ],
)
def test_what_is_wrong_with_a_new_term_is_said_and_what_was_typed_stays(client, vocabulary, changes, message):
    before = Term.objects.count()
    data = typed(pt="Escrito à mão", en="Typed by hand") | {"lower": "1", "edition": "2022"} | changes
    response = client.post(f"/en/vocabularies/{vocabulary}/add/", data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: " in page
    assert page.count(escape(message)) == 2  # above and at the field
    assert escape("Salute" if "label_it" not in changes else "x" * 151) in page
    assert Term.objects.count() == before


@pytest.mark.parametrize("label", ["<b>Negrito</b>", "Luto e \u202eperda", "  Muito   espaço ", "Ámbito 👩🏽‍💻", "' OR 1=1 --"])
def test_whatever_is_typed_is_text(client, label):
    client.post(f"{THEMES}add/", typed(pt=label, en="Whatever"))
    term = Term.objects.get(code="whatever")
    assert "\u202e" not in term.labels["pt"]
    assert escape(term.labels["pt"]) in client.get(THEMES).content.decode()


def test_a_term_is_renamed(client, health):
    seen = client.get(HEALTH).context["seen"]
    response = client.post(HEALTH, typed(pt="Saúde e bem-estar", it="") | {"seen": seen}, follow=True)
    assert "“Health” was saved." in text_of(response)
    health.refresh_from_db()
    assert health.labels == {"pt": "Saúde e bem-estar", "en": "Health", "ca": "Salut", "gl": "Saúde", "es": "Salud"}


def test_two_people_rename_a_term_and_the_second_sees_both(client, health):
    seen = client.get(HEALTH).context["seen"]
    bela = make_coordinator(name="Bela Rocha")
    services.rename(health, labels=ALL | {"pt": "Saúde de Bela"}, seen=seen, by=bela)
    response = client.post(HEALTH, typed(pt="Saúde de Ana") | {"seen": seen})
    page = text_of(response)
    assert "Bela Rocha changed this term a moment ago" in page
    assert "Português Saúde de Bela Saúde de Ana" in page
    assert 'value="Saúde de Ana"' in response.content.decode()
    health.refresh_from_db()
    assert health.labels["pt"] == "Saúde de Bela"
    client.post(HEALTH, typed(pt="Saúde de Ana") | {"seen": response.context["seen"]})
    health.refresh_from_db()
    assert health.labels["pt"] == "Saúde de Ana"


@pytest.mark.parametrize("seen", ["", "not a stamp", "\0"])
def test_a_form_without_its_stamp_overwrites_nothing(client, health, seen):
    response = client.post(HEALTH, typed(pt="Outra") | {"seen": seen})
    assert "This term was changed meanwhile" in text_of(response)
    health.refresh_from_db()
    assert health.labels["pt"] == "Saúde"


def test_an_error_keeps_the_stamp_of_when_the_form_was_opened(client, health):
    seen = client.get(HEALTH).context["seen"]
    services.rename(health, labels=ALL | {"pt": "Meanwhile"}, seen=seen, by=make_coordinator())
    assert client.post(HEALTH, typed(pt="") | {"seen": seen}).context["seen"] == seen
    assert "There is a term called" in text_of(client.post(HEALTH, typed(pt="Educação") | {"seen": services.stamp_of(
        Term.objects.get(pk=health.pk))}))  # fmt: skip


def test_a_term_is_retired_and_brought_back(client, health):
    page = text_of(client.post(f"{HEALTH}retire/", follow=True))
    assert "“Health” is retired: what has it keeps it, and forms offer it no longer." in page
    assert "Retired 1" in page
    assert "Retired" in text_of(client.get(HEALTH))
    page = text_of(client.post(f"{HEALTH}bring-back/", follow=True))
    assert "“Health” is offered again." in page
    assert "Retired 1" not in page
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == ["term.retired", "term.brought_back"]


def test_what_may_not_be_retired_or_brought_back_is_said(client, health, ana):
    for term in Term.objects.of("area")[1:]:
        services.retire(term, by=ana)
    page = client.post("/en/vocabularies/area/gender-equality/retire/", follow=True)
    assert "This is the last term in use, and forms need one to offer." in text_of(page)
    services.retire(health, by=ana)
    services.add("theme", labels={"pt": "Saúde", "en": "Well-being"}, by=ana)
    page = client.post(f"{HEALTH}bring-back/", follow=True)
    assert "There is a term called “Well-being” already." not in text_of(page)
    assert "There is a term called “Saúde” already." in text_of(page)
    assert Term.objects.get(pk=health.pk).is_retired


def test_buttons_move_a_term_and_the_ends_have_one(client):
    page = client.get(THEMES).content.decode()
    assert (page.count('value="up"'), page.count('value="down"')) == (17, 17)
    assert client.post(f"{HEALTH}move/", {"to": "up"}).url == f"{THEMES}#term-health"
    assert [term.code for term in Term.objects.of("theme")[:3]] == ["mainstreaming", "health", "education"]
    client.post(f"{HEALTH}move/", {"to": "down"})
    assert [term.code for term in Term.objects.of("theme")[:3]] == ["mainstreaming", "education", "health"]


@pytest.mark.parametrize("address", ["nothing/", "theme/nothing/", "axis/gbv/", "THEME/", "theme/health/nothing/"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(LIST + address).status_code == 404


def test_a_practice_keeps_a_retired_term_and_shows_it(client, health, ana):
    practice = make_practice(classification={"themes": ["health"]})
    client.post(f"{HEALTH}retire/")
    assert Practice.objects.get(pk=practice.pk).term_links.filter(term=health).exists()
    page = client.get(practice.get_absolute_url())
    assert (page.status_code, "Health" in text_of(page)) == (200, True)
