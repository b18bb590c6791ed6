"""Following calls and themes, asking, and what My page and the home page show of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants import services
from grants.models import Follow, Question
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_user
from tests.grants.calls import CallParts, make_call, queued

pytestmark = pytest.mark.django_db
THEMES = "/calls/following/"


@pytest.fixture
def ana(client):
    person = make_user("ana@cm-x.example", name="Ana")
    client.force_login(person)
    return person


@pytest.fixture
def call():
    return make_call(title="Apoio às associações")


def address(name: str, call) -> str:
    return reverse(f"grants:{name}", args=[call.slug])


def test_follow_twice_is_once_and_stopping_twice_too(client, ana, call):
    for _ in range(2):
        assert client.post(address("follow", call)).url == call.get_absolute_url()
        assert Follow.objects.filter(person=ana, call=call).count() == 1
    assert "Deixar de seguir" in client.get(call.get_absolute_url()).content.decode()
    for _ in range(2):
        client.post(address("follow", call), {"stop": "1"})
        assert not Follow.objects.exists()
    assert "Deixar de seguir" not in client.get(call.get_absolute_url()).content.decode()


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client, call):
    page = client.get(call.get_absolute_url()).content.decode()
    assert f"/account/login/?next={call.get_absolute_url()}" in page
    assert client.post(address("follow", call)).status_code in (302, 403)
    assert not Follow.objects.exists()


def test_the_themes_that_are_chosen_and_no_others(client, ana):
    first, second, third = Term.objects.of("theme")[:3]
    client.post(THEMES, {"themes": [first.pk, second.pk]})
    client.post(THEMES, {"themes": [second.pk, third.pk]})
    assert set(ana.follows.values_list("theme", flat=True)) == {second.pk, third.pk}
    page = client.get(THEMES).content.decode()
    assert page.count(" checked") == 2
    client.post(THEMES, {})
    assert not Follow.objects.exists()


@pytest.mark.parametrize("themes", [["abc"], ["999999"], [""], ["1\x00"], ["-1"], ["9" * 400]])
def test_themes_that_do_not_exist_change_nothing(client, ana, themes):
    services.follow_themes([Term.objects.of("theme").first()], by=ana)
    assert client.post(THEMES, {"themes": themes}).status_code == 200
    assert ana.follows.count() == 1


def test_an_axis_is_no_theme(client, ana):
    assert client.post(THEMES, {"themes": Term.objects.of("axis").first().pk}).status_code == 200
    assert not Follow.objects.exists()


def test_calls_that_one_follows_can_be_left_from_the_page_of_themes(client, ana, call):
    services.follow_call(call, by=ana)
    assert call.title in client.get(THEMES).content.decode()
    assert client.post(address("follow", call), {"stop": "1", "back": "following"}).url == THEMES
    assert call.title not in client.get(THEMES).content.decode()


def test_a_question_is_asked_and_answered_in_public_without_the_name(client, ana, call):
    assert client.post(address("ask", call), {"text": "  E as   freguesias? "}).url == f"{call.get_absolute_url()}#questions"
    client.post(address("ask", call), {"text": "E as   freguesias?"})
    question = Question.objects.get()
    assert "só a vê quem a fez" in client.get(call.get_absolute_url()).content.decode()
    client.logout()
    page = client.get(call.get_absolute_url()).content.decode()
    assert "freguesias?" not in page
    assert "1 pergunta à espera de resposta" in page
    services.answer(question, by=make_coordinator(), text="Também podem.")
    page = client.get(call.get_absolute_url()).content.decode()
    assert "Também podem." in page
    assert "Ana" not in page
    assert queued("answered:") == [f"answered:{question.pk}"]


@pytest.mark.parametrize(
    ("text", "error"), [("", "Escreva a sua pergunta"), ("   ", "Escreva a sua pergunta"), ("x" * 1001, "1\u00a0000")]
)
def test_bad_questions_are_kept_and_explained(client, ana, call, text, error):
    response = client.post(address("ask", call), {"text": text})
    assert response.status_code == 200
    assert error in response.content.decode()
    assert not Question.objects.exists()


def test_html_in_a_question_stays_text(client, ana, call):
    client.post(address("ask", call), {"text": "<script>alert(1)</script>"})
    page = client.get(call.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("state", ["resolved", "cancelled", "void"])
def test_nobody_asks_about_what_is_over(client, ana, state):
    call = make_call(state)
    assert "call-ask" not in client.get(call.get_absolute_url()).content.decode()
    response = client.post(address("ask", call), {"text": "E agora?"}, follow=True)
    assert "enquanto o apoio não tiver resultado" in response.content.decode()
    assert not Question.objects.exists()


def test_too_many_questions_are_stopped(client, ana, call):
    for n in range(20):
        assert client.post(address("ask", call), {"text": f"Pergunta {n}?"}).status_code == 302
    answer = client.post(address("ask", call), {"text": "Mais uma?"})
    assert (answer.status_code, Question.objects.count()) == (429, 20)
    assert int(answer["Retry-After"]) > 0


def test_my_page_shows_what_i_follow_and_asked(client, ana, call):
    page = client.get("/my/").content.decode()
    assert "Apoios que sigo" not in page
    services.follow_call(call, by=ana)
    services.ask(call, by=ana, text="E as freguesias?")
    services.ask(call, by=make_user(), text="De outra pessoa?")
    page = client.get("/my/").content.decode()
    assert call.title in page
    assert "E as freguesias?" in page
    assert "à espera de resposta" in page
    assert "De outra pessoa?" not in page


def test_my_page_shows_what_can_be_applied_for_of_the_themes_that_i_follow(client, ana):
    theme, other = Term.objects.of("theme")[:2]
    services.follow_themes([theme], by=ana)
    mine, others = (CallParts(themes=[term], applicants=["school"], criteria=[("Tudo", "", 100)]) for term in (theme, other))
    for state in ("coming", "open", "closed", "resolved", "cancelled", "draft"):
        make_call(state, title=f"Tema {state}", parts=mine)
    make_call(title="Outro tema", parts=others)
    soon = timezone.now() + timedelta(days=1)
    services.follow_call(make_call(title="Tema e apoio", parts=mine, closes_at=soon), by=ana)
    page = client.get("/my/")
    assert [call.title for call in page.context["calls"]] == ["Tema e apoio", "Tema open", "Tema coming"]


def cost_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_my_page_costs_the_same_however_much_i_follow(client, ana):
    costs = []
    for count in (1, 8):
        for _ in range(count):
            call = make_call()
            services.follow_call(call, by=ana)
            services.ask(call, by=ana, text="E nós?")
        costs.append(cost_of(client, "/my/"))
    assert costs[0] == costs[1]


def test_home_costs_one_query_for_calls(client):
    none = cost_of(client, "/")
    for _ in range(5):
        make_call()
    assert cost_of(client, "/") == none


def test_home_shows_the_three_open_calls_that_close_next(client):
    assert "Apoios abertos" not in client.get("/").content.decode()
    now = timezone.now()
    for days in (9, 3, 5, 7):
        make_call(title=f"Fecha em {days}", closes_at=now + timedelta(days=days))
    for state in ("coming", "closed", "draft"):
        make_call(state, title=f"Apoio {state}")
    page = client.get("/").content.decode()
    assert page.index("Fecha em 3") < page.index("Fecha em 5") < page.index("Fecha em 7")
    assert "Fecha em 9" not in page
    assert [state for state in ("coming", "closed", "draft") if f"Apoio {state}" in page] == []
