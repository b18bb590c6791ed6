"""Writing, publishing and correcting a call on its pages."""

import re

import pytest

from grants.manage_forms_rows import MOST
from grants.models import Call
from tests.factories import make_coordinator, make_municipality
from tests.grants.calls import whole

pytestmark = pytest.mark.django_db

NEW = "/en/calls/manage/new/"


@pytest.fixture
def coordinator(client):
    person = make_coordinator(name="Ana Duarte")
    client.force_login(person)
    return person


def rows(name: str, *given: dict, more: int = 0) -> dict:
    """A formset as a browser sends it."""
    data = {f"{name}-TOTAL_FORMS": len(given) + more, f"{name}-INITIAL_FORMS": 0}
    for n, row in enumerate(given):
        data |= {f"{name}-{n}-{field}": value for field, value in row.items()}
    return data


def typed(**fields) -> dict:
    """A whole form; what is left out can be left empty."""
    given = {
        "kind": "subsidy", "title": "Apoio a associações", "language": "pt", "time_zone": "Europe/Lisbon",
        "summary": "Um apoio.", "text": "Um **texto**.", "applicants": ["association"], "budget": "10 000",
        "opens_day": "2027-01-04", "opens_hour": "09:00", "closes_day": "2027-03-01", "closes_hour": "17:00",
        "how_to_apply": "Por correio.", "regulatory_basis": "Regulamento", "contact_email": "apoios@rede.example",
    }  # fmt: skip
    lines = rows("criteria", {"title": "Qualidade", "weight": "60"}, {"title": "Alcance", "weight": "40"}, more=1)
    return given | lines | rows("documents", {"title": "Orçamento"}, more=1) | fields


def edit_url(call) -> str:
    return f"/en/calls/manage/{call.slug}/edit/"


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def error_links(response) -> list[tuple[str, str]]:
    """(id, sentence) of each link of the error summary; each id must be on the page."""
    page = response.content.decode()
    assert "<title>Error:" in page.replace("\n", "")
    box = page.split("data-error-summary", 1)[1].split("</div>", 1)[0]
    found = re.findall(r'<a href="#([^"]+)">(.*?)</a>', box)
    assert all(f'id="{anchor}"' in page for anchor, _ in found), found
    return found


def test_a_draft_is_written_looked_at_and_published(client, coordinator):
    response = client.post(NEW, typed())
    call = Call.objects.get()
    assert response.url == f"/en/calls/manage/{call.slug}/"
    assert call.opens_local.isoformat() == "2027-01-04T09:00:00+00:00"
    assert list(call.criteria.values_list("position", "title", "weight")) == [(1, "Qualidade", 60), (2, "Alcance", 40)]
    assert "Everything is there" in page_of(client.get(response.url))
    ask = client.get(f"/en/calls/manage/{call.slug}/publish/")
    assert "Publish this call?" in page_of(ask)
    client.post(f"/en/calls/manage/{call.slug}/publish/", {"seen": ask.context["seen"]})
    call.refresh_from_db()
    assert call.state == "published"


def test_a_draft_may_have_gaps_and_publishing_names_each_with_a_link_to_its_field(client, coordinator):
    """As a browser sends it when nothing else was touched: the hours stand there already."""
    given = {"kind": "subsidy", "title": "Só um título", "language": "pt", "time_zone": "Europe/Lisbon"}
    hours = {"opens_hour": "09:00", "closes_hour": "23:59"}
    client.post(NEW, given | hours | rows("criteria") | rows("documents"))
    call = Call.objects.get()
    assert (call.opens_at, call.closes_at) == (None, None)
    shown = client.get(edit_url(call)).context["forms"].main
    assert [shown[name].value() for name in ("opens_day", "opens_hour", "closes_hour")] == [None, "09:00", "23:59"]
    page = page_of(client.get(f"/en/calls/manage/{call.slug}/publish/"))
    links = re.findall(r'/edit/#([^"]+)">(.*?)</a>', page)
    form = client.get(edit_url(call)).content.decode()
    assert len(links) == 9
    assert all(f'id="{anchor}"' in form for anchor, _ in links), links
    before = whole(call)
    client.post(f"/en/calls/manage/{call.slug}/publish/", {"seen": call.changed_at.isoformat()})
    assert whole(call) == before


BAD = {
    "no title": ({"title": " \u200b"}, "id_title", "Enter the title of the call"),
    "no kind": ({"kind": ""}, "id_kind_0", "Choose the kind of call"),
    "long summary": ({"summary": "x" * 401}, "id_summary", "Summary must be 400 characters or fewer"),
    "NUL": ({"text": "a\x00b"}, "id_text", "The text contains a character that cannot be kept. Type it again"),
    "closing first": ({"closes_day": "2027-01-03"}, "id_closes_day", "The call must close after it opens"),
    "closing at once": (
        {"closes_day": "2027-01-04", "closes_hour": "9:00"},
        "id_closes_day",
        "The call must close after it opens",
    ),
    "no hour": ({"closes_hour": ""}, "id_closes_hour", "Enter the time"),
    "no such day": ({"closes_day": "31/02/2027"}, "id_closes_day", "This day does not exist in that month"),
    "gap": (
        {"closes_day": "2027-03-28", "closes_hour": "01:30"},
        "id_closes_hour",
        "This time does not exist that day because clocks change",
    ),
    "amount": ({"budget": "1e5"}, "id_budget", "Enter the amount using only numbers, like 1234,56"),
    "NaN": ({"most_per_project": "NaN"}, "id_most_per_project", "Enter the amount using only numbers, like 1234,56"),
    "negative": ({"budget": "-1"}, "id_budget", "Enter the amount using only numbers, like 1234,56"),
    "infinite": ({"budget": "∞"}, "id_budget", "Enter the amount using only numbers, like 1234,56"),
    "more than all": ({"most_per_project": "10 001"}, "id_budget", "The budget must be at least as much as a project can get"),
    "residents": (
        {"residents_from": "5000", "residents_to": "100"},
        "id_residents_to",
        "The greater number of residents must come second",
    ),
    "link": ({"apply_url": "http://a.pt"}, "id_apply_url", "Enter a link that starts with https://"),
    "user in link": ({"official_url": "https://user:pass@a.pt"}, "id_official_url", "Enter a link that starts with https://"),
    "script": ({"regulatory_url": "javascript:alert(1)"}, "id_regulatory_url", "Enter a link that starts with https://"),
    "long link": ({"apply_url": "https://a.pt/" + "x" * 3000}, "id_apply_url", "Enter a link that starts with https://"),
    "mail": (
        {"contact_email": "a@b@c"},
        "id_contact_email",
        "Enter an e-mail address in the correct format, like name@example.pt",
    ),
    "weight": ({"criteria-0-weight": "5,5"}, "id_criteria-0-weight", "Weight must be a whole number between 1 and 100"),
    "weight 0": ({"criteria-0-weight": "0"}, "id_criteria-0-weight", "Weight must be a whole number between 1 and 100"),
    "weight alone": ({"criteria-2-weight": "5"}, "id_criteria-2-title", "Name the criterion"),
    "note alone": ({"documents-1-note": "em PDF"}, "id_documents-1-title", "Name the document"),
    "early result": (
        {"resolution_due_on": "2027-02-01"},
        "id_resolution_due_on",
        "The result cannot be expected before the call closes",
    ),
    "order of the loan": (
        {"lent_from": "2027-05-02", "lent_until": "2027-05-01"},
        "id_lent_until",
        "The last day must be after the first",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_at_its_field_and_in_the_summary_and_nothing_is_stored(client, coordinator, name):
    given, anchor, sentence = BAD[name]
    response = client.post(NEW, typed(**given))
    assert (anchor, sentence) in error_links(response)
    assert 'value="Apoio a associações"' in response.content.decode() or "title" in given
    assert not Call.objects.exists()


def test_an_hour_that_comes_twice_is_asked_about(client, coordinator):
    twice = {"closes_day": "2027-10-31", "closes_hour": "01:30"}
    response = client.post(NEW, typed(**twice))
    assert error_links(response) == [
        ("id_closes_hour", "This time comes twice that day because clocks change: say which one you mean")
    ]
    assert 'name="closes_occurrence"' in response.content.decode()
    for occurrence, hour in (("first", "00:30"), ("second", "01:30")):
        client.post(NEW, typed(**twice, closes_occurrence=occurrence))
        call = Call.objects.order_by("-pk").first()
        assert f"{call.closes_at:%Y-%m-%d %H:%M}" == f"2027-10-31 {hour}"
        page = client.get(edit_url(call)).content.decode()
        assert re.search(rf'value="{occurrence}"[^>]*checked', page)


ODD = {
    "far year": ({"closes_day": "9999-12-31", "time_zone": "Atlantic/Azores"}, "id_closes_day", "Year must be 2200 or earlier"),
    "theme": (
        {"themes": "9" * 21},
        "id_themes_0",
        "Select a valid choice. " + "9" * 21 + " is not one of the available choices.",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_what_no_database_or_calendar_holds_is_refused_in_words(client, coordinator, name):
    given, anchor, sentence = ODD[name]
    assert (anchor, sentence) in error_links(client.post(NEW, typed(**given)))


@pytest.mark.parametrize("name", ["criteria", "documents"])
def test_a_full_table_has_no_room_for_one_more_row(client, coordinator, name):
    lines = rows(name, *({"title": f"Linha {n}"} for n in range(MOST[name])))
    response = client.post(NEW, typed(**lines, add=name))
    assert (response.status_code, len(getattr(response.context["forms"], name).forms)) == (200, MOST[name])


def test_a_row_is_added_without_script_and_keeps_everything_as_typed(client, coordinator):
    given = typed(title="", budget="muito", **{"criteria-2-title": "Inovação"}, add="criteria")
    response = client.post(NEW, given)
    page = response.content.decode()
    assert "data-error-summary" not in page
    assert 'value="muito"' in page
    assert 'name="criteria-TOTAL_FORMS" value="4"' in page
    assert [f'value="{title}"' in page for title in ("Qualidade", "Alcance", "Inovação", "Orçamento")] == [True] * 4
    assert re.search(r'name="applicants" value="association"[^>]*checked', page)
    assert not Call.objects.exists()


def test_a_row_marked_to_go_is_gone_even_when_it_is_unsound(client, coordinator):
    client.post(NEW, typed(**{"criteria-1-weight": "x", "criteria-1-remove": "on"}))
    assert list(Call.objects.get().criteria.values_list("title", flat=True)) == ["Qualidade"]


def test_territories_come_from_the_register_and_stay_chosen(client, coordinator):
    make_municipality(district="Aveiro", region="Centro")
    page = client.get(NEW).content.decode()
    assert all(f'value="{place}"' in page for place in ("PT", "Centro", "Aveiro"))
    client.post(NEW, typed(districts=["Aveiro"], countries=["PT"]))
    call = Call.objects.get()
    assert set(call.territories.values_list("level", "value")) == {("district", "Aveiro"), ("country", "PT")}
    page = client.get(edit_url(call)).content.decode()
    assert re.search(r'name="districts" value="Aveiro"[^>]*checked', page)
    refused = client.post(NEW, typed(districts=["Atlântida"]))
    assert refused.status_code == 200
    assert Call.objects.count() == 1


LOST = [
    "<script>alert(1)</script>",
    "[ler](javascript:x)",
    '<b style="color:red">sim</b>',
    "<iframe src=x></iframe>",
    "<img src=x onerror=y>",
]
KEPT = ["", "Um **texto** com [ligação](https://rede.example).", "## Quem\n\n- A & B\n- 2 < 3 e style = nenhum"]


@pytest.mark.parametrize(("text", "is_said"), [(text, True) for text in LOST] + [(text, False) for text in KEPT])
def test_what_pages_leave_out_of_a_text_is_said(client, coordinator, text, is_said):
    page = page_of(client.post(NEW, typed(text=text), follow=True))
    assert ("Formatting that is not supported was removed" in page) == is_said
    call = Call.objects.get()
    assert call.text == text
    page = page_of(client.post(edit_url(call), typed(text=text, seen=call.changed_at.isoformat()), follow=True))
    assert ("Formatting that is not supported was removed" in page) == is_said
