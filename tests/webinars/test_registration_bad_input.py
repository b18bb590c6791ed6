"""Registering with what people really type, twice, too late, or where nothing is: rows of the list of bad input."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_coordinator, make_registration, make_webinar
from tests.webinars.registering import address, hidden, text_of
from webinars.models import Registration

pytestmark = pytest.mark.django_db


def test_a_place_taken_meanwhile_leads_to_the_waiting_list(client, person, answers):
    """Row 16."""
    webinar = make_webinar(capacity=1)
    check = client.post(address(webinar), answers)
    make_registration(webinar)
    for _ in range(6):
        make_registration(webinar, status="waiting")

    confirmation = client.post(address(webinar, "register_check"), hidden(check), follow=True)

    assert "This webinar is now full. You are number 7 on the waiting list." in text_of(confirmation)
    place = person.registrations.get()
    assert client.get(reverse("webinars:registration_calendar", args=[place.uuid])).status_code == 404


@pytest.mark.parametrize("page", ["register", "register_check"])
def test_registering_twice_leads_to_the_registration(client, person, answers, page):
    """Row 17."""
    webinar = make_webinar()
    place = make_registration(webinar, person=person)
    for response in (client.post(address(webinar, page), answers, follow=True), client.get(address(webinar), follow=True)):
        assert response.redirect_chain[-1][0] == f"/en/webinars/registrations/{place.uuid}/"
        assert "You are already registered" in text_of(response)
    assert Registration.objects.count() == 1


@pytest.mark.parametrize("page", ["register", "register_check"])
@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"starts_at": timezone.now() - timedelta(hours=1)}, "Registration closed on"),
        ({"registration_closes_at": timezone.now() - timedelta(days=1)}, "Registration closed on"),
        ({"registration_opens_at": timezone.now() + timedelta(days=1)}, "Registration opens on"),
        ({"state": "cancelled"}, "This webinar was cancelled."),
    ],
)
def test_closed_registration_says_why_on_the_page_of_the_webinar(client, person, answers, page, fields, answer):
    """Row 18."""
    webinar = make_webinar(**fields)
    for response in (client.post(address(webinar, page), answers, follow=True), client.get(address(webinar), follow=True)):
        assert response.redirect_chain[-1][0] == f"/en/webinars/{webinar.slug}/"
        assert answer in text_of(response)
    assert not Registration.objects.exists()


@pytest.mark.parametrize("slug", ["draft", "0", "-1", "99999999999999999999", "abc", "1;drop"])
def test_no_such_webinar(client, person, answers, slug):
    """Rows 18 and 19; a draft does not exist, for coordinators neither."""
    make_webinar(slug="draft", state="draft")
    client.force_login(make_coordinator(language="en"))
    for name in ("register/", "register/check/"):
        assert client.get(f"/en/webinars/{slug}/{name}").status_code in {302, 404}
        assert client.post(f"/en/webinars/{slug}/{name}", answers).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("name", " \u200b ", "Enter your name"),
        ("name", "x" * 201, "Full name must be 200 characters or fewer"),
        ("name", "Rita\x00", "Your name contains a character that cannot be kept. Type it again"),
        ("municipality", "", "Choose your municipality, or say that you are not from one"),
        ("municipality", "Odmira", "Choose your municipality from the list. Did you mean Odemira?"),
        ("organisation", "x" * 121, "Organisation must be 120 characters or fewer"),
        ("organisation", "Umar\x00", "The text contains a character that cannot be kept. Type it again"),
        ("role", "", "Choose your role"),
        ("role", "99999999999999999999", "Choose your role"),
        ("role", "1;drop", "Choose your role"),
        ("needs", "x" * 1001, "What you need must be 1\u00a0000 characters or fewer"),
        ("needs", "a\x00b", "The text contains a character that cannot be kept. Type it again"),
        ("consents_to_recording", "maybe", "Select if you agree to be visible in the recording, or choose no"),
    ],
)
@pytest.mark.parametrize("page", ["register", "register_check"])
def test_what_cannot_be_taken_is_shown_again_with_the_reason(client, person, answers, page, field, typed, error):
    """Rows 15, 20, 21, 26."""
    webinar = make_webinar()
    response = client.post(address(webinar, page), answers | {field: typed})
    assert (response.status_code, Registration.objects.count()) == (200, 0)
    assert response.context["form"].errors == {field: [error]}
    page = text_of(response)
    assert page.count(error) == 2  # in the summary and at the field
    assert re.search(r"<title>Error: ", page)
    assert 'value="Rita' in page or field == "name"


@pytest.mark.parametrize(
    ("typed", "kept"), [("<script>alert(1)</script>", "<script>alert(1)</script>"), ("Ana\u202eziuL", "AnaziuL")]
)
def test_a_strange_name_is_only_text(client, person, answers, typed, kept):
    """Row 15."""
    webinar = make_webinar()
    check = client.post(address(webinar), answers | {"name": typed})
    assert b"<script>alert" not in check.content
    client.post(address(webinar, "register_check"), hidden(check))
    assert webinar.registrations.get().name == kept


@pytest.mark.parametrize(("answer", "kept"), [("yes", True), ("no", False), ("", False)])
def test_the_recording_is_never_a_condition(client, person, answers, answer, kept):
    """Row 26; no answer is no."""
    webinar = make_webinar()
    client.post(address(webinar, "register_check"), answers | {"consents_to_recording": answer})
    assert webinar.registrations.get().consents_to_recording is kept


def test_what_is_typed_and_not_judged_breaks_nothing(client, person):
    webinar = make_webinar()
    for typed in ({}, {"municipality": "\x00"}, {"suggested": "\x00"}, {"role": "9" * 30}, {"needs": "\x00", "name": "\x00"}):
        assert client.post(address(webinar), typed | {"change": "yes"}).status_code == 200
