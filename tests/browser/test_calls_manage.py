"""A coordinator writes, publishes and extends a call in Chromium, with and without scripts; who follows its theme is told."""

import pytest
from django.utils import timezone

from grants import services
from grants.models import Call
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_term, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def fill(page, **fields):
    for name, value in fields.items():
        page.fill(f"#id_{name}", value)


def save(page):
    with page.expect_navigation():
        page.locator("main button[type=submit]:not([aria-hidden]):visible:not([name=add])").last.click()


def test_a_call_from_the_first_word_to_a_longer_deadline(visit):
    theme, person = make_term("theme"), make_user("segue@cm-x.example")
    services.follow_themes([theme], by=person)
    page, next_year = visit(make_coordinator()).page, timezone.localdate().year + 1
    page.goto("/calls/manage/new/")
    page.check("input[name=kind][value=prize]")
    fill(page, title="Prémio Género e Lugar", summary="Um prémio.", text="Para teses.", budget="5 000")
    page.locator(f"input[name=themes][value='{theme.pk}']").check()
    page.locator("input[name=applicants][value=person]").check()
    fill(page, opens_day=f"{next_year}-01-04", closes_day=f"{next_year}-03-01", closes_hour="17:00")
    page.fill("#id_criteria-0-title", "Rigor")
    page.fill("#id_criteria-0-weight", "70")
    with page.expect_navigation():
        page.locator("button[name=add][value=criteria]").click()
    assert page.evaluate("document.activeElement.id") == "id_criteria-1-title"
    page.fill("#id_criteria-1-title", "Utilidade")
    page.fill("#id_criteria-1-weight", "20")
    fill(page, how_to_apply="Por correio eletrónico.", regulatory_basis="Regulamento", contact_email="premio@rede.example")
    save(page)
    call = Call.objects.get()
    page.goto(f"/calls/manage/{call.slug}/publish/")
    with page.expect_navigation():
        page.locator(".calls__missing a").click()
    assert page.evaluate("document.querySelector(location.hash).closest('section').id") == "criteria"
    page.fill("#id_criteria-1-weight", "30")
    save(page)
    page.goto(f"/calls/manage/{call.slug}/publish/")
    save(page)
    call.refresh_from_db()
    assert call.state == "published"
    page.goto(f"/calls/manage/{call.slug}/extend/")
    fill(page, closes_day=f"{next_year}-04-01", reason="Pedido de muitas equipas.")
    save(page)
    call.refresh_from_db()
    assert call.closes_local.month == 4
    mails = OutboxMail.objects.filter(to=person.email).order_by("pk").values_list("state", flat=True)
    assert list(mails) == ["cancelled", "queued"]


def test_an_empty_form_leads_to_its_first_field(visit):
    page = visit(make_coordinator()).page
    page.goto("/calls/manage/new/")
    page.fill("#id_title", "")
    save(page)
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert page.title().startswith("Erro")
    page.locator("[data-error-summary] a").first.click()
    assert page.evaluate("document.activeElement.name") == "kind"
