"""The facets of the catalogue in Chromium: nothing jumps before the button is pressed; then with htmx, or without any script."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_municipality
from tests.goodpractices.catalogue import themes
from tests.goodpractices.practices import make_practice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _three():
    small = make_municipality(name="Aljezur", district="Faro", residents=6_000)
    large = make_municipality(name="Palmela", district="Setúbal", residents=64_000)
    make_practice(municipality=small, title="Horas para cuidar", **themes("care", "health"))
    make_practice(municipality=large, title="Creche aberta", **themes("care"))
    make_practice(municipality=large, title="Rastreio no bairro", **themes("health"))


def titles(page):
    return page.locator(".practices h3")


def narrow(page, *values: str):
    """Tick the values and press the button."""
    for value in values:
        page.locator(f"input[value='{value}']").check()
    page.get_by_role("button", name="Aplicar filtros").click()


@pytest.mark.usefixtures("_three")
def test_with_htmx_only_what_changes_is_fetched_and_the_address_holds_the_search(visit):
    visitor = visit()
    page = visitor.page
    page.goto("/practices/")
    page.evaluate("window.isSamePage = true")
    page.locator("input[value='care']").check()
    expect(titles(page)).to_have_count(3)  # nothing jumps on a change

    narrow(page, "care")
    expect(titles(page)).to_have_text(["Creche aberta", "Horas para cuidar"])
    expect(page.locator("#count")).to_have_text("2 práticas")
    expect(page.locator("label:has(input[value='pop-50000']) .facet__count")).to_have_text("1")
    assert page.url.endswith("/practices/?theme=care")

    narrow(page, "pop-5000")
    expect(titles(page)).to_have_text(["Horas para cuidar"])
    assert page.evaluate("window.isSamePage")
    page.get_by_role("link", name="Retirar «Tema: Cuidados»").click()
    expect(page.get_by_role("link", name="Retirar")).to_have_count(1)
    expect(titles(page)).to_have_text(["Horas para cuidar"])
    page.go_back()
    expect(page.locator("input[value='care']")).to_be_checked()
    assert visitor.complaints + visitor.elsewhere == []
    assert visitor.context.cookies() == []


@pytest.mark.usefixtures("_three")
def test_without_scripts_the_button_does_the_same(visit):
    visitor = visit(scripts=False)
    page = visitor.page
    page.goto("/practices/")
    narrow(page, "care", "pop-5000")
    expect(titles(page)).to_have_text(["Horas para cuidar"])
    expect(page.locator("#count")).to_have_text("1 prática")
    assert "theme=care" in page.url
    page.goto(page.url)
    expect(page.locator("input[value='care']")).to_be_checked()
    expect(titles(page)).to_have_count(1)
    page.locator("#words").fill("creche")
    page.get_by_role("button", name="Procurar", exact=True).click()
    expect(titles(page)).to_have_count(0)
    assert visitor.elsewhere == []
