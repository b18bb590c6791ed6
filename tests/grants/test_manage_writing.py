"""Writing, publishing and correcting a call on its pages."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from grants import services
from grants.models import Call
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_municipality, make_user
from tests.grants.calls import make_call, make_draft, make_follower, whole

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
    client.post(
        NEW,
        {"kind": "subsidy", "title": "Só um título", "language": "pt", "time_zone": "Europe/Lisbon"}
        | rows("criteria")
        | rows("documents"),
    )
    call = Call.objects.get()
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
    "no day": ({"opens_day": ""}, "id_opens_day", "Enter the day"),
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


def test_two_people_change_a_draft_and_the_second_sees_both(client, coordinator):
    call = make_draft(by=make_coordinator(name="Bela Rocha"), title="De Bela")
    seen = client.get(edit_url(call)).context["seen"]
    services.save_draft(call, by=make_coordinator(name="Bela Rocha"), parts=services.CallParts(), title="Outra vez Bela")
    before = whole(call)
    response = client.post(edit_url(call), typed(title="De Ana", seen=seen))
    page = page_of(response)
    assert "Bela Rocha changed this page" in page
    assert "Outra vez Bela" in page
    assert 'value="De Ana"' in page
    assert whole(call) == before
    client.post(edit_url(call), typed(title="De Ana", seen=response.context["seen"]))
    call.refresh_from_db()
    assert call.title == "De Ana"


def test_a_draft_published_while_it_is_edited_is_shown_and_then_asks_for_a_notice(client, coordinator):
    call = make_draft()
    seen = client.get(edit_url(call)).context["seen"]
    services.publish(call, by=make_coordinator())
    response = client.post(edit_url(call), typed(title="Outro", seen=seen))
    assert "The call is public" in page_of(response)
    assert 'name="notice"' in page_of(response)
    refused = client.post(edit_url(call), typed(title="Outro", seen=response.context["seen"]))
    assert error_links(refused)[0] == ("id_notice", "Say what you correct and why")
    call.refresh_from_db()
    assert call.title != "Outro"


def test_a_correction_keeps_the_dates_needs_a_notice_and_tells_who_follows(client, coordinator):
    call = make_call("open")
    person = make_follower(call, email="segue@cm-x.example")
    page = client.get(edit_url(call))
    assert "1 person follows this call" in page_of(page)
    closes = call.closes_at
    client.post(edit_url(call), typed(summary="Melhor resumo.", notice="Faltava o anexo.", seen=page.context["seen"]))
    call.refresh_from_db()
    assert (call.summary, call.closes_at) == ("Melhor resumo.", closes)
    event = call.events.get(kind="corrected")
    assert event.text == "Faltava o anexo."
    assert event.detail["summary"] == ["Um apoio.", "Melhor resumo."]
    assert OutboxMail.objects.filter(to=person.email, state="queued", key__endswith=f":{event.pk}:{person.pk}").count() == 1


def test_a_correction_that_breaks_the_weights_names_both_numbers_and_changes_nothing(client, coordinator):
    call = make_call("open")
    before = whole(call)
    seen = client.get(edit_url(call)).context["seen"]
    response = client.post(edit_url(call), typed(notice="Pesos.", seen=seen, **{"criteria-0-weight": "50"}))
    sentence = "The weights add up to 90. Change them so that they add up to 100."
    assert error_links(response) == [("id_criteria-0-title", sentence)]
    assert "Weights together: <b>90</b> of 100" in page_of(response)
    assert whole(call) == before


def test_publishing_what_somebody_changed_meanwhile_asks_again(client, coordinator):
    call = make_draft()
    seen = call.changed_at.isoformat()
    services.save_draft(call, by=make_coordinator(name="Bela Rocha"), parts=services.CallParts(), summary="Outro")
    response = client.post(f"/en/calls/manage/{call.slug}/publish/", {"seen": seen})
    assert "Bela Rocha changed this page" in page_of(response)
    call.refresh_from_db()
    assert call.state == "draft"


@pytest.mark.parametrize("state", ["resolved", "cancelled", "void"])
def test_a_call_that_ended_is_not_edited(client, coordinator, state):
    call = make_call(state)
    before = whole(call)
    assert client.get(edit_url(call)).status_code == 302
    seen = call.changed_at.isoformat()
    response = client.post(edit_url(call), typed(title="Outro", notice="x", seen=seen))
    assert "cannot be done" in page_of(response)
    assert whole(call) == before


@pytest.mark.parametrize("page", ["call", "edit", "publish", "extend", "questions", "files", "result", "cancel", "void"])
def test_for_who_does_not_coordinate_pages_of_coordination_do_not_exist(client, page):
    call, url = make_draft(), lambda slug: reverse(f"grants:{page}", args=[slug])
    assert "/account/sign-in/" in client.get(url(call.slug)).url or client.get(url(call.slug)).status_code == 302
    for fields in ({}, {"is_administrator": True}):
        client.force_login(make_user(**fields))
        there, missing = client.get(url(call.slug)), client.get(url("no-such-call"))
        assert (there.status_code, missing.status_code) == (404, 404)


def test_the_overview_costs_the_same_with_many_calls(client, coordinator, django_assert_num_queries):
    for _ in range(3):
        make_call("open")
    client.get("/en/calls/manage/")
    with django_assert_num_queries(3):
        client.get("/en/calls/manage/")
    for state in ("draft", "open", "closed", "resolved"):
        services.ask(make_call("open"), by=coordinator, text="Uma pergunta?")
        make_call(state)
    with django_assert_num_queries(3):
        client.get("/en/calls/manage/")


def test_the_overview_names_what_waits(client, coordinator):
    soon = make_call("open", title="Fecha já")
    Call.objects.filter(pk=soon.pk).update(closes_at=soon.closes_at - timedelta(days=6))
    make_call("draft", title="Em rascunho")
    late = make_call("closed", title="Atrasado")
    Call.objects.filter(pk=late.pk).update(resolution_due_on=late.closes_local.date())
    services.ask(make_call("open", title="Perguntado"), by=coordinator, text="Quem?")
    page = page_of(client.get("/en/calls/manage/"))
    for text in (
        "Closes this week: Fecha já",
        "Draft: Em rascunho",
        "Result overdue: Atrasado",
        "Question to answer: Perguntado",
    ):
        assert text in page
