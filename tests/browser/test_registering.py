"""Registering in Chromium: the pages that only a press shows, and the personal page that hides where it comes from."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from municipalities.models import MailDomain
from tests.browser.test_pages import look
from tests.factories import make_municipality, make_registration, make_user, make_webinar
from webinars import links

pytestmark = pytest.mark.django_db(transaction=True)


def english(name: str, *args) -> str:
    with translation.override("en"):
        return reverse(f"webinars:{name}", args=args)


@pytest.fixture
def town():
    town = make_municipality(name="Odemira")
    MailDomain.objects.create(domain="cm-odemira.example", municipality=town)
    return town


def test_the_form_its_errors_and_the_check_page(visit, town):
    visitor, webinar = visit(make_user("rita@cm-odemira.example", language="en")), make_webinar()
    page = visitor.page
    page.goto(english("register", webinar.slug))
    expect(page.get_by_label("Organisation")).to_be_hidden()
    page.get_by_label("I am not from a municipality").check()
    expect(page.get_by_label("Organisation")).to_be_visible()
    page.get_by_label("I am not from a municipality").uncheck()

    page.get_by_label("Full name").press("Enter")  # checks the answers, and does not take the suggestion
    expect(page.get_by_role("alert")).to_contain_text("Choose your role")
    assert page.get_by_label("Municipality", exact=True).input_value() == ""
    wrong = look(visitor, "form with errors")
    page.get_by_role("button", name="Odemira").click()
    assert page.get_by_label("Municipality", exact=True).input_value() == "Odemira"
    page.locator("input[name=role]").first.check()
    page.get_by_label("Do you need anything").fill("Captions\nand slides")
    page.get_by_role("button", name="Check the answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check and confirm")
    wrong += look(visitor, "check")
    page.get_by_role("button", name="Change the answers").click()
    assert page.get_by_label("Do you need anything").input_value() == "Captions\nand slides"
    page.get_by_role("button", name="Check the answers").click()
    page.get_by_role("button", name="Confirm my place").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("You have a place")
    assert webinar.registrations.get().municipality == town
    assert (wrong, visitor.complaints, visitor.elsewhere) == ([], [], [])


def test_the_door_opens_by_a_press_without_signing_in(visit):
    """The browser sends no origin from a page without referrer: the buttons work nevertheless."""
    webinar = make_webinar(starts_at=timezone.now() + timedelta(minutes=10), join_url="https://zoom.example/j/1")
    place, visitor = make_registration(webinar), visit()
    token, page = links.token_for(place), visitor.page

    page.goto(english("join", token))
    wrong = look(visitor, "door")
    page.get_by_role("button", name="I am here").click()
    expect(page.get_by_role("link", name="Enter the room")).to_have_attribute("href", "https://zoom.example/j/1")
    wrong += look(visitor, "inside")
    page.goto(english("give_back", token))
    page.get_by_role("button", name="Give my place back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This registration was cancelled")
    wrong += look(visitor, "given back")

    assert page.context.cookies() == []
    assert (wrong, visitor.complaints, visitor.elsewhere) == ([], [], [])
