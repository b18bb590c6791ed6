"""A call that somebody else changed, corrections of a public one, and the overview."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from grants import services
from grants.models import Call
from grants.views import manage
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_user
from tests.grants.calls import PARTS, make_call, make_draft, make_follower, whole
from tests.grants.test_manage_writing import edit_url, error_links, page_of, rows, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    person = make_coordinator(name="Ana Duarte")
    client.force_login(person)
    return person


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


@pytest.mark.parametrize("state", ["draft", "open"])
def test_criteria_and_documents_left_untouched_stay(client, coordinator, state):
    call = make_call(state)
    seen = client.get(edit_url(call)).context["seen"]
    lines = rows("criteria", {"title": "Qualidade", "text": "O que muda.", "weight": "60"}, {"title": "Alcance", "weight": "40"})
    data = typed(summary="Outro.", notice="O resumo.", seen=seen) | lines | rows("documents", {"title": "Orçamento"})
    assert client.post(edit_url(call), data).status_code == 302
    assert list(call.criteria.order_by("position").values_list("title", "text", "weight")) == list(PARTS.criteria)
    assert list(call.required_documents.values_list("title", "note")) == list(PARTS.documents)


def test_a_correction_names_no_amount_that_is_the_same(client, coordinator):
    call = make_call("open", most_per_project=Decimal("500"))
    seen = client.get(edit_url(call)).context["seen"]
    same = {"title": call.title, "text": call.text, "budget": "10 000,00", "most_per_project": "500", "summary": "Outro."}
    client.post(edit_url(call), typed(**same, notice="O resumo.", seen=seen))
    detail = call.events.get(kind="corrected").detail
    assert (detail["summary"], {"budget", "most_per_project"} & set(detail)) == (["Um apoio.", "Outro."], set())


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
    assert client.get(url(call.slug)).status_code == 302  # to the sign-in page
    for fields in ({}, {"is_administrator": True}):
        client.force_login(make_user(**fields))
        there, missing = client.get(url(call.slug)), client.get(url("no-such-call"))
        assert (there.status_code, missing.status_code) == (404, 404)


def test_the_overview_costs_the_same_with_many_calls(client, coordinator, django_assert_num_queries):
    for _ in range(3):
        make_call("open")
    client.get("/en/calls/manage/")
    with django_assert_num_queries(5):
        client.get("/en/calls/manage/")
    for state in ("draft", "open", "closed", "resolved"):
        services.ask(make_call("open"), by=coordinator, text="Uma pergunta?")
        make_call(state)
    with django_assert_num_queries(5):
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


def test_the_table_has_pages_and_the_decisions_do_not(client, coordinator, monkeypatch):
    monkeypatch.setattr(manage, "PAGE", 2)
    made = [make_call("resolved"), make_call("cancelled"), make_call("draft", title="Em rascunho"), make_call("open")]
    for number, shown in (("1", 2), ("2", 2), ("99", 2), ("x", 2)):
        page = page_of(client.get("/en/calls/manage/", {"page": number}))
        table = page.split("<tbody>")[1].split("</tbody>")[0]
        assert sum(call.title in table for call in made) == shown
        assert "Draft: Em rascunho" in page
