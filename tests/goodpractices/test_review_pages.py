"""The pages of the review: the queue, the text beside the comments, and that nothing typed is lost."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone, translation

from goodpractices import services
from goodpractices.grid import CODES, GRID
from goodpractices.models import Practice, Review, Version
from goodpractices.views import review_queue
from tests.factories import make_coordinator
from tests.goodpractices.belonging import make_staff
from tests.goodpractices.reviews import Town, reread, states

pytestmark = pytest.mark.django_db
JUDGED = {f"{code}-level": "met" for code in CODES}


@pytest.fixture
def town(client):
    made = Town()
    client.force_login(made.coordinator)
    return made


def text_of(response) -> str:
    """The words of the page, without markup and double blanks."""
    assert response.status_code == 200
    html = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def url(practice, page: str = "") -> str:
    return f"/en/practices/review/{practice.pk}/{page}"


def errors(response) -> list[tuple[str, str]]:
    """The links of the error summary: (id of the field, words)."""
    html = response.content.decode().partition('class="error-summary"')[2].partition("</div>")[0]
    found = [(where, unescape(words)) for where, words in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html)]
    ids = set(re.findall(r'id="([^"]+)"', response.content.decode()))
    assert {where for where, _words in found} <= ids
    return found


def test_the_queue_says_who_has_what_and_for_how_long(client, town):
    practice, mine = town.submitted(title={"title": "Uma"}), town.taken(title={"title": "Outra"})
    other = make_coordinator(name="Ana Duarte")
    theirs = town.submitted(title={"title": "Terceira"})
    services.take(theirs, by=other)
    Version.objects.filter(practice=practice).update(waiting_since=timezone.now() - timedelta(days=12))
    page = text_of(client.get("/en/practices/review/"))
    assert "3 wait for a review" in page
    assert re.search(r"12 days Uma .* Nobody has it yet\.", page)
    assert re.search(r"Outra .* You have it\..* Go on : Outra", page)
    assert re.search(r"Terceira .* Ana Duarte has it\..* Take over : Terceira", page)
    assert mine.pk != theirs.pk


def test_what_is_of_ones_own_municipality_is_marked_and_not_opened(client, town):
    practice = town.submitted()
    make_staff(town.town, person=town.coordinator)
    page = text_of(client.get("/en/practices/review/"))
    assert "Of your municipality: somebody else reviews it." in page
    assert "Review : Banco de horas" not in page
    for response in (client.get(url(practice)), client.post(url(practice, "take/")), client.post(url(practice), {"save": "1"})):
        assert response.status_code == 403
        assert "You belong to the municipality of this practice: somebody else reviews it." in unescape(response.content.decode())
    assert states(practice) == ("new", "submitted")


def test_who_took_the_first_look_sees_that_the_second_is_for_somebody_else(client, town):
    make_coordinator()
    practice = town.passed_on()
    assert "You took the first look: somebody else takes the second." in text_of(client.get("/en/practices/review/"))
    page = text_of(client.get(url(practice)))
    assert "Nobody has taken the second since" in page
    assert "Publish without a second look" in page
    client.post(url(practice, "unseen/"), {"reason": " "})
    assert states(practice) == ("new", "second_review")
    client.post(url(practice, "unseen/"), {"reason": "O webinar é amanhã."})
    assert states(practice) == ("public", "")


def test_what_was_published_lately_is_put_on_the_home_page_and_taken_off(client, town):
    practice = town.public()
    assert client.post(url(practice, "feature/"), {"from": "queue"}).url == "/en/practices/review/"
    assert reread(practice).featured_at
    assert "Take off" in text_of(client.get("/en/practices/review/"))
    client.post(url(practice, "unfeature/"), {"from": "queue"})
    assert reread(practice).featured_at is None


def test_practices_that_nobody_answers_for_are_listed(client, town):
    practice = town.public()
    long_ago = timezone.localdate() - timedelta(days=40)
    Practice.objects.filter(pk=practice.pk).update(unanswered=2, asked_on=long_ago, confirmed_on=long_ago)
    assert "Nobody answers" in text_of(client.get("/en/practices/review/"))


def test_what_is_with_the_authors_is_counted_beyond_the_list_and_without_what_was_deleted(client, town, monkeypatch):
    monkeypatch.setattr(review_queue, "PAGE", 2)
    for number in range(3):
        town.asked(title={"title": f"Pedida {number}"})
    services.delete(town.asked(title={"title": "Apagada"}), by=town.focal)
    page = text_of(client.get("/en/practices/review/"))
    assert "3 with the authors" in page
    assert [name for name in ("Pedida 0", "Pedida 1", "Pedida 2", "Apagada") if name in page] == ["Pedida 0", "Pedida 1"]


def test_the_queue_costs_the_same_however_much_waits(client, town, django_assert_num_queries):
    def fill():
        for _ in range(4):
            town.taken(), town.asked(), town.public()

    def cost() -> int:
        with django_assert_num_queries(12):
            client.get("/en/practices/review/")

    fill()
    cost()
    fill()
    cost()


def test_before_it_is_taken_the_page_shows_the_text_and_no_field(client, town):
    response = client.get(url(town.submitted()))
    assert "Um em quatro pedidos ficou sem resposta." in text_of(response)
    assert 'name="section-results"' not in response.content.decode()


def test_it_is_taken_by_a_button_and_then_has_fields(client, town):
    practice = town.submitted()
    assert client.post(url(practice, "take/")).url == url(practice)
    html = client.get(url(practice)).content.decode()
    assert html.count('name="section-') == 15
    assert html.count('-level" value="met"') == len(GRID)


def test_notes_are_saved_and_stand_there_again(client, town):
    practice = town.taken()
    client.post(url(practice), {"save": "1", "section-results": "Que fonte?", "clarity-level": "partly", "text": "Quase."})
    html = client.get(url(practice)).content.decode()
    assert ">\nQue fonte?</textarea>" in html
    assert re.search(r'name="clarity-level" value="partly"[^>]* checked', html)
    assert Review.objects.get().decision == ""


WRONG = {
    "no decision": ({}, [("id_decision_0", "Say what you decide, or save and go on later.")]),
    "no comment": (
        {"decision": "changes"},
        [("id_section-title", "Write at least one comment beside the section that should change.")],
    ),
    "no reasons": ({"decision": "decline"}, [("id_text", "Give the reasons: the authors read them.")]),
    "no grid": (
        {"decision": "publish"} | {f"{code}-level": "met" for code in CODES[1:]},
        [("id_relevance-level_0", "Say how far it is met: Relevance.")],
    ),
    "another decision": ({"decision": "pass_on"}, None),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(client, town, name):
    data, expected = WRONG[name]
    practice = town.taken()
    response = client.post(url(practice), {"decide": "1", "gender-comment": "Que mulheres?"} | data)
    if expected is None:
        assert errors(response)[0][0] == "id_decision_0"
    else:
        assert errors(response) == expected
    assert ">\nQue mulheres?</textarea>" in response.content.decode()
    assert "<title>Error:" in response.content.decode()
    assert states(practice) == ("new", "in_review")


def test_what_is_incomplete_to_publish_is_said_at_its_section(client, town):
    practice = town.taken(difficulties={"difficulties": []})
    assert "One section is not complete" in text_of(client.get(url(practice)))
    response = client.post(url(practice), {"decision": "publish"} | JUDGED)
    assert [where for where, _words in errors(response)] == ["id_section-difficulties"]


def test_a_text_that_is_too_long_is_refused_and_kept(client, town):
    practice = town.taken()
    response = client.post(url(practice), {"save": "1", "text": "x" * 4001})
    assert errors(response) == [("id_text", "To the authors must be 4\u00a0000 characters or fewer")]


DECISIONS = {
    "changes": ({"section-results": "Que fonte?"}, ("new", "changes_requested")),
    "publish": (JUDGED, ("public", "")),
    "decline": ({"text": "É um evento."}, ("new", "declined")),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_each_decision_is_done_from_the_page(client, town, decision):
    data, after = DECISIONS[decision]
    practice = town.taken()
    assert client.post(url(practice), {"decision": decision} | data).url == "/en/practices/review/"
    assert states(practice) == after


def test_with_a_second_reviewer_the_first_agrees_or_says_why_without(client, town):
    make_coordinator()
    practice, fast = town.taken(), town.taken()
    response = client.post(url(fast), {"decision": "publish"} | JUDGED)
    assert [where for where, _words in errors(response)] == ["id_without_second"]
    client.post(url(fast), {"decision": "publish", "without_second": "É para amanhã."} | JUDGED)
    client.post(url(practice), {"decision": "pass_on"} | JUDGED)
    assert (states(fast), states(practice)) == (("public", ""), ("new", "second_review"))


def test_what_was_typed_is_shown_once_more_when_a_colleague_took_over(client, town):
    practice, other = town.taken(), make_coordinator(name="Ana Duarte")
    services.take(practice, by=other, reason="Férias.")
    response = client.post(url(practice), {"decision": "changes", "section-results": "Que fonte?"})
    assert "Somebody else has taken this review over." in text_of(response)
    html = response.content.decode()
    assert ">\nQue fonte?</textarea>" in html
    assert 'name="decide"' not in html
    assert Review.objects.get().comments.count() == 0


def test_what_was_typed_is_shown_once_more_when_the_authors_withdrew(client, town):
    practice = town.taken()
    services.withdraw(practice, by=town.focal)
    response = client.post(url(practice), {"decision": "changes", "section-results": "Que fonte?"})
    assert ">\nQue fonte?</textarea>" in response.content.decode()
    assert states(practice) == ("withdrawn", "withdrawn")


def test_a_colleague_takes_over_with_a_reason(client, town):
    practice = town.submitted()
    other = make_coordinator(name="Ana Duarte")
    services.take(practice, by=other)
    assert "Ana Duarte is reviewing it" in text_of(client.get(url(practice)))
    client.post(url(practice, "take/"), {"reason": ""})
    assert reread(practice).work_version.reviewer == other
    client.post(url(practice, "take/"), {"reason": "Férias."})
    assert reread(practice).work_version.reviewer == town.coordinator


def test_sections_changed_since_the_last_look_are_marked(client, town):
    practice = town.asked()
    services.save_section(practice, "context", {"text": "Outro texto, com fonte."}, by=town.focal, seen=1)
    services.submit(practice, by=town.focal)
    services.take(practice, by=town.coordinator)
    page = text_of(client.get(url(practice)))
    assert page.count("changed since the last look") == 1
    assert "De onde vêm os números?" in page  # the earlier review stands below


def test_sections_that_differ_from_the_public_version_are_marked(client, town):
    practice = town.public()
    services.start_version(practice, by=town.focal)
    services.save_section(practice, "context", {"text": "Outro texto, com fonte."}, by=town.focal, seen=1)
    services.submit(practice, by=town.focal)
    assert text_of(client.get(url(practice))).count("differs from the public version") == 1


@pytest.mark.parametrize("made", ["draft", "asked", "public"])
def test_what_does_not_wait_for_a_review_leads_to_its_history(client, town, made):
    practice = getattr(town, made)()
    assert client.get(url(practice)).url == f"/en/practices/{practice.slug}/history/"


@pytest.mark.parametrize("pk", [0, 999_999, 99_999_999_999_999_999_999])
def test_a_practice_that_does_not_exist_is_not_found(client, town, pk):
    assert client.get(f"/en/practices/review/{pk}/").status_code == 404


def test_everybody_reads_the_grid_beforehand(client):
    page = text_of(client.get("/en/practices/review/grid/"))
    with translation.override("en"):
        sentences = [str(sentence) for criterion in GRID for sentence in (criterion.question, *criterion.looks_for)]
    assert [sentence for sentence in sentences if sentence not in page] == []
