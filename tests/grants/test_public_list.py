"""The list of calls: order, filters, counts, pages, and what it costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants import services
from grants.models import Call
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_municipality
from tests.grants.calls import CallParts, fields_of_call, make_call, make_draft

pytestmark = pytest.mark.django_db
LIST = "/calls/"
STATES = ["coming", "resolved", "closed", "open", "void", "cancelled"]


def titles(response) -> list[str]:
    return [call.title for call in response.context["listing"].page]


def test_every_public_state_is_there_open_first(client):
    for state in STATES:
        make_call(state, title=state)
    make_call(title="open soon", closes_at=timezone.now() + timedelta(hours=3))
    make_draft(title="draft")
    response = client.get(LIST)
    assert titles(response)[:4] == ["open soon", "open", "coming", "closed"]
    assert set(titles(response)[4:]) == {"resolved", "void", "cancelled"}
    assert response.context["listing"].counts == {"open": 2, "coming": 1, "closed": 1, "ended": 3}
    assert [(phase, total) for phase, total, _calls in response.context["listing"].groups] == [
        ("open", 2), ("coming", 1), ("closed", 1), ("ended", 3),
    ]  # fmt: skip


def test_the_time_left_is_in_words(client):
    now = timezone.localtime().replace(hour=17, minute=0, second=0, microsecond=0)
    make_call(closes_at=now + timedelta(days=9))
    page = client.get(LIST).content.decode()
    assert "Fecha daqui a 9 dias, " in page
    assert ", às\xa017:00 (hora de Lisboa)" in page


@pytest.fixture
def calls():
    themes = {term.code: term for term in Term.objects.of("theme")}
    parts = lambda kinds, places, *codes: CallParts(  # noqa: E731
        themes=[themes[c] for c in codes], applicants=kinds, territories=places, criteria=[("Tudo", "", 100)]
    )
    make_municipality(name="Loulé", region="Algarve", district="Faro", country="PT")
    make_municipality(name="Porto", region="Norte", district="Porto", country="PT")
    make_municipality(name="Cádis", region="Andaluzia", district="Cádis", country="ES")
    make_call(title="A", parts=parts(["association"], [("region", "Algarve")], "health"))
    make_call(title="B", kind="prize", parts=parts(["person", "association"], [], "care", "health"))
    make_call(title="C", kind="prize", parts=parts(["municipality"], [("country", "PT")], "care"))
    make_call(title="D", parts=parts(["municipality"], [("country", "ES"), ("district", "Faro")]))


FILTERS = [
    ("kind=prize", "BC"),
    ("kind=subsidy", "AD"),
    ("theme=health", "AB"),
    ("who=association", "AB"),
    ("who=municipality&kind=prize", "C"),
    ("territory=region:Algarve", "ABCD"),  # Faro is in the Algarve, and both in Portugal
    ("territory=district:Faro", "ABCD"),
    ("territory=country:ES", "BD"),
    ("territory=country:PT", "ABCD"),
    ("who=school", ""),
    ("kind=prize&theme=health&who=association&territory=country:ES", "B"),
    # what does not exist narrows nothing
    ("kind=bribe", "ABCD"),
    ("theme=nothing&who=nobody&territory=moon", "ABCD"),
    ("kind=prize&theme=nothing", "BC"),
    ("kind=subsidy&kind=prize", "BC"),  # the last one counts
    ("nonsense=1&who=", "ABCD"),
    ("territory=region:Algarve%00", "ABCD"),
    ("theme=" + "x" * 10_000, "ABCD"),
]


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_filters(client, query, found):
    response = client.get(f"{LIST}?{query}")
    assert sorted(titles(response)) == list(found)
    assert sum(response.context["listing"].counts.values()) == len(found)


@pytest.mark.usefixtures("calls")
def test_nothing_found_helps(client):
    page = client.get(f"{LIST}?who=school").content.decode()
    assert "Nenhum apoio corresponde" in page
    assert f'href="{LIST}"' in page
    assert client.get(f"{LIST}?kind=bribe").context["listing"].is_filtered is False


def test_no_call_at_all_offers_to_follow(client):
    assert reverse("grants:follow_themes") in client.get(LIST).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999", "1" + "0" * 30, "1" + "0" * 5000, "%00", "2.5"])
def test_bad_pages_do_no_harm(client, page):
    make_call()
    assert len(titles(client.get(f"{LIST}?page={page}"))) == 1


def test_pages_keep_the_filter(client):
    call = make_call(kind="prize")
    copies = [Call(**_copy(call, n)) for n in range(45)]
    Call.objects.bulk_create(copies)
    response = client.get(f"{LIST}?kind=prize&page=2&nonsense=1")
    assert len(titles(response)) == 20
    assert "?kind=prize&amp;page=3" in response.content.decode()


COST = {"": (5, 1), "?kind=subsidy&who=association&page=2": (5, 1)}  # queries of what is not kept yet, and of what is


@pytest.mark.parametrize("query", COST)
def test_the_list_costs_at_most_five_queries_however_many_calls(client, query):
    for n in (1, 60):
        call = make_call()
        Call.objects.bulk_create(Call(**_copy(call, f"{n}-{m}")) for m in range(n))
        assert (_cost(client, query), _cost(client, query)) == COST[query]


def _cost(client, query: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST + query)
    return len(queries)


def _titles_in(page) -> list[str]:
    return re.findall(r"<h3><a [^>]+>([^<]+)</a></h3>", page.content.decode())


STANDING = {
    "closed": ({}, "Falta publicar o resultado"),
    "late": ({"resolution_due_on": -3}, "Resultado em atraso: era esperado até "),
    "in time": ({"resolution_due_on": 3}, "Resultado previsto até "),
}


@pytest.mark.parametrize("name", STANDING)
def test_what_is_closed_says_when_its_result_comes(client, name):
    fields, words = STANDING[name]
    days = {field: timezone.localdate() + timedelta(days=n) for field, n in fields.items()}
    Call.objects.filter(pk=make_call("closed").pk).update(**days)
    assert words in client.get(LIST).content.decode()


def test_the_year_is_said_where_it_is_not_this_one(client):
    year = timezone.localdate().year + 1
    make_call(title="Este ano", closes_at=timezone.now() + timedelta(hours=1))
    make_call(title="Para o ano", closes_at=timezone.now().replace(year=year, month=6, day=4))
    days = re.findall(r'call-rows__date">(\d+) <small>(.*?)</small>', client.get(LIST).content.decode())
    assert days[1] == ("4", f"junho {year}")


def test_the_search_of_the_site_looks_in_calls_alone(client):
    make_call(title="Creches com horário largo")
    page = client.get(LIST).content.decode()
    assert '<form class="calls-search" method="get" action="/search/"' in page
    assert '<input type="hidden" name="kind" value="call">' in page
    found = client.get("/search/?q=creche&kind=call")
    assert [hit.title for hit in found.context["hits"]] == ["<mark>Creches</mark> com horário largo"]


def test_what_is_kept_of_the_list_follows_every_change(client, monkeypatch):
    by, call = make_coordinator(), make_call(title="Antes", parts=CallParts(applicants=["school"], criteria=[("Tudo", "", 100)]))
    assert _titles_in(client.get(LIST)) == ["Antes"]
    parts = CallParts(applicants=["parish"], criteria=[("Tudo", "", 100)])
    call = services.correct(call, by=by, notice="Só freguesias.", parts=parts, **fields_of_call(title="Depois"))
    page = client.get(LIST)
    assert _titles_in(page) == ["Depois"]
    assert "<dd>Freguesia</dd>" in page.content.decode()
    draft = make_draft(title="Novo", closes_at=call.closes_at - timedelta(hours=1))
    assert _titles_in(client.get(LIST)) == ["Depois"]
    services.publish(draft, by=by)
    assert _titles_in(client.get(LIST)) == ["Novo", "Depois"]
    services.cancel(call, by=by, reason="Sem verba.")
    assert "Cancelado" in client.get(LIST).content.decode()


@pytest.mark.parametrize(("seconds", "headings"), [(-1, ["open"]), (0, ["open"]), (1, ["closed"])])
def test_what_is_kept_of_the_list_ends_with_the_last_second(client, monkeypatch, seconds, headings):
    closes = timezone.now().replace(minute=30, second=0, microsecond=0) + timedelta(days=2)
    make_call(closes_at=closes)
    for moment in (closes - timedelta(minutes=5), closes + timedelta(seconds=seconds)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        page = client.get(LIST).content.decode()
    assert re.findall(r'<h2 id="(\w+)">', page) == headings


@pytest.mark.parametrize(("seconds", "headings"), [(-1, ["coming"]), (0, ["open"])])
def test_what_is_kept_of_the_list_ends_with_the_opening(client, monkeypatch, seconds, headings):
    opens = timezone.now().replace(minute=30, second=0, microsecond=0) + timedelta(days=2)
    make_call(opens_at=opens, closes_at=opens + timedelta(days=9))
    for moment in (opens - timedelta(minutes=5), opens + timedelta(seconds=seconds)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        page = client.get(LIST).content.decode()
    assert re.findall(r'<h2 id="(\w+)">', page) == headings


def _copy(call: Call, n) -> dict:
    fields = {f.attname: getattr(call, f.attname) for f in Call._meta.concrete_fields if f.attname != "id"}
    return fields | {"slug": f"copy-{n}"}
