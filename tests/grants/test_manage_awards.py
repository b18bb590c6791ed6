"""The table of awards of a result: namesakes, its limit, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.manage_forms_rows import MOST
from tests.factories import make_coordinator, make_municipality
from tests.grants.calls import make_call
from tests.grants.test_manage_deeds import outcome, url
from tests.grants.test_manage_writing import error_links, page_of, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    person = make_coordinator(name="Ana Duarte")
    client.force_login(person)
    return person


def test_namesakes_are_two_lines_and_are_told_apart(client, coordinator):
    for district in ("Faro", ""):
        make_municipality(name="Lagoa", code=f"L{district}", district=district, has_namesake=True)
    call = make_call("closed")
    typed = [{"beneficiary": "Município de Lagoa", "municipality": name} for name in ("Lagoa (Faro)", "Lagoa (L)", "Lagoa (L)")]
    response = client.post(url(call, "result"), outcome(*typed))
    assert error_links(response) == [("id_awards-2-beneficiary", "This line is there already")]
    client.post(url(call, "result"), outcome(*typed[:2], confirmed="1"))
    page = client.get(call.get_absolute_url()).content.decode()
    assert re.findall(r">(Lagoa[^<]*)<", page) == ["Lagoa (Faro)", "Lagoa (L)"]


def test_towns_of_a_result_cost_the_same_for_five_lines_as_for_a_hundred(client, coordinator):
    call, names = make_call("closed"), [f"Vila {n}" for n in range(100)]
    for name in names:
        make_municipality(name=name)
    costs = []
    for count in (5, 100):
        typed = [{"beneficiary": f"Entidade {name}", "municipality": name.upper()} for name in names[:count]]
        with CaptureQueriesContext(connection) as queries:
            page = page_of(client.post(url(call, "result"), outcome(*typed, applications="")))
        assert "Check the result" in page
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_full_table_of_awards_has_no_room_for_one_more_line(client, coordinator):
    call = make_call("closed")
    lines = rows("awards", *({"beneficiary": f"Entidade {n}"} for n in range(MOST["awards"])))
    response = client.post(f"/en/calls/manage/{call.slug}/result/", {"text": "Sim.", "add": "awards"} | lines)
    assert (response.status_code, len(response.context["awards"].forms)) == (200, MOST["awards"])
