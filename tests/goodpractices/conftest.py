"""What several tests of practices look at."""

import pytest

from tests.factories import make_municipality
from tests.goodpractices.catalogue import themes
from tests.goodpractices.practices import make_practice


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
