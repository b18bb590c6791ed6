"""Which deed is possible in which state; whoever does not coordinate does none, even when everything else holds."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from grants import files, services
from grants.errors import WrongState
from grants.models import CallEvent, Question
from grants.services import Result
from network_portal.audit.models import Entry
from network_portal.common.files import check
from tests.factories import make_coordinator, make_user
from tests.grants.calls import PARTS, WEEK, fields_of_call, make_call, whole
from tests.office import PDF

pytestmark = pytest.mark.django_db

STATES = ["draft", "coming", "open", "closed", "resolved", "cancelled", "void"]
CHECKED = check(ContentFile(PDF), name="a.pdf", size=len(PDF), kinds=["pdf"], limit=10**6)


def correct(call, by):
    services.correct(call, by=by, notice="Faltava um ponto.", parts=PARTS, **fields_of_call(title="Outro título"))


def add_file(kind):
    def add(call, by):
        files.add_file(call, by=by, file=ContentFile(PDF), checked=CHECKED, title="Aviso", kind=kind, notice="Novo anexo.")

    return add


DEEDS = {
    "save": (lambda call, by: services.save_draft(call, by=by, parts=PARTS, **fields_of_call()), {"draft"}),
    "publish": (lambda call, by: services.publish(call, by=by), {"draft"}),
    "correct": (correct, {"coming", "open", "closed"}),
    "extend": (
        lambda call, by: services.extend(call, by=by, closes_at=call.closes_at + WEEK, reason="Houve greve."),
        {"coming", "open"},
    ),
    "resolve": (lambda call, by: services.resolve(call, by=by, result=Result("Três projetos.")), {"closed"}),
    "void": (lambda call, by: services.declare_void(call, by=by, reason="Ninguém."), {"closed"}),
    "cancel": (lambda call, by: services.cancel(call, by=by, reason="Sem verba."), {"coming", "open", "closed"}),
    "add_document": (add_file("document"), {"draft", "coming", "open", "closed"}),
    "add_result": (add_file("result"), {"coming", "open", "closed"}),
}
EVENTS = {
    "publish": "published", "correct": "corrected", "extend": "extended", "resolve": "resolved", "void": "void",
    "cancel": "cancelled",
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_done_in_its_states_and_changes_nothing_in_others(state, name):
    call, (deed, allowed), by = make_call(state), DEEDS[name], make_coordinator()
    before = whole(call)
    if state in allowed:
        deed(call, by)
        assert whole(call) != before
        assert Entry.objects.filter(about=call.mail_subject, by=by).exists()
        newest = call.events.order_by("-pk").first()
        assert name not in EVENTS or (newest.kind, newest.by) == (EVENTS[name], by)
    else:
        with pytest.raises(WrongState):
            deed(call, by)
        assert whole(call) == before


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("role", ["person", "administrator"])
def test_who_does_not_coordinate_is_refused_even_when_all_else_holds(name, role):
    deed, allowed = DEEDS[name]
    person = make_user(is_administrator=role == "administrator")
    for state in sorted(allowed):
        call = make_call(state)
        before = whole(call)
        with pytest.raises(PermissionDenied):
            deed(call, person)
        assert whole(call) == before


def test_who_does_not_coordinate_makes_no_call_and_answers_no_question():
    person = make_user()
    with pytest.raises(PermissionDenied):
        services.save_draft(None, by=person, parts=PARTS, **fields_of_call())
    question = services.ask(make_call(), by=person, text="E as freguesias?")
    with pytest.raises(PermissionDenied):
        services.answer(question, by=person, text="Sim.")
    assert Question.objects.get().answer == ""


@pytest.mark.parametrize(("state", "asks"), [(state, state in ("coming", "open", "closed")) for state in STATES])
def test_questions_are_asked_as_long_as_there_is_no_result(state, asks):
    call = make_call(state)
    if asks:
        services.ask(call, by=make_user(), text="Até quando?")
    else:
        with pytest.raises(WrongState):
            services.ask(call, by=make_user(), text="Até quando?")
    assert call.questions.count() == asks


def test_events_say_who_when_and_in_what_order():
    by = make_coordinator()
    call = make_call("open", by=by)
    services.extend(call, by=by, closes_at=call.closes_at + timedelta(hours=1), reason=" Houve greve. ")
    services.cancel(call, by=by, reason="Sem verba.")
    events = CallEvent.objects.filter(call=call).order_by("pk")
    assert [(e.kind, e.text) for e in events] == [
        ("created", ""), ("published", ""), ("extended", "Houve greve."), ("cancelled", "Sem verba."),
    ]  # fmt: skip
    assert {e.by for e in events} == {by}
    assert [e.at for e in events] == sorted(e.at for e in events)
