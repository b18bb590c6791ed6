"""Who registers in the tests of the pages."""

import pytest

from tests.factories import make_municipality, make_term, make_user


@pytest.fixture
def person(client):
    """Signed in as ``client``; reads English."""
    person = make_user("rita@cm-odemira.example", language="en")
    client.force_login(person)
    return person


@pytest.fixture
def odemira():
    return make_municipality(name="Odemira", district="Beja")


@pytest.fixture
def answers(odemira):
    """The registration form as it may be posted."""
    return {"name": "Rita Quaresma", "municipality": "odemira", "role": make_term("role").pk, "consents_to_recording": "yes"}
