"""What processes keep of the page of a call: what it saves, and that it is never stale."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants import files, services
from network_portal.common.files import check
from tests.factories import make_coordinator, make_municipality, make_user
from tests.grants.calls import PARTS, close, make_call, make_draft
from tests.office import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def fullest():
    """A call with its result, and thirty of everything."""
    by, call = make_coordinator(), make_call("closed")
    for n in range(30):
        services.answer(services.ask(call, by=make_user(), text=f"Pergunta {n}?"), by=by, text="Sim.")
    awards = [services.Award(f"A {n}", make_municipality(), "Projeto", Decimal(10)) for n in range(30)]
    return services.resolve(call, by=by, result=services.Result("Feito.", awards=awards))


def cost(client, call) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(call.get_absolute_url()).status_code == 200
    return len(queries)


def test_the_page_costs_five_queries_and_one_when_it_is_kept(client, fullest):
    for call in (fullest, make_call(), make_call("coming")):
        assert (cost(client, call), cost(client, call)) == (5, 1)


def test_what_is_kept_serves_those_who_signed_in(client, fullest):
    """Their session, who they are, and what they follow and ask; the rest as everybody."""
    for call in (fullest, make_call()):
        client.get(call.get_absolute_url())
        client.force_login(make_user())
        client.get(call.get_absolute_url())
        assert cost(client, call) == 5
        client.logout()


def shown(client, call, person=None) -> str:
    if person:
        client.force_login(person)
    page = client.get(call.get_absolute_url()).content.decode()
    client.logout()
    return " ".join(page.split())


def test_questions_and_answers_are_new_at_once(client):
    by, person, call = make_coordinator(), make_user(), make_call()
    assert "Ainda ninguém perguntou nada." in shown(client, call)
    question = services.ask(call, by=person, text="Quem assina?")
    assert "1 pergunta à espera de resposta" in shown(client, call)
    assert "Quem assina?" not in shown(client, call)
    assert "Quem assina?" in shown(client, call, person)
    services.answer(question, by=by, text="A presidência.")
    assert "A presidência." in shown(client, call)
    assert "à espera de resposta" not in shown(client, call)
    services.answer(question, by=by, text="A presidência ou a vereação.", seen="A presidência.")
    assert "A presidência ou a vereação." in shown(client, call)


def test_files_are_new_at_once(client):
    by, draft = make_coordinator(), make_draft()
    checked = check(ContentFile(PDF), name="aviso.pdf", size=len(PDF), kinds=files.KINDS, limit=files.LIMIT)
    assert "Aviso completo" not in shown(client, draft, by)
    file, _is_new = files.add_file(draft, by=by, file=ContentFile(PDF), checked=checked, title="Aviso completo")
    assert "Aviso completo" in shown(client, draft, by)
    files.remove_file(file, by=by)
    assert "Aviso completo" not in shown(client, draft, by)


def test_a_draft_that_is_saved_is_new_at_once(client):
    by, draft = make_coordinator(), make_draft()
    assert "Outro texto" not in shown(client, draft, by)
    services.save_draft(draft, by=by, parts=PARTS, text="Outro texto")
    assert "Outro texto" in shown(client, draft, by)


def test_an_extension_is_new_at_once(client):
    by, call = make_coordinator(), make_call()
    assert "O prazo foi prolongado" not in shown(client, call)
    services.extend(call, by=by, closes_at=call.closes_at + timedelta(days=7), reason="Houve uma avaria.")
    assert "O prazo foi prolongado" in shown(client, call)
    assert "Houve uma avaria." in shown(client, call)


def test_the_clock_is_never_kept(client, monkeypatch):
    """Minutes count down, and the last second is inside."""
    closes = timezone.now().replace(minute=59, second=0, microsecond=0) + timedelta(hours=3)
    call = close(make_call(), closes)
    told = []
    for before in (5 * 60, 4 * 60, 0, -1):
        monkeypatch.setattr(timezone, "now", lambda moment=closes - timedelta(seconds=before): moment)
        page = shown(client, call)
        told.append([words for words in ("5</b> minutos", "4</b> minutos", "1</b> minuto", "estão encerradas") if words in page])
    assert told == [["5</b> minutos"], ["4</b> minutos"], ["1</b> minuto"], ["estão encerradas"]]


def test_each_language_is_kept_apart(client):
    call = make_call()
    assert "Sobre este apoio" in shown(client, call)
    assert "About this call" in client.get(f"/en{call.get_absolute_url()}").content.decode()
