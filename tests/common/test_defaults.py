"""Where nothing else is said, rows have the language and the zone of the network's settings, wherever the network is."""

from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from grants.models import Call
from network_portal.demo import loading
from network_portal.demo.calls import load as load_calls
from network_portal.demo.data.sign_ins import COORDINATOR, STAFF
from tests.factories import make_coordinator, make_user
from webinars.models import Cycle, Webinar

OWN = ("goodpractices", "grants", "municipalities", "users", "webinars")


def fields(name: str):
    """Each column of that name that has a default."""
    models = [model for app in OWN for model in apps.get_app_config(app).get_models()]
    return [f for model in models for f in model._meta.fields if f.name == name and f.has_default()]


@pytest.fixture
def elsewhere(settings):
    settings.LANGUAGE_CODE, settings.TIME_ZONE = "en", "Europe/Madrid"


def test_every_default_is_that_of_the_network(elsewhere):
    languages, zones = fields("language"), fields("time_zone")
    assert {field.model.__name__ for field in languages} == {
        "Call", "Cycle", "Practice", "Presentation", "Recording", "User", "Webinar",
    }  # fmt: skip
    assert {field.get_default() for field in languages} == {"en"}
    assert {field.model.__name__ for field in zones} == {"Call", "Webinar"}
    assert {field.get_default() for field in zones} == {"Europe/Madrid"}


def test_the_demonstration_stays_portuguese_and_in_lisbon(db, elsewhere):
    """Its texts are, whatever network shows it."""
    loading.load_towns()
    loading.load_cycle(loading.timezone.localdate(timezone=ZoneInfo("Europe/Lisbon")))
    load_calls({COORDINATOR: make_coordinator(), STAFF: make_user()})
    assert set(Cycle.objects.values_list("language", flat=True)) == {"pt"}
    for model in (Webinar, Call):
        assert set(model.objects.values_list("language", "time_zone")) == {("pt", "Europe/Lisbon")}
