"""Extending, ending and answering on their pages; the result with its table, looked at once more before it is public."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from grants import services
from grants.models import Call, Question
from tests.factories import make_coordinator, make_municipality, make_user
from tests.grants.calls import PARTS, at, close, make_call, make_draft, make_follower, queued, whole
from tests.grants.test_manage_writing import error_links, page_of, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    person = make_coordinator(name="Ana Duarte")
    client.force_login(person)
    return person


def url(call, page: str) -> str:
    return f"/en/calls/manage/{call.slug}/{page}/"


def extension(**fields) -> dict:
    return {"closes_day": "2027-12-01", "closes_hour": "17:00", "reason": "Houve greve."} | fields


def test_a_call_is_extended_in_its_own_zone_and_the_mails_are_announced_before(client, coordinator):
    call = make_call("open", time_zone="Atlantic/Azores")
    follower = make_follower(call)
    assert "1 person follows this call" in page_of(client.get(url(call, "extend")))
    assert client.post(url(call, "extend"), extension()).url == f"/en/calls/manage/{call.slug}/"
    call.refresh_from_db()
    assert f"{call.closes_at:%Y-%m-%d %H:%M}" == "2027-12-01 18:00"
    assert queued("call:")[0].endswith(f":{follower.pk}")


WRONG = {
    "no reason": ({"reason": " "}, ("id_reason", "Give the reason: it is shown in public.")),
    "no day": ({"closes_day": ""}, ("id_closes_day", "Enter the day")),
    "no hour": ({"closes_hour": ""}, ("id_closes_hour", "Enter the time")),
    "gap": (
        {"closes_day": "2027-03-28", "closes_hour": "01:30"},
        ("id_closes_hour", "This time does not exist that day because clocks change"),
    ),
    "twice": (
        {"closes_day": "2027-10-31", "closes_hour": "01:30"},
        ("id_closes_hour", "This time comes twice that day because clocks change: say which one you mean"),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_an_extension_is_said_at_its_field(client, coordinator, name):
    given, problem = WRONG[name]
    call = make_call("open")
    before = whole(call)
    response = client.post(url(call, "extend"), extension(**given))
    assert problem in error_links(response)
    assert (name == "twice") == ('name="closes_occurrence"' in response.content.decode())
    assert whole(call) == before


def test_the_second_of_two_hours_is_taken_when_it_is_said(client, coordinator):
    call = make_call("open")
    twice = {"closes_day": "2027-10-31", "closes_hour": "01:30", "closes_occurrence": "second"}
    client.post(url(call, "extend"), extension(**twice))
    call.refresh_from_db()
    assert call.closes_at == at("2027-10-31T01:30+00:00")


def test_an_extension_is_refused_when_it_is_earlier_and_when_the_call_closed_meanwhile(client, coordinator):
    call = make_call("open")
    before = whole(call)
    refused = client.post(url(call, "extend"), extension(closes_day="2026-01-01"))
    assert "Enter a later moment." in page_of(refused)
    assert whole(call) == before
    close(call, timezone.now() - timedelta(seconds=1))
    before = whole(call)
    refused = client.post(url(call, "extend"), extension())
    assert "it can no longer be extended" in page_of(refused)
    assert 'value="2027-12-01"' in refused.content.decode()
    assert whole(call) == before


@pytest.mark.parametrize(("page", "state", "end"), [("cancel", "open", "cancelled"), ("void", "closed", "void")])
def test_a_call_ends_with_a_reason_that_is_kept(client, coordinator, page, state, end):
    call = make_call(state)
    assert error_links(client.post(url(call, page), {"reason": ""})) == [("id_reason", "Give the reason: it is shown in public.")]
    client.post(url(call, page), {"reason": "Não houve candidaturas."})
    call.refresh_from_db()
    assert call.state == end
    assert call.events.order_by("-pk").first().text == "Não houve candidaturas."
    again = client.post(url(call, page), {"reason": "Outra vez."}, follow=True)
    assert "This cannot be done with a call in the state" in page_of(again)
    assert call.events.filter(kind=end).count() == 1


@pytest.mark.parametrize("page", ["extend", "cancel", "void", "result"])
@pytest.mark.parametrize("state", ["draft", "resolved", "cancelled", "void"])
def test_a_deed_that_is_not_possible_leads_back_to_the_call(client, coordinator, page, state):
    call = make_call(state)
    before = whole(call)
    assert client.get(url(call, page)).url == f"/en/calls/manage/{call.slug}/"
    client.post(url(call, page), extension() | {"text": "x"} | rows("awards"))
    assert whole(call) == before


def test_questions_are_answered_in_public_and_two_people_see_each_other(client, coordinator):
    call = make_call("open")
    question = services.ask(call, by=make_user(name="Rui Segredo"), text="As freguesias podem?")
    answer = f"/en/calls/manage/{call.slug}/questions/{question.pk}/answer/"
    page = page_of(client.get(url(call, "questions")))
    assert "As freguesias podem?" in page
    assert "Rui Segredo" not in page
    empty = client.post(answer, {"answer": " ", "seen": ""})
    assert error_links(empty) == [(f"id_{question.pk}_answer", "Write the answer: it is shown in public.")]
    services.answer(question, by=make_coordinator(), text="Sim.\nTodas.")
    late = client.post(answer, {"answer": "Não.", "seen": ""})
    assert "Somebody else answered meanwhile" in page_of(late)
    assert "Sim.<br>Todas." in page_of(late)
    assert Question.objects.get().answer == "Sim.\nTodas."
    client.post(answer, {"answer": "Sim, todas.", "seen": "Sim.\r\nTodas."})
    assert Question.objects.get().answer == "Sim, todas."


def test_a_question_of_another_call_is_not_found(client, coordinator):
    question = services.ask(make_call("open"), by=make_user(), text="Quem?")
    other = make_call("open")
    for pk in (question.pk, 10**30):
        assert client.post(f"/en/calls/manage/{other.slug}/questions/{pk}/answer/", {"answer": "x"}).status_code == 404
    assert client.get(f"/en/calls/manage/{question.call.slug}/questions/{question.pk}/answer/").status_code == 405


def outcome(*awards: dict, **fields) -> dict:
    return {"text": "Apoiadas **duas**.", "applications": "7", "cut_off": "62,5"} | rows("awards", *awards, more=1) | fields


AWARDS = [
    {"beneficiary": "Associação A", "project": "Cuidar", "amount": "6.000,50"},
    {"beneficiary": "Associação B", "municipality": "vila exemplo", "amount": "3 000"},
]


def test_a_result_is_looked_at_and_then_public(client, coordinator):
    call, town = make_call("closed"), make_municipality()
    make_follower(call)
    look = client.post(url(call, "result"), outcome(*AWARDS))
    page = page_of(look)
    for text in (
        "Check the result",
        "<strong>duas</strong>",
        "9 000.50 €",
        "of a budget of 10 000 €",
        "1 person follows",
    ):
        assert text in page, text
    assert Call.objects.get(pk=call.pk).state == "published"
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', look.content.decode()))
    hidden.pop("csrfmiddlewaretoken", None)
    back = client.post(url(call, "result"), hidden | {"back": "1"})
    assert 'value="6.000,50"' in back.content.decode()
    done = client.post(url(call, "result"), hidden | {"confirmed": "1"})
    assert done.url == call.get_absolute_url() or done.url == f"/en/calls/{call.slug}/"
    call.refresh_from_db()
    assert (call.state, call.result_applications, call.result_cut_off) == ("resolved", 7, Decimal("62.50"))
    assert list(call.award_lines.order_by("position").values_list("beneficiary", "municipality", "amount")) == [
        ("Associação A", None, Decimal("6000.50")), ("Associação B", town.pk, Decimal("3000")),
    ]  # fmt: skip


BAD_RESULTS = {
    "no text": (outcome(text=" "), "id_text", "Write the result"),
    "score": (outcome(cut_off="muito"), "id_cut_off", "Enter the score using only numbers, like 62,5"),
    "score too big": (outcome(cut_off="1000"), "id_cut_off", "Enter the score using only numbers, like 62,5"),
    "applications": (outcome(applications="-1"), "id_applications", "Enter a whole number, like 12 500"),
    "amount alone": (outcome({"amount": "5"}), "id_awards-0-beneficiary", "Enter who is supported"),
    "amount": (
        outcome({"beneficiary": "A", "amount": "1e3"}),
        "id_awards-0-amount",
        "Enter the amount using only numbers, like 1234,56",
    ),
    "twice": (outcome({"beneficiary": "A"}, {"beneficiary": "a"}), "id_awards-1-beneficiary", "This line is there already"),
    "more than applied": (
        outcome({"beneficiary": "A"}, {"beneficiary": "B"}, applications="1"),
        "id_applications",
        "The table names 2 awards, more than there were applications: 1. Change one of them",
    ),
    "over the budget": (
        outcome({"beneficiary": "A", "amount": "10 000,01"}),
        "id_awards-0-beneficiary",
        "The awards add up to 10\u00a0000.01\u00a0€, but the budget is 10\u00a0000\u00a0€. "
        "Change an amount, or correct the budget first.",
    ),
}


@pytest.mark.parametrize("name", BAD_RESULTS)
def test_what_is_wrong_with_a_result_is_said_at_its_field_and_nothing_is_public(client, coordinator, name):
    given, anchor, sentence = BAD_RESULTS[name]
    call = make_call("closed")
    before = whole(call)
    for confirmed in ({}, {"confirmed": "1"}):
        response = client.post(url(call, "result"), given | confirmed)
        assert (anchor, sentence) in error_links(response)
        assert whole(call) == before


def test_a_line_is_added_without_script_and_keeps_what_was_typed(client, coordinator):
    call = make_call("closed")
    page = client.post(url(call, "result"), outcome(*AWARDS, add="awards", text="")).content.decode()
    assert "data-error-summary" not in page
    assert 'name="awards-TOTAL_FORMS" value="4"' in page
    assert 'value="6.000,50"' in page
    assert "In the table: <b>9\u00a0000.50\u00a0€</b>" in page


def test_a_result_before_the_closing_is_refused(client, coordinator):
    call = make_call("open")
    before = whole(call)
    response = client.post(url(call, "result"), outcome(confirmed="1"), follow=True)
    assert "The result is given once: after the call closed" in page_of(response)
    assert whole(call) == before


def test_the_page_of_a_call_offers_what_can_be_done(client, coordinator):
    offers = {
        "draft": {"publish", "edit"}, "coming": {"extend", "edit", "cancel"}, "open": {"extend", "edit", "cancel"},
        "closed": {"result", "edit", "cancel", "void"}, "resolved": set(), "cancelled": set(), "void": set(),
    }  # fmt: skip
    for state, pages in offers.items():
        call = make_call(state)
        found = re.findall(
            rf'href="/en/calls/manage/{call.slug}/(\w+)/"', client.get(f"/en/calls/manage/{call.slug}/").content.decode()
        )
        assert set(found) - {"files", "questions"} == pages, state


def test_the_preview_is_for_coordinators_alone(client, coordinator):
    draft = make_draft()
    assert client.get(f"/en/calls/{draft.slug}/").status_code == 200
    for person in (make_user(), make_user(is_administrator=True)):
        client.force_login(person)
        assert client.get(f"/en/calls/{draft.slug}/").status_code == 404
    client.logout()
    assert client.get(f"/en/calls/{draft.slug}/").status_code == 404


def test_the_form_of_an_answer_is_accepted_as_a_browser_sends_it():
    browser, call = Client(enforce_csrf_checks=True), make_call("open")
    browser.force_login(make_coordinator())
    question = services.ask(call, by=make_user(), text="Quem?")
    token = re.search(
        r'action="[^"]+/answer/".*?name="csrfmiddlewaretoken" value="([^"]+)"',
        page_of(browser.get(url(call, "questions"))),
        re.DOTALL,
    )
    sent = {"answer": "Quem quiser.", "seen": "", "csrfmiddlewaretoken": token[1]}
    assert browser.post(url(call, f"questions/{question.pk}/answer"), sent).status_code == 302
    question.refresh_from_db()
    assert question.answer == "Quem quiser."


def test_the_history_is_the_latest_first_and_says_what_changed(client, coordinator):
    call = make_call(by=coordinator, closes_at=datetime(2027, 6, 4, 16, tzinfo=UTC))
    call = services.extend(call, by=coordinator, closes_at=datetime(2027, 6, 11, 16, tzinfo=UTC), reason="There was a failure.")
    services.correct(call, by=coordinator, notice="The amount was wrong.", parts=PARTS, budget=Decimal("12500"))
    page = client.get(f"/en/calls/manage/{call.slug}/").content.decode()
    assert "10\u00a0000\u00a0€</span>" in page
    assert "<b>12\u00a0500\u00a0€</b>" in page
    assert "<b>Friday, 11\u00a0June" in page
    found = re.findall(r"<h3>([^<]+)</h3>", page)
    assert found == ["Corrected", "Deadline extended", "Published", "Draft made"]
