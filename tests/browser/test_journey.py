"""The main job in Chromium: from the home page to the mail with its calendar entry, and the place that passes on."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from network_portal.mail.delivery import Sender
from network_portal.mail.models import OutboxMail
from tests.factories import make_cycle, make_municipality, make_registration, make_user, make_webinar
from webinars.models import Registration

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "ana.luz@cm-vila.example"


@pytest.fixture
def webinar():
    """The next webinar, with one place and somebody who waits behind whoever takes it."""
    starts_at = (timezone.now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    return make_webinar(cycle=make_cycle(), title="Salários iguais", slug="salarios-iguais", capacity=1, starts_at=starts_at)


def sign_in(page, email: str) -> None:
    """Through the two screens; the code is the one in the outbox."""
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    text = OutboxMail.objects.filter(to=email, category="security").latest("pk").text
    page.locator("input[name=code]").fill(re.search(r"\b\d{6}\b", text)[0])
    page.get_by_role("button", name="Sign in").click()


def fill_registration(page, town) -> None:
    page.get_by_label("Full name").fill("Ana Luz")
    page.get_by_role("combobox").or_(page.locator("input[name=municipality]")).first.fill(town.name)
    page.keyboard.press("Tab")
    page.locator("input[name=role]").first.check()
    page.locator("input[name=consents_to_recording][value=no]").check()
    page.locator("main form[method=post] button[type=submit]").last.click()


def mail_to(email: str, template: str) -> OutboxMail:
    return OutboxMail.objects.get(to=email, template=template)


def test_from_the_home_page_to_the_mail_and_back(visit, webinar):
    town = make_municipality(name="Vila Comprida")
    visitor = visit()
    page = visitor.page

    page.goto("/en/")
    page.get_by_role("link", name="Salários iguais").first.click()
    page.get_by_role("link", name="I want a place").click()
    sign_in(page, EMAIL)
    fill_registration(page, town)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check")
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(re.compile(r"/en/webinars/registrations/[0-9a-f-]{36}/$"))
    place = Registration.objects.get(webinar=webinar, person__email=EMAIL)
    assert (place.status, place.municipality, place.name) == ("confirmed", town, "Ana Luz")
    next_person = make_registration(webinar, status="waiting", person=make_user("rui@cm-serra.example", name="Rui Serra"))

    Sender().deliver_due(seconds=2)
    confirmation = mail_to(EMAIL, "webinars/confirmed")
    assert (confirmation.state, confirmation.language, confirmation.calendar_method) == ("sent", "en", "REQUEST")
    event = icalendar.Calendar.from_ical(confirmation.calendar).walk("VEVENT")[0]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (webinar.starts_at, webinar.ends_at)
    assert str(event["summary"]) == "Salários iguais"
    page.goto("/demo/mail/")
    page.get_by_role("link", name=confirmation.subject).first.click()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Salários iguais")

    page.goto(f"/en/webinars/registrations/{place.uuid}/")
    page.get_by_role("link", name="Cancel").first.click()
    page.locator("main form[method=post] button[type=submit]").click()
    place.refresh_from_db()
    next_person.refresh_from_db()
    assert (place.status, next_person.status) == ("cancelled", "confirmed")
    assert mail_to("rui@cm-serra.example", "webinars/promoted").calendar_method == "REQUEST"
    assert (visitor.complaints, visitor.elsewhere) == ([], [])
