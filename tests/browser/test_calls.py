"""Calls for support in Chromium: found, checked, followed, asked about, extended, and the mail that tells so."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from grants import services
from grants.models import CallFile
from network_portal.mail.delivery import Sender
from network_portal.vocabularies.models import Term
from tests.browser.test_journey import sign_in
from tests.browser.test_pages import look
from tests.factories import make_coordinator, make_municipality, make_user
from tests.grants.calls import CallParts, make_call
from tests.office import PDF

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "rita.lopes@cm-vila.example"
STATES = ["coming", "open", "closed", "resolved", "cancelled", "void", "draft"]


def full_call(state: str, *, by, **fields):
    """A call on which everything hangs that can."""
    parts = CallParts(
        themes=list(Term.objects.of("theme")[:2]), axes=list(Term.objects.of("axis")[:2]),
        applicants=["municipality", "association"], territories=[("country", "PT")],
        criteria=[("Partilha de responsabilidades", "O que muda e para quem.", 60), ("Alcance", "", 40)],
        documents=[("Plano de atividades", "Até seis páginas."), ("Orçamento", "")],
    )  # fmt: skip
    call = make_call(state, by=by, parts=parts, residents_to=20_000, most_per_project=Decimal(5000), **fields)
    facts = {"file_name": "aviso.pdf", "content_type": "application/pdf", "size": len(PDF), "sha256": "0" * 64}
    CallFile(call=call, title="Aviso", is_accessible=True, **facts).content.save("", ContentFile(PDF))
    return call


def test_find_check_follow_and_hear_that_there_is_more_time(visit):
    by, town = make_coordinator(), make_municipality(name="Vila Comprida", residents=9_000)
    call = full_call("open", by=by, title="Creches com horário largo")
    full_call("open", by=by, title="Prémio de fotografia", kind="prize")
    visitor = visit()
    page = visitor.page

    page.goto("/en/")
    page.get_by_role("link", name="Support", exact=True).first.click()
    page.get_by_label("Kind").select_option("subsidy")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Prémio de fotografia")).to_have_count(0)
    page.get_by_role("link", name="Creches com horário largo").click()

    page.get_by_role("link", name="Can we apply?").first.click()
    page.get_by_label("What kind of body are you?").select_option("municipality")
    page.get_by_label("In which municipality is it?").fill(town.name)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".call-verdict")).to_contain_text("Yes: nothing here stands in the way.")
    page.get_by_role("link", name="Back to the call").click()

    page.get_by_role("link", name="Follow this call").click()
    sign_in(page, EMAIL)
    expect(page).to_have_url(f"{visitor.address}/en{call.get_absolute_url()}")
    page.get_by_role("button", name="Follow this call").click()
    expect(page.get_by_role("button", name="Stop following")).to_be_visible()
    page.get_by_label("Your question").fill("E as freguesias?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator("#questions")).to_be_visible()
    expect(page.get_by_role("heading", name="E as freguesias?")).to_be_visible()

    services.extend(call, by=by, closes_at=call.closes_at + timedelta(days=7), reason="A plataforma esteve em baixo.")
    Sender().deliver_due(seconds=5)
    page.goto("/demo/mail/")
    page.get_by_role("link", name="Deadline extended").first.click()
    expect(page.locator("main")).to_contain_text("A plataforma esteve em baixo.")
    page.goto(f"/en{call.get_absolute_url()}")
    expect(page.locator("main")).to_contain_text("The deadline was extended")
    assert (visitor.complaints, visitor.elsewhere) == ([], [])


def test_a_no_is_explained(visit):
    town = make_municipality(name="Loulé", residents=68_697)
    call = full_call("open", by=make_coordinator())
    visitor = visit()
    visitor.page.goto(f"{call.get_absolute_url()}check/?kind=school&municipality={town.name}")
    expect(visitor.page.locator(".call-verdict")).to_contain_text("Loulé tem 68")
    assert look(visitor, "a no") == []
    assert not visitor.context.cookies()


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_accessible(visit, state):
    by = make_coordinator()
    call = full_call("closed" if state == "resolved" else state, by=by, title="Partilha de responsabilidades familiares")
    reader = make_user(language="pt")
    if state in ("open", "closed"):
        services.answer(services.ask(call, by=reader, text="E as freguesias?"), by=by, text="Também podem.")
        services.ask(call, by=reader, text="E as uniões de freguesias?")
    if state == "resolved":
        awards = [services.Award("Associação das Andorinhas", make_municipality(), "Arquivo", Decimal("1200.50"))]
        services.resolve(call, by=by, result=services.Result("Feito.", cut_off=Decimal("62.5"), applications=3, awards=awards))
    visitor = visit(by if state == "draft" else reader)
    visitor.page.goto(call.get_absolute_url())
    assert look(visitor, state) == []
    assert (visitor.complaints, visitor.elsewhere) == ([], [])


def test_the_list_and_what_one_follows_are_accessible(visit):
    by, reader = make_coordinator(), make_user(language="pt")
    calls = [full_call(state, by=by) for state in STATES if state != "draft"]
    services.follow_call(calls[1], by=reader)
    services.ask(calls[1], by=reader, text="E as freguesias?")
    visitor, wrong = visit(reader), []
    for address in ("/calls/", "/calls/?kind=prize", "/calls/following/", "/my/", "/"):
        visitor.page.goto(address)
        wrong += look(visitor, address)
    visitor.page.goto(calls[1].get_absolute_url())
    visitor.page.get_by_role("button", name="Enviar a pergunta").click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("Escreva a sua pergunta")
    wrong += look(visitor, "an empty question")
    assert wrong == []


def test_on_paper_the_facts_of_a_call_have_room_for_their_words(visit):
    page = visit().page
    page.set_viewport_size({"width": 794, "height": 1123})
    page.goto(full_call("open", by=make_coordinator()).get_absolute_url())
    page.emulate_media(media="print")
    assert page.locator(".call-facts dd").first.bounding_box()["width"] > 200
