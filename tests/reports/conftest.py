"""Who reports."""

import pytest

from tests.factories import make_coordinator


@pytest.fixture
def coordinator(client):
    """Signed in as ``client``; reads English."""
    person = make_coordinator("carla@example.org", name="Carla Osório", language="en")
    client.force_login(person)
    return person
