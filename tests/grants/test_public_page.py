"""The page of a call: what it says in each state, its history, and what it costs."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from grants import services
from grants.models import CallFile
from grants.search import index_call
from grants.steps import steps
from grants.words import deadline, distance, left
from network_portal.common.search import read_query
from network_portal.search.models import Entry
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_municipality
from tests.grants.calls import PARTS, CallParts, close, fields_of_call, make_call
from tests.office import PDF

pytestmark = pytest.mark.django_db
NBSP = "\xa0"


def page_of(client, call) -> str:
    response = client.get(call.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


PHASES = {
    "coming": ["Candidaturas a partir de", "Podemos candidatar-nos?", "Seguir este apoio", "Como apresentar a candidatura"],
    "open": ["até fechar", "Podemos candidatar-nos?", "Juntar ao calendário", "Seguir este apoio"],
    "closed": ["As candidaturas estão encerradas", "Seguir este apoio"],
    "resolved": ["Ver o resultado", "Um projeto apoiado."],
    "cancelled": ["Este apoio foi cancelado.", "Sem verba.", "Ver os outros apoios"],
    "void": ["Este apoio terminou sem que ninguém o recebesse.", "Ninguém se candidatou."],
}


@pytest.mark.parametrize("state", PHASES)
def test_each_state_says_what_can_be_done(client, state):
    page = page_of(client, make_call(state))
    assert [words for words in PHASES[state] if words not in page] == []
    others = {words for other, texts in PHASES.items() for words in texts[:1] if other != state}
    assert [words for words in others if words in page] == []
    assert ("Podemos candidatar-nos?" in page) == (state in ("coming", "open"))


def test_how_ended_stands_before_the_text(client):
    page = page_of(client, make_call("cancelled", title="Bolsas"))
    assert page.index("Sem verba.") < page.index("Sobre este apoio")


def test_a_call_that_is_cancelled_before_its_deadline_never_closed(client):
    assert "Fechava a" in page_of(client, make_call("cancelled"))
    late = make_call("cancelled")
    close(late, timezone.now() - timedelta(days=1))
    assert "Fechou a" in page_of(client, late)


def test_history_names_countries_and_languages_as_the_page_does(client):
    call, by = make_call(), make_coordinator()
    fields = fields_of_call(title=call.title, language="en")
    parts = replace(PARTS, territories=[("country", "ES"), ("region", "Alentejo")])
    services.correct(call, by=by, notice="Também em Espanha.", parts=parts, **fields)
    page = page_of(client, call)
    assert "<b>Espanha, Alentejo</b>" in page
    assert "<b>English</b>" in page


@pytest.mark.parametrize(("address", "label"), [("", "Saúde"), ("/en", "Health")])
def test_history_names_themes_in_the_language_of_who_reads(client, address, label):
    call, by = make_call(), make_coordinator()
    parts = replace(PARTS, themes=[Term.objects.get(vocabulary="theme", code="health")])
    with translation.override("en" if label == "Saúde" else "pt"):
        services.correct(call, by=by, notice="Um tema.", parts=parts, **fields_of_call(title=call.title))
    page = client.get(f"{address}{call.get_absolute_url()}").content.decode().partition("call-history")[2]
    assert f"<b>{label}</b>" in page


def test_one_orange_button_leads_to_the_form_or_to_the_words(client):
    page = page_of(client, make_call(apply_url="https://forms.example/a?b=1&c=2"))
    assert page.count("button--now") == 1
    assert 'href="https://forms.example/a?b=1&amp;c=2" rel="noreferrer"' in page
    page = page_of(client, make_call(apply_url="", how_to_apply="Por **carta**."))
    assert 'href="#apply"' in page
    assert "<strong>carta</strong>" in page


def test_texts_are_cleaned(client):
    bad = "Olá <script>alert(1)</script><img src=x onerror=y> [x](javascript:z) <iframe></iframe> <b style='a'>b</b>"
    call = make_call(text=bad, how_to_apply=bad, title='"><svg onload=1> & Cª', summary="</script><b>")
    page = page_of(client, call)
    for wrong in ("<script>alert", "onerror=y>", "javascript:z", "<iframe", "<svg onload", "</script><b>"):
        assert wrong not in page


def test_structured_data(client):
    call = make_call(
        title="Um </script> apoio & mais", closes_at=datetime(2027, 12, 4, 17, tzinfo=UTC), time_zone="Atlantic/Azores"
    )
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page_of(client, call), re.DOTALL)
    data = json.loads(found[1])
    assert (data["@type"], data["name"], data["amount"]["value"]) == ("MonetaryGrant", call.title, "10000.00")
    assert data["potentialAction"]["endTime"] == "2027-12-04T16:00:00-01:00"
    assert data["url"].startswith("https://portal.example.org/calls/")


def test_a_loan_has_no_money_and_ended_calls_no_action(client):
    loan = make_call(kind="loan", lent="Uma sala", budget=None)
    assert '"@type": "Grant"' in page_of(client, loan)
    assert "Uma sala" in page_of(client, loan)
    assert "ApplyAction" not in page_of(client, make_call("cancelled"))


def test_criteria_documents_files_and_rules(client):
    theme = Term.objects.of("theme").first()
    parts = CallParts(
        themes=[theme], applicants=["association", "parish"], territories=[("country", "PT"), ("region", "Algarve")],
        criteria=[("Rigor", "", 30), ("Alcance", "Até onde chega", 70)], documents=[("Estatutos", "cópia simples")],
    )  # fmt: skip
    call = make_call(parts=parts, residents_from=100, residents_to=20_000, most_per_project=Decimal("1234.50"))
    file = CallFile(
        call=call, title="Aviso & anexos", file_name="aviso.pdf", content_type="application/pdf", size=2048, sha256="1" * 64,
        is_accessible=True,
    )  # fmt: skip
    file.content.save("", ContentFile(PDF))
    page = page_of(client, call)
    for words in (
        "freguesia, associação ou ONG", f"de 100 a 20{NBSP}000 habitantes", "Em: Portugal, Algarve", f"1{NBSP}234,50{NBSP}€",
        "cujos ponderadores somam 100", "Até onde chega", "cópia simples", "Aviso &amp; anexos", "PDF acessível", str(file.uuid),
        f"?theme={theme.code}",
    ):  # fmt: skip
        assert words in page
    response = client.get(f"/calls/files/{file.uuid}/")
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="aviso.pdf"'
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_file_that_was_lost_is_not_found(client):
    call = make_call()
    file = CallFile.objects.create(call=call, title="a", file_name="a.pdf", size=1, sha256="2" * 64, content="calls/none")
    assert client.get(f"/calls/files/{file.uuid}/").status_code == 404


@pytest.mark.parametrize("end", ["resolve", "cancel", "none"])
def test_a_file_of_the_result_is_public_with_the_result_and_not_before(client, end):
    by = make_coordinator()
    call = make_call("closed", by=by)
    file = CallFile(call=call, kind="result", title="Lista zebrafonte", file_name="lista.pdf", size=3, sha256="3" * 64)
    file.content.save("", ContentFile(PDF))
    if end == "resolve":
        services.resolve(call, by=by, result=services.Result("Um projeto apoiado."))
    elif end == "cancel":
        services.cancel(call, by=by, reason="Sem verba.")
    else:
        index_call(call)
    is_public = end == "resolve"
    assert client.get(f"/calls/files/{file.uuid}/").status_code == (200 if is_public else 404)
    assert Entry.objects.found_by(read_query("zebrafonte")).exists() == is_public
    assert ("Lista zebrafonte" in page_of(client, call)) == is_public
    client.force_login(by)
    assert client.get(f"/calls/files/{file.uuid}/").status_code == 200


def test_the_result_with_its_sum(client):
    by = make_coordinator()
    town = make_municipality(name="Mêda")
    awards = [
        services.Award("Associação A", town, "Arquivo & memória", Decimal("1200.50")),
        services.Award("Associação B", None, "", Decimal("799.50")),
    ]
    call = make_call("closed", by=by)
    result = services.Result("Decidido **por unanimidade**.", cut_off=Decimal("62.50"), applications=31, awards=awards)
    services.resolve(call, by=by, result=result)
    page = page_of(client, call)
    for words in ("Mêda", "Arquivo &amp; memória", f"1{NBSP}200,50{NBSP}€", f"2{NBSP}000{NBSP}€", "62,50", ">31<"):
        assert words in page
    assert "<strong>por unanimidade</strong>" in page


def test_the_history_in_plain_words(client):
    by = make_coordinator()
    start = datetime(2027, 6, 4, 16, tzinfo=UTC)
    call = make_call(by=by, closes_at=start)
    call = services.extend(call, by=by, closes_at=start + timedelta(days=7), reason="Houve uma avaria.")
    fields = {"budget": Decimal("12500"), "text": "Outro texto.", "regulatory_basis": "Regulamento 2"}
    parts = replace(PARTS, applicants=["parish", "association"], criteria=[("Tudo", "", 100)])
    services.correct(call, by=by, notice="O valor estava errado.", parts=parts, **fields)
    page = re.sub(r"<[^>]+>", "", page_of(client, call))
    assert f"sexta-feira, 4{NBSP}de{NBSP}junho" in page
    assert f"sexta-feira, 11{NBSP}de{NBSP}junho" in page
    assert "Houve uma avaria." in page
    assert "O valor estava errado." in page
    assert f"10{NBSP}000{NBSP}€" in page
    assert f"12{NBSP}500{NBSP}€" in page
    assert "Texto: alterado" in page
    assert "freguesia, associação ou ONG" in page.partition("O que aconteceu")[2]
    assert "Qualidade (60); Alcance (40)" in page
    assert "O prazo foi prolongado: terminava" in page
    assert page.index("Corrigido") < page.index("Prazo prolongado") < page.index("Publicado")


def test_steps_say_where_the_call_is():
    places = {}
    for state in ("coming", "open", "closed", "resolved", "cancelled"):
        call = make_call(state)
        places[state] = [step.state for step in steps(call, timezone.now())].count("done")
        now = [n for n, step in enumerate(steps(call, timezone.now()), start=1) if step.state == "now"]
        assert now == {"open": [1], "closed": [2], "resolved": [3]}.get(state, [])
    assert places == {"coming": 0, "open": 0, "closed": 1, "resolved": 2, "cancelled": 0}


@pytest.mark.parametrize("kind", ["subsidy", "formula", "prize", "loan"])
def test_every_kind_has_its_afterwards(client, kind):
    call = make_call(kind=kind, lent="Sala")
    assert steps(call, timezone.now())[2].text in page_of(client, call)


ZONES = {"Europe/Lisbon": "hora de Lisboa", "Atlantic/Azores": "hora dos Açores", "Europe/Madrid": "hora de Madrid"}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("seconds", "phase"), [(-1, "open"), (0, "open"), (1, "closed")])
def test_the_last_second_is_inside(zone, seconds, phase):
    call = make_call(time_zone=zone)
    now = call.closes_at + timedelta(seconds=seconds)
    assert call.phase_at(now) == phase
    assert ZONES[zone] in deadline(call, now)
    assert deadline(call, now).startswith("fecha hoje" if phase == "open" else "fechou hoje")


@pytest.mark.parametrize(
    ("zone", "closes", "now", "words"),
    [
        # midnight is counted where the call is: the Azores are an hour behind Lisbon, Madrid an hour before
        ("Atlantic/Azores", "2027-06-05T00:30+00:00", "2027-06-04T23:30+00:00", "fecha amanhã"),
        ("Europe/Lisbon", "2027-06-05T00:30+01:00", "2027-06-04T22:30+00:00", "fecha amanhã"),
        ("Europe/Madrid", "2027-06-05T00:30+02:00", "2027-06-04T22:10+00:00", "fecha hoje"),
        # days of 23 and 25 hours
        ("Europe/Lisbon", "2027-03-28T17:00+01:00", "2027-03-27T16:30+00:00", "fecha amanhã"),
        ("Europe/Lisbon", "2027-10-31T17:00+00:00", "2027-10-30T16:30+01:00", "fecha amanhã"),
        ("Europe/Madrid", "2027-10-31T02:30+01:00", "2027-10-31T02:30+02:00", "fecha hoje"),
        ("Europe/Lisbon", "2027-04-04T17:00+01:00", "2027-03-28T00:30+00:00", "fecha daqui a 7 dias"),
    ],
)
def test_days_are_counted_in_the_zone_of_the_call(zone, closes, now, words):
    call = make_call(time_zone=zone)
    call.opens_at, call.closes_at = datetime(2027, 1, 1, tzinfo=UTC), datetime.fromisoformat(closes)
    if words == "fecha amanhã" and zone == "Atlantic/Azores":
        call.closes_at += timedelta(hours=1)
    assert distance(call, datetime.fromisoformat(now)) == words


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (timedelta(days=9), (9, "dias até fechar")),
        (timedelta(days=1), (1, "dia até fechar")),
        (timedelta(hours=23, minutes=59), (23, "horas até fechar")),
        (timedelta(hours=1), (1, "hora até fechar")),
        (timedelta(minutes=59, seconds=59), (59, "minutos até fechar")),
        (timedelta(seconds=1), (1, "minuto até fechar")),
        (timedelta(0), (1, "minuto até fechar")),
    ],
)
def test_what_is_left(rest, told):
    call = make_call(closes_at=datetime(2027, 6, 20, 11, tzinfo=UTC))
    found = left(call, call.closes_at - rest)
    assert (found.number, found.unit) == told
