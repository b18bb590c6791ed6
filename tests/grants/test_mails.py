"""The mails of calls: who gets which, when a reminder is due to the second, and what takes mails back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from grants import emails, services
from grants.models import Call, CallEvent, Follow
from network_portal.mail.models import OutboxMail
from network_portal.vocabularies.models import Term
from tests.factories import make_coordinator, make_user
from tests.grants.calls import PARTS, CallParts, at, close, make_call, make_draft, make_follower, queued

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

CLOSINGS = [
    ("Europe/Lisbon", "2027-12-04T17:00"),
    ("Atlantic/Azores", "2027-12-04T17:00"),
    ("Europe/Madrid", "2027-12-04T17:00"),
    # clocks change between the reminder and the closing, or on its very day
    ("Europe/Lisbon", "2027-03-28T23:59"),
    ("Atlantic/Azores", "2027-03-28T12:00"),
    ("Europe/Madrid", "2027-10-31T23:59"),
    ("Atlantic/Azores", "2027-10-31T00:30"),  # comes twice: the first
    ("Europe/Lisbon", "2027-11-01T09:00"),
]


def closing_call(zone: str, local: str) -> Call:
    """A call that was published long ago and closes then, with one follower."""
    call = make_call(time_zone=zone)
    close(call, datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
    Call.objects.filter(pk=call.pk).update(opens_at=LONG_AGO, published_at=LONG_AGO)
    call.refresh_from_db()
    make_follower(call)
    return call


@pytest.mark.parametrize(("zone", "local"), CLOSINGS)
@pytest.mark.parametrize(
    ("before", "offset", "due"),
    [(7, -1, 0), (7, 0, 1), (7, 1, 1), (1, -1, 1), (1, 0, 1), (1, 1, 1), (0, -1, 1), (0, 0, 1), (0, 1, 0)],
)
def test_reminders_to_the_second(zone, local, before, offset, due):
    """At nine in the morning of the call's zone, so many days before the one on which it closes."""
    call = closing_call(zone, local)
    nine = datetime.fromisoformat(local).replace(hour=9, minute=0, tzinfo=ZoneInfo(zone)) - before * DAY
    moment = nine.astimezone(UTC) if before else call.closes_at
    assert services.queue_due_closings(now=moment + offset * SECOND) == due
    if due:
        days = 7 if before == 7 or (before == 1 and offset < 0) else 1
        assert queued("closing:")[0].split(":")[2] == str(days)
        assert OutboxMail.objects.get(key__startswith="closing:").send_before == call.closes_at


def test_each_reminder_once_and_the_later_one_too():
    call = closing_call("Europe/Lisbon", "2027-12-04T17:00")
    minutes = [call.closes_at - timedelta(days=8) + n * timedelta(hours=1) for n in range(24 * 8)]
    assert sum(services.queue_due_closings(now=now) for now in minutes) == 2
    assert [key.split(":")[2] for key in queued("closing:")] == ["7", "1"]


def test_after_days_off_only_the_nearer_reminds():
    call = closing_call("Europe/Lisbon", "2027-12-04T17:00")
    assert services.queue_due_closings(now=call.closes_at - timedelta(hours=3)) == 1
    assert queued("closing:")[0].split(":")[2] == "1"


def test_who_follows_after_the_hour_is_reminded_of_the_next():
    call = closing_call("Europe/Lisbon", "2027-12-04T17:00")
    Follow.objects.update(since=at("2027-11-27T09:00:01+00:00"))
    assert services.queue_due_closings(now=call.closes_at - 6 * DAY) == 0
    assert services.queue_due_closings(now=call.closes_at - DAY) == 1


def test_who_was_just_told_that_it_is_published_is_not_reminded():
    call = closing_call("Europe/Lisbon", "2027-12-04T17:00")
    Call.objects.filter(pk=call.pk).update(published_at=call.closes_at - 5 * DAY)
    assert services.queue_due_closings(now=call.closes_at - 4 * DAY) == 0
    assert services.queue_due_closings(now=call.closes_at - DAY) == 1


def test_the_subject_names_the_date_which_is_true_whenever_it_is_read():
    call = closing_call("Europe/Lisbon", "2027-12-04T17:00")
    services.queue_due_closings(now=call.closes_at - DAY)
    subject = OutboxMail.objects.get().subject.replace("\xa0", " ")
    assert subject == f"Fecha a 4 de dezembro às 17:00: {call.title}"


def test_who_was_just_told_of_an_extension_is_not_reminded_as_well():
    call = closing_call("Europe/Lisbon", "2027-12-04T17:00")
    services.extend(call, by=make_coordinator(), closes_at=call.closes_at + DAY, reason="Avaria.")
    CallEvent.objects.filter(kind="extended").update(at=call.closes_at - 3 * DAY)
    assert services.queue_due_closings(now=call.closes_at - 2 * DAY) == 0
    assert services.queue_due_closings(now=call.closes_at) == 1
    assert queued("closing:")[0].split(":")[2] == "1"


@pytest.mark.parametrize("state", ["draft", "coming", "closed", "resolved", "cancelled", "void"])
def test_only_open_calls_remind(state):
    call = make_call(state)
    make_follower(call)
    moment = call.closes_at - timedelta(hours=1) if state != "coming" else call.opens_at - SECOND
    if state in ("draft", "resolved", "cancelled", "void"):
        assert services.queue_due_closings(now=moment) == 0
    else:
        assert (
            services.queue_due_closings(now=call.closes_at + SECOND)
            == services.queue_due_closings(now=call.opens_at - SECOND)
            == 0
        )
    assert queued("closing:") == []


def test_reminders_move_with_an_extension():
    by, call = make_coordinator(), make_call()
    make_follower(call)
    Call.objects.filter(pk=call.pk).update(opens_at=LONG_AGO, published_at=LONG_AGO)
    now = call.closes_at - 6 * DAY
    assert services.queue_due_closings(now=now) == 1
    old = queued("closing:")
    call = services.extend(call, by=by, closes_at=call.closes_at + 10 * DAY, reason="Avaria.")
    assert queued("closing:") == []
    assert services.queue_due_closings(now=now) == 0
    assert services.queue_due_closings(now=call.closes_at - 6 * DAY) == 1  # its hour is past, whenever in the day it closes
    assert queued("closing:") != old


def theme_follower(theme: Term, **fields):
    person = make_user(**fields)
    services.follow_themes([theme], by=person)
    return person


def test_news_of_a_theme_reach_who_follows_it_once():
    theme, other = Term.objects.of("theme")[:2]
    parts = CallParts(themes=[theme], applicants=["school"], criteria=[("Tudo", "", 100)])
    by = make_coordinator()
    both, reader = theme_follower(theme, language="pt"), theme_follower(theme, language="en")
    theme_follower(other)
    gone = theme_follower(theme)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    call = make_draft(by=by, parts=parts, title="Bibliotecas iguais")
    services.follow_call(call, by=both)
    services.publish(call, by=by)
    mails = {mail.to: mail for mail in OutboxMail.objects.all()}
    assert set(mails) == {both.email, reader.email}
    assert mails[both.email].subject == "Novo apoio: Bibliotecas iguais"
    assert mails[reader.email].subject == "New call: Bibliotecas iguais"


NEWS = {
    "extended": (lambda c, by: services.extend(c, by=by, closes_at=c.closes_at + DAY, reason="Avaria & atraso."), "Prazo até "),
    "corrected": (
        lambda c, by: services.correct(c, by=by, notice="Avaria & atraso.", parts=PARTS, budget=c.budget * 2),
        "Corrigido: ",
    ),
    "cancelled": (lambda c, by: services.cancel(c, by=by, reason="Avaria & atraso."), "Cancelado: "),
    "void": (lambda c, by: services.declare_void(closed(c), by=by, reason="Avaria & atraso."), "Sem apoios atribuídos: "),
    "resolved": (lambda c, by: services.resolve(closed(c), by=by, result=services.Result("Feito.")), "Resultado: "),
}


def closed(call: Call) -> Call:
    return close(call, call.opens_at + DAY)


@pytest.mark.parametrize("kind", NEWS)
def test_news_say_the_fact_first_and_why(kind):
    deed, subject = NEWS[kind]
    by, call = make_coordinator(), make_call(title="Casas de memória")
    person = make_follower(call, name="Rita")
    deed(call, by)
    mail = OutboxMail.objects.get(state="queued")
    assert (mail.to, mail.category, mail.template) == (person.email, "bulk", "grants/event")
    assert mail.subject.startswith(subject)
    assert mail.subject.endswith("Casas de memória")
    assert len(mail.subject) <= 60
    assert "Rita" in mail.text
    assert call.get_absolute_url() in mail.text
    if kind != "resolved":
        assert "Avaria & atraso." in mail.text
        assert "Avaria &amp; atraso." in mail.html


def test_a_long_title_never_stops_the_mail():
    by, call = make_coordinator(), make_call(title="Associações " * 16)
    make_follower(call)
    services.cancel(call, by=by, reason="Sem verba.")
    mail = OutboxMail.objects.get(state="queued")
    assert mail.subject.startswith("Cancelado: Associações")
    assert len(mail.subject) <= 60


def test_the_same_event_is_told_once():
    call = make_call()
    make_follower(call)
    event = CallEvent.objects.create(call=call, kind="cancelled")
    emails.queue_event(event)
    emails.queue_event(event)
    assert len(queued()) == 1


@pytest.mark.parametrize("stop", ["call", "theme", "call but not the theme"])
def test_who_stops_following_gets_nothing_that_still_waits(stop):
    by, theme = make_coordinator(), Term.objects.of("theme").first()
    call = make_call(by=by, parts=CallParts(**{**vars(PARTS), "themes": [theme]}))
    ana, other = make_follower(call), make_follower(call)
    if stop != "call":
        services.follow_themes([theme], by=ana)
    services.answer(services.ask(call, by=ana, text="E nós?"), by=by, text="Também.")
    call = services.extend(call, by=by, closes_at=call.closes_at + DAY, reason="Avaria.")
    emails.queue_closing(call, 7, [ana, other])
    services.unfollow_call(call, by=ana)
    if stop == "theme":
        services.follow_themes([], by=ana)
    waiting = OutboxMail.objects.filter(state="queued").order_by("template")
    kept = ["grants/answered", "grants/closing", "grants/event"] if stop == "call but not the theme" else ["grants/answered"]
    assert [mail.template for mail in waiting.filter(to=ana.email)] == kept
    assert [mail.template for mail in waiting.filter(to=other.email)] == ["grants/closing", "grants/event"]


def test_optional_mails_can_be_stopped_and_the_answer_cannot():
    by, call = make_coordinator(), make_call()
    person = make_follower(call)
    emails.queue_closing(call, 7, [person])
    services.answer(services.ask(call, by=person, text="E nós?"), by=by, text="Também.")
    services.extend(call, by=by, closes_at=call.closes_at + DAY, reason="Avaria.")
    texts = {mail.template: mail.text for mail in OutboxMail.objects.all()}
    assert {template: "/mail/unsubscribe/" in text for template, text in texts.items()} == {
        "grants/closing": True, "grants/answered": False, "grants/event": True,
    }  # fmt: skip


def test_the_answer_tells_only_who_asked():
    by, call = make_coordinator(), make_call()
    make_follower(call)
    person = make_user(language="en")
    question = services.ask(call, by=person, text="E nós?")
    services.answer(question, by=by, text="Também.")
    services.answer(question, by=by, text="Também, até dezembro.")
    mail = OutboxMail.objects.get()
    assert mail.to == person.email
    assert mail.subject.startswith("Your question is answered: ")
    assert "Também." in mail.text


def test_drafts_and_created_tell_nobody():
    call = make_draft()
    make_follower(call)
    emails.queue_event(CallEvent.objects.create(call=call, kind="created"))
    assert queued() == []


def test_every_mail_names_the_deadline_in_the_language_of_who_reads_it():
    by, call = make_coordinator(), make_call(closes_at=at("2027-07-10T17:00+01:00"))
    for language in ("pt", "en"):
        make_follower(call, language=language)
    services.extend(call, by=by, closes_at=at("2027-07-12T17:00+01:00"), reason="Houve uma avaria.")
    mails = {mail.language: mail.text + mail.html for mail in OutboxMail.objects.all()}
    assert mails["pt"].count("Candidaturas até segunda-feira") >= 2
    assert "Applications until" not in mails["pt"]
    assert mails["en"].count("Applications until Monday") >= 2


TOLD_OF_THE_DEADLINE = {
    "resolved": "As candidaturas terminaram: ",
    "void": "As candidaturas terminaram: ",
    "cancelled": "O prazo ia até ",
}


@pytest.mark.parametrize("state", TOLD_OF_THE_DEADLINE)
def test_news_of_an_end_does_not_sound_as_if_one_could_still_apply(state):
    by = make_coordinator()
    call = make_call("open" if state == "cancelled" else "closed", by=by)
    make_follower(call, language="pt")
    if state == "resolved":
        services.resolve(call, by=by, result=services.Result("Feito."))
    else:
        {"void": services.declare_void, "cancelled": services.cancel}[state](call, by=by, reason="Sem verba.")
    mail = OutboxMail.objects.get(key__startswith="call:", state="queued")
    assert TOLD_OF_THE_DEADLINE[state] in mail.text
    assert "Candidaturas até" not in mail.text
    assert ">Apoio por concurso<" in mail.html
