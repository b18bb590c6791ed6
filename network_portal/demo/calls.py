"""The calls of the demonstration: one of each kind, in different states.

What a coordinator would do goes through the same services; only the moments are put back afterwards. Nobody follows
anything while they are loaded, so no mail is owed.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone

from grants import files, services
from grants.models import Call, CallEvent, Question
from municipalities.models import Municipality
from network_portal.common.files import check
from network_portal.demo.data import calls as data
from network_portal.demo.data.sign_ins import COORDINATOR, STAFF
from network_portal.users.models import User
from network_portal.vocabularies.models import Term

DATA = Path(data.__file__).parent
ZONE = ZoneInfo("Europe/Lisbon")
LONGER = timedelta(days=7)
NOT_COLUMNS = {
    "opens", "closes", "published", "themes", "axes", "applicants", "territories", "criteria", "documents", "resolution_days",
    "lent_days", "file",
}  # fmt: skip


def load(accounts: dict[str, User]) -> None:
    """Everything, in the caller's transaction."""
    coordinator, staff = accounts[COORDINATOR], accounts[STAFF]
    today = timezone.localdate(timezone=ZONE)
    _draft(data.DRAFT, today, by=coordinator)
    for facts in (data.TOWNS, data.LOAN, data.TRAINING):
        _published(facts, today, by=coordinator)
    _resolved(_published(data.PRIZE, today, by=coordinator), today, by=coordinator)
    cancelled = _published(data.CANCELLED, today, by=coordinator)
    cancelled = services.cancel(cancelled, by=coordinator, reason=data.CANCELLATION)
    _put_back(cancelled, CallEvent.Kind.CANCELLED, _moment(today, -8, 11))
    void = services.declare_void(_published(data.VOID, today, by=coordinator), by=coordinator, reason=data.NOBODY)
    _put_back(void, CallEvent.Kind.VOID, _moment(today, -20, 12))
    open_call = _published(data.ASSOCIATIONS, today, by=coordinator)
    _ask(open_call, by=staff, answerer=coordinator, today=today)
    services.extend(open_call, by=coordinator, closes_at=open_call.closes_at + LONGER, reason=data.EXTENSION)
    _put_back(open_call, CallEvent.Kind.EXTENDED, _moment(today, -2, 15))
    services.follow_call(open_call, by=staff)
    services.follow_themes(list(Term.objects.of("theme").filter(code__in=["planning", "care"])), by=staff)


def _moment(today: date, days: int, hour: int) -> datetime:
    return datetime.combine(today + timedelta(days=days), time(hour), tzinfo=ZONE)


def _draft(facts: dict, today: date, *, by: User) -> Call:
    terms = {(term.vocabulary, term.code): term for term in Term.objects.filter(vocabulary__in=["theme", "axis"])}
    fields = {name: value for name, value in facts.items() if name not in NOT_COLUMNS} | data.CONTACT
    fields |= {"language": "pt", "time_zone": ZONE.key}
    if "lent_days" in facts:
        fields["lent_from"], fields["lent_until"] = (today + timedelta(days=n) for n in facts["lent_days"])
    if "resolution_days" in facts:
        fields["resolution_due_on"] = today + timedelta(days=facts["resolution_days"])
    parts = services.CallParts(
        themes=[terms["theme", code] for code in facts["themes"]],
        axes=[terms["axis", code] for code in facts["axes"]],
        applicants=facts["applicants"],
        territories=facts["territories"],
        criteria=facts["criteria"],
        documents=facts["documents"],
    )
    opens, closes = (_moment(today, *facts[name]) for name in ("opens", "closes"))
    call = services.save_draft(None, by=by, parts=parts, opens_at=opens, closes_at=closes, **fields)
    if "file" in facts:
        _attach(call, *facts["file"], by=by)
    return call


def _attach(call: Call, name: str, title: str, *, by: User) -> None:
    """A document of ``call`` that is kept beside the texts."""
    with (DATA / name).open("rb") as file:
        checked = check(file, name=name, size=(DATA / name).stat().st_size, kinds=files.KINDS, limit=files.LIMIT)
        files.add_file(call, by=by, file=file, checked=checked, title=title, is_accessible=True)


def _published(facts: dict, today: date, *, by: User) -> Call:
    """A call that was published some days ago. What is closed already is published as if it closed tomorrow."""
    call = _draft(facts, today, by=by)
    closes, published = call.closes_at, _moment(today, facts["published"], 10)
    Call.objects.filter(pk=call.pk, closes_at__lte=timezone.now()).update(closes_at=timezone.now() + timedelta(days=1))
    call = services.publish(call, by=by)
    Call.objects.filter(pk=call.pk).update(closes_at=closes, published_at=published, created_at=published, changed_at=published)
    call.events.update(at=published)
    call.refresh_from_db()
    return call


def _put_back(call: Call, kind: str, at: datetime) -> None:
    """Let what just happened have happened at ``at``."""
    call.events.filter(kind=kind).update(at=at)
    Call.objects.filter(pk=call.pk).update(changed_at=at)
    Call.objects.filter(pk=call.pk).exclude(ended_at=None).update(ended_at=at)


def _resolved(call: Call, today: date, *, by: User) -> None:
    codes = [code for _title, code, _what, _amount in data.RESULT["awards"]]
    towns = {town.code: town for town in Municipality.objects.filter(code_scheme="DICO", code__in=codes)}
    awards = [
        services.Award(beneficiary=title, municipality=towns[code], project=what, amount=Decimal(amount))
        for title, code, what, amount in data.RESULT["awards"]
    ]
    result = services.Result(text=data.RESULT["text"], applications=data.RESULT["applications"], awards=awards)
    services.resolve(call, by=by, result=result)
    _put_back(call, CallEvent.Kind.RESOLVED, _moment(today, -25, 12))


def _ask(call: Call, *, by: User, answerer: User, today: date) -> None:
    """One question with its answer, whose asker is not known any more (so no mail is owed), and one that waits."""
    asked = services.ask(call, by=by, text=data.ASKED)
    Question.objects.filter(pk=asked.pk).update(asked_by=None, asked_at=_moment(today, -12, 16))
    services.answer(asked, by=answerer, text=data.ANSWERED)
    Question.objects.filter(pk=asked.pk).update(answered_at=_moment(today, -10, 10))
    call.events.filter(kind=CallEvent.Kind.ANSWERED).update(at=_moment(today, -10, 10))
    waiting = services.ask(call, by=by, text=data.WAITING)
    Question.objects.filter(pk=waiting.pk).update(asked_at=_moment(today, -1, 9))
