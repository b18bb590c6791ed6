"""A section of a practice in Chromium: it saves by itself while it is written, and two people lose nothing of each other's."""

import pytest
from playwright.sync_api import expect

from goodpractices.models import Section, SetAside
from tests.factories import make_affiliation, make_municipality, make_user
from tests.goodpractices.practices import make_draft

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = "As escolas fechavam às 17:30."
RITA = "As escolas fechavam às 17:30 e a fábrica às 18:00."
PAULA = "As escolas fechavam às 17:30 e ninguém ia buscar 40 crianças."
BOTH = f"{RITA}\n\n{PAULA}"


@pytest.fixture
def section(visit):
    """The section that Rita and Paula have open, each in a window of her own; and the windows."""
    town = make_municipality(name="Palmela")
    people = [make_affiliation(make_user(name=name), town).person for name in ("Rita Quaresma", "Paula Ponto")]
    practice = make_draft(municipality=town, by=people[0], context={"text": BEFORE})
    windows = [visit(person) for person in people]
    for window in windows:
        window.page.goto(f"/practices/write/{practice.pk}/context/")
    return practice.work_version.sections.get(code="context"), windows


def stored(section: Section) -> str:
    section.refresh_from_db()
    return section.content["text"]


def said(page):
    """What the page says of saving."""
    return expect(page.locator("#saved"))


def test_it_saves_by_itself_again_and_again_and_is_there_when_it_is_opened_anew(section):
    section, (rita, _paula) = section
    text = rita.page.locator("[name=text]")
    text.fill(RITA)
    said(rita.page).to_contain_text("Guardado às")
    assert (stored(section), str(section.saved_by)) == (RITA, "Rita Quaresma")
    text.fill("https://exemplo.pt")
    expect(rita.page.locator("#missing")).to_contain_text("Uma ligação sozinha não diz nada")
    text.fill(BOTH)
    expect(rita.page.locator("#missing")).to_be_empty()
    assert stored(section) == BOTH
    rita.page.reload()
    expect(text).to_have_value(BOTH)
    assert rita.complaints + rita.elsewhere == []


def test_two_people_in_one_section_both_keep_their_texts(section):
    section, (rita, paula) = section
    rita.page.locator("[name=text]").fill(RITA)
    said(rita.page).to_contain_text("Guardado às")
    paula.page.locator("[name=text]").fill(PAULA)
    said(paula.page).to_contain_text("Rita Quaresma guardou esta secção")
    assert (stored(section), SetAside.objects.get().content["text"]) == (RITA, PAULA)

    paula.page.get_by_role("link", name="Ver os dois textos").click()
    both = paula.page.locator("#both")
    for text in (RITA, PAULA):
        expect(both).to_contain_text(text)
    expect(paula.page.locator("[name=text]")).to_have_value(PAULA)
    paula.page.locator("[name=text]").fill(BOTH)
    with paula.page.expect_navigation():
        paula.page.get_by_role("button", name="Guardar o meu texto").click()
    assert (stored(section), str(section.saved_by), SetAside.objects.exists()) == (BOTH, "Paula Ponto", False)
    assert [window.complaints + window.elsewhere for window in (rita, paula)] == [[], []]
