"""Every other way out of the services: a refusal changes nothing and owes no mail; a deed takes back what no longer holds."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from grants import emails, services
from grants.errors import ChangedMeanwhile, NotReady, OverBudget, ReasonMissing
from grants.models import Call, Follow
from grants.services import Award, CallParts, Result
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_municipality, make_term, make_user
from tests.grants.calls import PARTS, close, fields_of_call, make_call, make_draft, make_follower, queued, whole

pytestmark = pytest.mark.django_db

GAPS = {
    "summary": ({"summary": ""}, PARTS), "text": ({"text": ""}, PARTS), "budget": ({"budget": None}, PARTS),
    "opens_at": ({"opens_at": None}, PARTS), "how_to_apply": ({"how_to_apply": ""}, PARTS),
    "regulatory_basis": ({"regulatory_basis": ""}, PARTS), "contact_email": ({"contact_email": ""}, PARTS),
    "applicants": ({}, CallParts(criteria=PARTS.criteria)), "criteria": ({}, CallParts(applicants=["school"])),
    "lent": ({"kind": "loan", "lent": ""}, PARTS),
}  # fmt: skip


@pytest.mark.parametrize("field", GAPS)
def test_publishing_says_what_is_missing_and_changes_nothing(field):
    fields, parts = GAPS[field]
    draft = make_draft(parts=parts, **fields)
    follower = make_follower(draft)
    before = whole(draft)
    with pytest.raises(NotReady) as refused:
        services.publish(draft, by=make_coordinator())
    assert [one.field for one in refused.value.missing] == [field]
    assert whole(draft) == before
    assert not OutboxMail.objects.filter(to=follower.email).exists()


def test_weights_name_both_numbers_and_a_prize_needs_criteria_but_a_formula_does_not():
    with translation.override("en"):
        uneven = make_draft(parts=CallParts(applicants=["school"], criteria=[("A", "", 60), ("B", "", 45)]))
        assert [one.sentence for one in services.still_missing(uneven)] == [
            "The weights add up to 105. Change them so that they add up to 100."
        ]
        without = CallParts(applicants=["municipality"])
        kinds = {kind: services.still_missing(make_draft(kind=kind, parts=without, lent="Uma sala")) for kind in Call.Kind}
    assert [kind for kind, missing in kinds.items() if missing] == ["subsidy", "prize"]


@pytest.mark.parametrize("blank", ["", " \n "])
def test_deeds_with_a_reason_are_refused_without(blank):
    call, by = make_call("open"), make_coordinator()
    make_follower(call)
    deeds = [
        lambda: services.extend(call, by=by, closes_at=call.closes_at + timedelta(1), reason=blank),
        lambda: services.cancel(call, by=by, reason=blank),
        lambda: services.correct(call, by=by, notice=blank, parts=PARTS, **fields_of_call()),
        lambda: services.declare_void(close(call, timezone.now() - timedelta(1)), by=by, reason=blank),
        lambda: services.resolve(call, by=by, result=Result(blank)),
    ]
    for deed in deeds:
        with pytest.raises(ReasonMissing):
            deed()
        assert not call.events.exclude(kind__in=["created", "published"]).exists()
    assert queued() == []


def test_what_somebody_else_changed_is_not_overwritten():
    draft, by = make_draft(), make_coordinator()
    services.save_draft(draft, by=by, parts=PARTS, summary="Da segunda pessoa")
    before = whole(draft)
    for deed in (
        lambda: services.save_draft(draft, by=by, parts=CallParts(), seen=draft.changed_at, summary="Da primeira"),
        lambda: services.publish(draft, by=by, seen=draft.changed_at),
    ):
        with pytest.raises(ChangedMeanwhile):
            deed()
        assert whole(draft) == before
    call = make_call("open")
    services.extend(call, by=by, closes_at=call.closes_at + timedelta(1), reason="x")
    before = whole(call)
    with pytest.raises(ChangedMeanwhile):
        services.correct(call, by=by, notice="x", parts=CallParts(), seen=call.changed_at, summary="Da primeira")
    assert whole(call) == before


def test_a_correction_leaves_kind_and_dates_and_says_what_was_there():
    call = make_call("open")
    fields = fields_of_call(kind="loan", closes_at=call.closes_at + timedelta(9), budget=Decimal("20000"), title=call.title)
    theme = make_term("theme")
    parts = CallParts(themes=[theme], applicants=["school"], criteria=PARTS.criteria, documents=[("Estatutos", "")])
    corrected = services.correct(call, by=make_coordinator(), notice=" Nova verba. ", parts=parts, **fields)
    assert (corrected.kind, corrected.closes_at) == ("subsidy", call.closes_at)
    event = call.events.get(kind="corrected")
    assert event.text == "Nova verba."
    assert event.detail == {
        "budget": ["10000.00", "20000"], "themes": ["", theme.code], "applicants": ["association", "school"],
        "documents": ["Orçamento", "Estatutos"],
    }  # fmt: skip


def test_followers_of_call_or_theme_hear_once_and_those_who_left_do_not():
    theme, draft = make_term("theme"), make_draft()
    draft.themes.add(theme)
    both, gone = make_follower(draft), make_follower(draft, is_active=False)
    Follow.objects.create(person=both, theme=theme)
    call = services.publish(draft, by=make_coordinator())
    assert [mail.to for mail in OutboxMail.objects.all()] == [both.email]
    assert emails.count_followers(call) == 1
    assert gone.email not in [mail.to for mail in OutboxMail.objects.all()]


def test_an_extension_takes_back_reminders_and_news_with_the_old_deadline():
    draft, now = make_draft(closes_at=timezone.now() + timedelta(days=30)), timezone.now()
    person = make_follower(draft)
    call = services.publish(draft, by=make_coordinator())
    Call.objects.filter(pk=call.pk).update(published_at=now - timedelta(days=60))
    services.queue_due_closings(now=call.closes_at - timedelta(days=6))
    assert len(queued("closing:")) == 1
    services.extend(call, by=make_coordinator(), closes_at=call.closes_at + timedelta(days=20), reason="Houve greve.")
    assert queued("closing:") == []
    event = call.events.get(kind="extended")
    assert queued("call:") == [f"call:{call.pk}:{event.pk}:{person.pk}"]
    call.refresh_from_db()
    assert services.queue_due_closings(now=call.closes_at - timedelta(days=6)) == 1
    assert services.queue_due_closings(now=call.closes_at - timedelta(days=6)) == 0


def test_a_notice_that_was_not_sent_yet_is_written_anew_with_the_new_deadline():
    call, by = make_call("open"), make_coordinator()
    person = make_follower(call)
    correction = services.correct(call, by=by, notice="Falta um anexo.", parts=PARTS, **fields_of_call(title=call.title))
    key = f"call:{call.pk}:{correction.events.get(kind='corrected').pk}:{person.pk}"
    before = OutboxMail.objects.get(key=key).text
    call = services.extend(call, by=by, closes_at=call.closes_at + timedelta(days=40), reason="Houve greve.")
    event = call.events.get(kind="extended")
    assert queued("call:") == [key, f"call:{call.pk}:{event.pk}:{person.pk}"]
    mail = OutboxMail.objects.get(key=key)
    assert "Falta um anexo." in mail.text
    assert emails.day_in_words(call.closes_local) in mail.text
    assert emails.day_in_words(call.closes_local) not in before


@pytest.mark.parametrize("end", ["cancel", "void", "resolve"])
def test_the_end_of_a_call_leaves_one_piece_of_news_and_no_reminder(end):
    call, by = make_call("open"), make_coordinator()
    person = make_follower(call)
    Call.objects.filter(pk=call.pk).update(published_at=call.published_at - timedelta(days=60))
    services.extend(call, by=by, closes_at=call.closes_at + timedelta(hours=1), reason="Houve greve.")
    call.refresh_from_db()
    services.queue_due_closings(now=call.closes_at - timedelta(days=1))
    assert len(queued()) == 2
    after = call.closes_at + timedelta(seconds=1)
    {
        "cancel": lambda: services.cancel(call, by=by, reason="Sem verba."),
        "void": lambda: services.declare_void(call, by=by, reason="Ninguém.", now=after),
        "resolve": lambda: services.resolve(call, by=by, result=Result("Um."), now=after),
    }[end]()
    assert queued() == [f"call:{call.pk}:{call.events.order_by('-pk').first().pk}:{person.pk}"]


def test_a_result_is_kept_with_its_table_and_not_above_the_budget():
    call, town = make_call("closed"), make_municipality()
    before = whole(call)
    with pytest.raises(OverBudget) as refused:
        services.resolve(call, by=make_coordinator(), result=Result("x", awards=[Award("A", amount=Decimal("10000.01"))]))
    assert "10\u00a0000,01\u00a0€" in str(refused.value)
    assert "10\u00a0000\u00a0€" in str(refused.value)
    assert whole(call) == before
    awards = [Award("Associação A", town, "Um projeto", Decimal("10000")), Award("Associação B")]
    services.resolve(call, by=make_coordinator(), result=Result(" Dois. ", Decimal("62.5"), 7, awards))
    call.refresh_from_db()
    assert (call.state, call.result_text, call.result_cut_off, call.result_applications) == (
        "resolved",
        "Dois.",
        Decimal("62.5"),
        7,
    )
    assert call.ended_at is not None
    assert list(call.award_lines.order_by("position").values_list("beneficiary", "municipality", "project", "amount")) == [
        ("Associação A", town.pk, "Um projeto", Decimal("10000")), ("Associação B", None, "", None),
    ]  # fmt: skip


def test_an_answer_tells_who_asked_once_and_a_better_one_tells_nobody():
    call, asker, by = make_call("open"), make_user(), make_coordinator()
    question = services.ask(call, by=asker, text=" As freguesias? ")
    assert services.ask(call, by=asker, text="As freguesias?") == question
    with pytest.raises(ReasonMissing):
        services.answer(question, by=by, text=" ")
    with pytest.raises(ChangedMeanwhile):
        services.answer(question, by=by, text="Sim.", seen="Não.")
    services.answer(question, by=by, text=" Sim. ", seen="")
    services.answer(question, by=by, text="Sim, todas.", seen="Sim.")
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("Sim, todas.", by)
    assert [mail.to for mail in OutboxMail.objects.filter(key=f"answered:{question.pk}")] == [asker.email]
    assert call.events.filter(kind="answered").count() == 1
    assert asker.email not in str(call.events.get(kind="answered").detail)


def test_addresses_of_pages_are_never_those_of_calls_and_titles_may_repeat():
    slugs = [make_draft(title=title).slug for title in ("Manage", "following", "Apoio", "Apoio", "🌱", "new")]
    assert slugs == ["manage-2", "following-2", "apoio", "apoio-2", "call", "new-2"]
