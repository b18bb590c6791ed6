"""The personal page of a place, by its signed link: nobody signs in, and no cookie is set."""

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests.factories import make_registration, make_webinar
from tests.webinars.registering import text_of
from webinars import links
from webinars.models import Registration

pytestmark = pytest.mark.django_db
ROOM = "https://zoom.example/j/123"


def place_in(minutes: int, *, status: str = "confirmed", checked_in: bool = False, **fields) -> Registration:
    """A registration for a webinar of three hours that begins in so many minutes."""
    webinar = make_webinar(starts_at=timezone.now() + timedelta(minutes=minutes), join_url=ROOM, **fields)
    return make_registration(webinar, status=status, checked_in_at=timezone.now() if checked_in else None)


def address(place: Registration, name: str = "join") -> str:
    with translation.override("en"):
        return reverse(f"webinars:{name}", args=[links.token_for(place)])


@pytest.mark.parametrize(
    ("minutes", "fields", "words", "leads_in"),
    [
        (31, {}, "The room opens at", False),
        (31, {"checked_in": True}, "The room opens at", False),  # the webinar moved since
        (29, {}, "I am here", False),
        (29, {"checked_in": True}, "Enter the room", True),
        (-179, {"checked_in": True}, "Enter the room", True),
        (-181, {"checked_in": True}, "The webinar is over.", False),
        (10, {"status": "waiting"}, "You are number 1 on the waiting list", False),
        (10, {"status": "cancelled"}, "This registration was cancelled", False),
        (10, {"state": "cancelled", "cancel_reason": "The speaker is ill."}, "The speaker is ill.", False),
        (10, {"state": "cancelled", "checked_in": True}, "This webinar was cancelled.", False),
        (-200, {"status": "waiting"}, "The webinar is over.", False),
    ],
)
def test_the_room_is_open_to_who_has_a_place_when_it_is_time(client, minutes, fields, words, leads_in):
    page = text_of(client.get(address(place_in(minutes, **fields))))
    assert words in page
    assert (ROOM in page) is leads_in


def test_checking_in_opens_the_door(client):
    place = place_in(10)

    page = client.post(address(place, "check_in"), follow=True)

    assert page.redirect_chain == [(address(place), 302)]
    assert f'href="{ROOM}" rel="noreferrer"' in text_of(page)
    place.refresh_from_db()
    first = place.checked_in_at
    assert first is not None
    client.post(address(place, "check_in"))
    place.refresh_from_db()
    assert place.checked_in_at == first


@pytest.mark.parametrize(
    ("minutes", "status", "words"),
    [
        (31, "confirmed", "The room opens at"),
        (-181, "confirmed", "The webinar is over."),
        (10, "waiting", "Only people with a confirmed place can enter."),
        (10, "cancelled", "Only people with a confirmed place can enter."),
    ],
)
def test_checking_in_too_early_too_late_or_without_a_place(client, minutes, status, words):
    place = place_in(minutes, status=status)
    page = client.post(address(place, "check_in"))
    assert page.status_code == 200
    assert words in text_of(page)
    assert ROOM not in text_of(page)
    place.refresh_from_db()
    assert place.checked_in_at is None


def test_giving_back_asks_first_and_gives_the_place_to_the_next(client):
    place = place_in(60, capacity=1)
    waiting = make_registration(place.webinar, status="waiting")

    assert "Give your place back?" in text_of(client.get(address(place, "give_back")))
    place.refresh_from_db()
    assert place.status == "confirmed"
    page = client.post(address(place, "give_back"), follow=True)

    assert "This registration was cancelled" in text_of(page)
    for row in (place, waiting):
        row.refresh_from_db()
    assert (place.status, waiting.status) == ("cancelled", "confirmed")
    assert client.post(address(place, "give_back")).status_code == 302  # once more changes nothing


def test_nothing_is_given_back_after_the_start(client):
    place = place_in(-5)
    for page in (client.get(address(place, "give_back")), client.post(address(place, "give_back"))):
        assert "The webinar has begun: a registration can no longer be cancelled." in text_of(page)
    place.refresh_from_db()
    assert place.status == "confirmed"


def test_the_address_stays_between_the_portal_and_the_person():
    """No cookie, no referrer, nothing kept; and still the buttons work in a browser that hides its origin."""
    place, browser = place_in(10), Client(enforce_csrf_checks=True)
    for name in ("join", "give_back"):
        page = browser.get(address(place, name))
        assert page["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page["Cache-Control"]
        assert (page["X-Robots-Tag"], page.cookies.output()) == ("noindex", "")
    assert browser.post(address(place, "check_in"), headers={"Origin": "null"}).status_code == 302
    place.refresh_from_db()
    assert place.checked_in_at is not None


@pytest.mark.parametrize("name", ["join", "check_in", "give_back"])
def test_an_altered_link_is_not_found(client, name):
    """Row 29."""
    place, other = place_in(10), place_in(10)
    token = links.token_for(place)
    signature = token.partition(":")[2]
    bad = [f"{other.uuid.hex}:{signature}", token[:-1], token.upper(), "x", Signer(salt="another").sign(place.uuid.hex)]
    for wrong in bad:
        path = reverse(f"webinars:{name}", args=[wrong])
        assert [client.get(path).status_code, client.post(path).status_code] in ([404, 404], [405, 404], [404, 405])
    for row in (place, other):
        row.refresh_from_db()
        assert (row.status, row.checked_in_at) == ("confirmed", None)
