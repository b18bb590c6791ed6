"""A text in another language than the page is marked for screen readers, and a line says which one it is."""

import pytest
from django.utils import translation

from municipalities.models import Presentation
from network_portal.common.templatetags.portal import language_in_words
from tests.factories import make_municipality, make_webinar
from tests.goodpractices.practices import make_practice
from tests.grants.calls import make_call

pytestmark = pytest.mark.django_db


def practice() -> str:
    return make_practice().get_absolute_url()


def webinar() -> str:
    return make_webinar(language="pt").get_absolute_url()


def call() -> str:
    return make_call(language="pt").get_absolute_url()


def town() -> str:
    town = make_municipality()
    Presentation.objects.create(municipality=town, text="Uma equipa de três pessoas.", language="pt")
    return town.get_absolute_url()


@pytest.mark.parametrize("made", [practice, webinar, call, town])
def test_a_portuguese_text_on_an_english_page_is_marked_and_named(client, made):
    with translation.override("pt"):
        address = made()
    page = client.get(f"/en{address}").text
    assert '<p class="other-language small soft" lang="en">This text is in Portuguese.</p>' in page
    assert ' lang="pt">' in page
    assert "Este texto está em" not in client.get(address).text


@pytest.mark.parametrize(
    ("page", "code", "words"), [("en", "pt", "Portuguese"), ("pt", "en", "inglês"), ("pt", "gl", "galego"), ("pt", "xx", "xx")]
)
def test_languages_within_a_sentence(page, code, words):
    with translation.override(page):
        assert language_in_words(code) == words
