"""What several tests of practices look at."""

import pytest

from tests.factories import make_affiliation, make_municipality, make_user
from tests.goodpractices.catalogue import themes
from tests.goodpractices.practices import make_draft, make_practice


@pytest.fixture
def four():
    """Four practices of two towns."""
    small = make_municipality(name="Aljezur", district="Faro", residents=6_000)
    large = make_municipality(name="Palmela", district="Setúbal", residents=64_000)
    make_practice(municipality=small, title="Horas para cuidar", **themes("care", "health"))
    make_practice(
        municipality=large, title="Creche aberta", **themes("care"), resources={"cost_band": "cost-0", "staff_hours": 0}
    )
    make_practice(municipality=large, title="Rastreio no bairro", **themes("health"), media={"video": "aBcDeFgHi_0"})
    make_practice(municipality=large, title="Contar o que se gasta", **themes("gender-budget"), period={"starts": "2019-05"})


@pytest.fixture
def media(settings, tmp_path):
    """An empty place for files."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def town():
    return make_municipality(name="Vila do Ensaio")


@pytest.fixture
def writer(client, town):
    """Of the staff of ``town``, signed in."""
    person = make_user(name="Rita Quaresma")
    make_affiliation(person, town)
    client.force_login(person)
    return person


@pytest.fixture
def draft(writer, town):
    """A draft of ``town`` from which nothing is missing."""
    return make_draft(municipality=town, by=writer)
