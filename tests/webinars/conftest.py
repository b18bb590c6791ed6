"""Who registers in the tests of the pages."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_cycle, make_municipality, make_recording, make_term, make_user, make_webinar
from webinars.models import AgendaItem, Chapter


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


@pytest.fixture
def recording():
    """Published, of the webinar “Saúde”, with two chapters, of which one is an item of the programme."""
    webinar = make_webinar(
        slug="saude",
        title="Saúde",
        number=2,
        summary="Quem falta",
        starts_at=timezone.now() - timedelta(days=9),
        cycle=make_cycle(),
    )
    item = AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at, title="Mediadoras")
    recording = make_recording(webinar, video_id="aBcDeFgHi_0", published_on=date(2026, 6, 3), views=389, transcript="## Bom dia")
    Chapter.objects.create(recording=recording, second=9, title="Abertura")
    Chapter.objects.create(recording=recording, second=2285, title="Mediadoras", agenda_item=item)
    return recording
