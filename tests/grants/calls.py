"""Calls as the services leave them, for tests."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from grants import services
from grants.models import Call, Follow
from grants.services import CallParts
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_user, number_of

WEEK = timedelta(days=7)
PARTS = CallParts(
    applicants=["association"],
    criteria=[("Qualidade", "O que muda.", 60), ("Alcance", "", 40)],
    documents=[("Orçamento", "")],
)  # fmt: skip


def fields_of_call(**fields) -> dict:
    """What a subsidy needs before it is published; open now, a week to go."""
    now = timezone.now().replace(microsecond=0)
    return {
        "title": f"Apoio {next(number_of)}", "kind": "subsidy", "summary": "Um apoio.", "text": "Um **texto**.",
        "budget": Decimal("10000"), "opens_at": now - WEEK, "closes_at": now + WEEK, "how_to_apply": "Por correio.",
        "regulatory_basis": "Regulamento 1/2026", "contact_email": "apoios@rede.example",
    } | fields  # fmt: skip


def make_draft(*, by=None, parts: CallParts = PARTS, **fields) -> Call:
    return services.save_draft(None, by=by or make_coordinator(), parts=parts, **fields_of_call(**fields))


def make_call(state: str = "open", *, by=None, parts: CallParts = PARTS, **fields) -> Call:
    """A call in a state or, published, in a phase: draft, coming, open, closed, resolved, cancelled, void."""
    by, now = by or make_coordinator(), timezone.now().replace(microsecond=0)
    if state == "coming":
        fields = {"opens_at": now + WEEK, "closes_at": now + 2 * WEEK} | fields
    call = make_draft(by=by, parts=parts, **fields)
    if state == "draft":
        return call
    call = services.publish(call, by=by)
    if state in ("closed", "resolved", "void") and "closes_at" not in fields:
        close(call, now - timedelta(days=1))
    if state == "resolved":
        services.resolve(call, by=by, result=services.Result("Um projeto apoiado."))
    elif state == "void":
        services.declare_void(call, by=by, reason="Ninguém se candidatou.")
    elif state == "cancelled":
        services.cancel(call, by=by, reason="Sem verba.")
    call.refresh_from_db()
    return call


def close(call: Call, at: datetime) -> Call:
    """As if the clock had gone on: ``call`` closed at ``at``."""
    Call.objects.filter(pk=call.pk).update(opens_at=at - WEEK, published_at=at - WEEK, closes_at=at)
    call.refresh_from_db()
    return call


def make_follower(call: Call, **fields):
    person = make_user(**fields)
    Follow.objects.create(person=person, call=call, since=call.created_at - timedelta(days=400))
    return person


def whole(call: Call) -> dict:
    """Everything of a call that a failed deed must leave as it was."""
    call = Call.objects.get(pk=call.pk)
    rows = (call.applicants, call.territories, call.criteria, call.required_documents, call.award_lines, call.events, call.files)
    return {
        "call": {field.attname: getattr(call, field.attname) for field in Call._meta.concrete_fields},
        "themes": set(call.themes.values_list("pk", flat=True)),
        "rows": [list(row.order_by("pk").values()) for row in rows],
        "mails": list(OutboxMail.objects.order_by("pk").values("key", "state")),
    }


def queued(kind: str = "") -> list[str]:
    """Keys of the mails that are still to go out."""
    return list(OutboxMail.objects.filter(state="queued", key__startswith=kind).order_by("pk").values_list("key", flat=True))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
