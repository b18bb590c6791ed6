"""Two people at once, on both databases, with real threads: one deed holds, the other is told, nothing is lost."""

from datetime import timedelta

import pytest

from grants import services
from grants.models import Call, CallEvent, Question
from grants.services import Result
from tests.concurrency.threads import at_once
from tests.factories import make_coordinator, make_user
from tests.grants.calls import PARTS, fields_of_call, make_call, make_draft, make_follower, queued

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 8


def kinds(call) -> list[str]:
    return list(CallEvent.objects.filter(call=call).order_by("pk").values_list("kind", flat=True))


def test_many_publish_at_once_and_it_is_published_once():
    draft, people = make_draft(), [make_coordinator() for _ in range(MANY)]
    make_follower(draft)
    results, errors = at_once(lambda by: services.publish(draft, by=by), people, MANY)
    assert (len(results), len(errors)) == (1, MANY - 1)
    assert all("WrongState" in error for error in errors)
    assert kinds(draft) == ["created", "published"]
    assert len(queued()) == 1


def test_many_extend_at_once_and_the_closing_only_moves_later():
    call, by = make_call("open"), make_coordinator()
    hours = list(range(1, MANY + 1))
    at_once(lambda n: services.extend(call, by=by, closes_at=call.closes_at + timedelta(hours=n), reason="x"), hours, MANY)
    moved = [event.detail["closes_at"] for event in CallEvent.objects.filter(call=call, kind="extended").order_by("pk")]
    assert [after for _, after in moved] == sorted({after for _, after in moved})
    assert [before for before, _ in moved[1:]] == [after for _, after in moved[:-1]]
    assert Call.objects.get(pk=call.pk).closes_at == call.closes_at + timedelta(hours=MANY)


def test_publishing_while_it_is_saved_loses_neither():
    draft, by = make_draft(), make_coordinator()
    deeds = [
        lambda: services.publish(draft, by=by, seen=draft.changed_at),
        lambda: services.save_draft(draft, by=by, parts=PARTS, seen=draft.changed_at, **fields_of_call(title="Mudado")),
    ]
    results, errors = at_once(lambda deed: deed(), deeds, 2)
    assert (len(results), len(errors)) == (1, 1)
    assert "ChangedMeanwhile" in errors[0] or "WrongState" in errors[0]
    call = Call.objects.get(pk=draft.pk)
    assert (call.state == "published") != (call.title == "Mudado")


def test_one_of_two_corrections_is_told_of_the_other():
    call, by = make_call("open"), make_coordinator()
    fields = [fields_of_call(summary=text, title=call.title) for text in ("Um", "Outro")]
    results, errors = at_once(
        lambda given: services.correct(call, by=by, notice="x", parts=PARTS, seen=call.changed_at, **given), fields, 2
    )
    assert (len(results), len(errors)) == (1, 1)
    assert "ChangedMeanwhile" in errors[0]
    assert kinds(call).count("corrected") == 1
    assert call.criteria.count() == 2


def test_a_call_ends_in_one_way():
    call, by = make_call("closed"), make_coordinator()
    deeds = [
        lambda: services.cancel(call, by=by, reason="Sem verba."),
        lambda: services.declare_void(call, by=by, reason="Ninguém."),
        lambda: services.resolve(call, by=by, result=Result("Um.")),
    ] * 2
    results, errors = at_once(lambda deed: deed(), deeds, 6)
    assert (len(results), len(errors)) == (1, 5)
    assert kinds(call)[2:] == [results[0].state]


def test_two_answers_at_once_are_one_answer():
    question = services.ask(make_call("open"), by=make_user(), text="Quem?")
    by = make_coordinator()
    results, errors = at_once(lambda text: services.answer(question, by=by, text=text, seen=""), ["Um", "Outro"], 2)
    assert (len(results), len(errors)) == (1, 1)
    assert "ChangedMeanwhile" in errors[0]
    assert Question.objects.get().answer == results[0].answer
    assert kinds(question.call).count("answered") == 1


def test_calls_of_one_title_made_at_once_get_addresses_of_their_own():
    people = [make_coordinator() for _ in range(3)]
    results, errors = at_once(lambda by: make_draft(by=by, title="O mesmo"), people, 3)
    assert errors == []
    assert sorted(call.slug for call in results) == ["o-mesmo", "o-mesmo-2", "o-mesmo-3"]
