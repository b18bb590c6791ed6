"""Personal links: signed, and worth nothing when altered."""

import pytest
from django.utils import translation

from tests.factories import make_registration, make_webinar
from webinars import links

pytestmark = pytest.mark.django_db


def test_a_token_leads_to_its_registration():
    registration = make_registration(make_webinar())
    assert links.registration_for(links.token_for(registration)) == registration


@pytest.mark.parametrize("alter", [
    lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
    lambda token: ("0" if token[0] != "0" else "1") + token[1:],
    lambda token: token.split(":")[0],
    lambda token: "",
    lambda token: token + "\x00",
])  # fmt: skip
def test_an_altered_token_leads_nowhere(alter):
    assert links.registration_for(alter(links.token_for(make_registration(make_webinar())))) is None


def test_the_signature_of_one_person_does_not_open_the_place_of_another():
    webinar = make_webinar()
    mine, other = (links.token_for(make_registration(webinar)).split(":") for _ in range(2))
    assert links.registration_for(f"{other[0]}:{mine[1]}") is None


def test_the_address_is_absolute_and_in_the_language_that_is_active():
    registration = make_registration(make_webinar())
    with translation.override("pt"):
        assert links.join_url(registration).startswith("https://portal.example.org/webinars/place/")
    with translation.override("en"):
        assert links.join_url(registration).startswith("https://portal.example.org/en/webinars/place/")
