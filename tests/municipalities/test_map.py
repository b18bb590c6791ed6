"""The map draws whatever the register holds."""

from datetime import date
from itertools import pairwise

import pytest

from municipalities import map as drawing
from municipalities import services
from municipalities.map_labels import halves, spread
from municipalities.models import Municipality
from tests.factories import make_municipality


def test_labels_keep_their_distance_and_their_order():
    wanted = [0, 1, 2, 50, 99, 100]
    heights = spread(wanted, gap=20, low=5, high=200)
    assert all(below - above >= 20 - 1e-9 for above, below in pairwise(heights))
    assert heights[0] >= 5
    assert spread([10, 60], gap=20, low=0, high=100) == [10, 60]
    assert spread([], gap=20, low=0, high=100) == []


def test_long_names_stand_in_two_lines():
    assert halves("Vila Real de Santo António") == ["Vila Real de", "Santo António"]
    assert halves("Odemira") == ["Odemira"]


def test_islands_are_insets_and_founders_have_labels(db, django_assert_num_queries):
    with open("municipalities/data/portugal.csv", "rb") as file:
        services.import_register(file)
    for code in ("0211", "4201", "1317"):
        services.join_network(Municipality.objects.get(code=code), kind="founder", since=date(2020, 10, 1), by=None)
    drawing.network_map()
    with django_assert_num_queries(2):
        data = drawing.network_map()
    wide, narrow = data.drawings
    assert (data.towns, len(data.founders)) == (308, 3)
    for picture in (wide, narrow):
        assert [inset.name for inset in picture.insets] == ["Açores", "Madeira"]
        assert [[words for _y, words in label.lines] for label in picture.labels] == [["Vila Nova de Gaia"], ["Odemira"]]
        assert [name for _y, name in picture.insets[0].names] == ["Lagoa"]
        assert (picture.dots.count("M"), picture.founders.count("M")) == (305, 3)


@pytest.mark.parametrize("place", ["mainland", "inset"])
def test_new_names_and_places_are_drawn_at_once(db, place):
    for n in range(4):
        make_municipality(name=f"Vila {n}", latitude=str(38 + n), longitude="-8", district="Évora", region="Alentejo")
    fields = {"mainland": {"longitude": "-8"}, "inset": {"longitude": "-25"}}[place]
    town = make_municipality(name="Vila Nova", latitude="39.5", district="Ilha", region="Açores", **fields)
    services.join_network(town, kind="founder", since=date(2020, 10, 1), by=None)
    first = drawing.network_map().drawings
    Municipality.objects.filter(pk=town.pk).update(name="Vila Rica")
    second = drawing.network_map().drawings
    assert ("Vila Nova" in str(first), "Vila Nova" in str(second), "Vila Rica" in str(second)) == (True, False, True)
    Municipality.objects.filter(district="Ilha").update(region="Região Autónoma", district="Outra ilha")
    third = drawing.network_map().drawings
    assert [inset.name for inset in third[0].insets] == {"mainland": [], "inset": ["Outra ilha"]}[place]
    other = Municipality.objects.get(name="Vila 0")
    Municipality.objects.filter(pk=town.pk).update(latitude=other.latitude, longitude=other.longitude)
    Municipality.objects.filter(pk=other.pk).update(latitude=town.latitude, longitude=town.longitude)
    assert drawing.network_map().drawings != third


def test_another_country_needs_no_inset(db, settings):
    settings.NETWORK_COUNTRY = "ES"
    for n, (name, y, x) in enumerate([("Abrera", 41.5, 1.9), ("Berga", 42.1, 1.8), ("Vic", 41.9, 2.2)]):
        fields = {"slug": name.lower(), "name_folded": name.lower(), "country": "ES", "latitude": str(y), "longitude": str(x)}
        Municipality.objects.create(code_scheme="INE", code=f"0800{n}", name=name, **fields)
    data = drawing.town_map(Municipality.objects.get(name="Vic"))
    assert [picture.insets for picture in data.drawings] == [(), ()]
    assert data.drawings[0].dots.count("M") == 2


@pytest.mark.parametrize("places", [0, 1])
def test_a_register_of_none_or_one(db, places):
    for _ in range(places):
        Municipality.objects.create(code="1", code_scheme="T", name="A", slug="a", country="PT", latitude="1", longitude="1")
    assert len(drawing.network_map().drawings) == 2 * places
