import pytest
from django.utils import translation

from municipalities import services
from municipalities.models import Municipality
from tests.municipalities.files import TOWNS, register_file


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def towns(db) -> dict[str, Municipality]:
    """Five towns by their code, two of them called Lagoa."""
    services.import_register(register_file(*TOWNS))
    return {town.code: town for town in Municipality.objects.all()}
