"""Everything that the page of a call shows, in four queries whatever hangs on the call."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, CharField, DecimalField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from grants.eligibility import Rules
from grants.models import Call, CallEvent, CallFile, Question
from municipalities.querysets import label_column
from network_portal.vocabularies.models import Term

FILES = ("file", "result_file")
TEXT = CharField(max_length=500)
COLUMNS = {  # what all lists share: the type and what stands where a list has nothing
    "text": (TEXT, ""),
    "number": (IntegerField(), 0),
    "amount": (DecimalField(max_digits=12, decimal_places=2), None),
    "key": (TEXT, ""),
    "flag": (BooleanField(), False),
}


class Part(NamedTuple):
    """A row of one of the lists of a call; what its columns hold depends on the list."""

    part: str
    place: int
    title: str
    text: str
    number: int
    amount: Decimal | None
    key: str
    flag: bool


@dataclass
class Whole:
    """A call with everything that hangs on it."""

    call: Call
    terms: list[Term]
    parts: list[Part]
    events: list[CallEvent]
    questions: list[Question]

    def of(self, name: str) -> list[Part]:
        return [part for part in self.parts if part.part == name]

    @cached_property
    def themes(self) -> list[Term]:
        return [term for term in self.terms if term.vocabulary == "theme"]

    @cached_property
    def axes(self) -> list[Term]:
        return [term for term in self.terms if term.vocabulary == "axis"]

    @cached_property
    def rules(self) -> Rules:
        return Rules(
            kinds=frozenset(part.title for part in self.of("applicant")),
            territories=tuple((part.text, part.title) for part in self.of("territory")),
            residents_from=self.call.residents_from,
            residents_to=self.call.residents_to,
        )

    @property
    def weights(self) -> int:
        """What the weights of the criteria add up to; 100 once the call is published."""
        return sum(part.number for part in self.of("criterion"))

    @cached_property
    def answered(self) -> list[Question]:
        return [question for question in self.questions if question.answered_at]

    @cached_property
    def awarded(self) -> Decimal | None:
        """The sum of the awards; None when no award has an amount."""
        amounts = [part.amount for part in self.of("award") if part.amount is not None]
        return sum(amounts) if amounts else None


def whole(call: Call) -> Whole:
    return Whole(
        call=call,
        terms=_terms(call),
        parts=_parts(call),
        events=list(call.events.exclude(kind=CallEvent.Kind.CREATED).order_by("at", "pk")),
        questions=list(call.questions.order_by("answered_at", "pk")),
    )


def rules_of(call: Call) -> Rules:
    """Who ``call`` is for; two queries."""
    return Rules(
        kinds=frozenset(call.applicants.values_list("kind", flat=True)),
        territories=tuple(call.territories.order_by("pk").values_list("level", "value")),
        residents_from=call.residents_from,
        residents_to=call.residents_to,
    )


def _terms(call: Call) -> list[Term]:
    of_call = Q(pk__in=call.themes.through.objects.filter(call=call).values("term"))
    of_call |= Q(pk__in=call.axes.through.objects.filter(call=call).values("term"))
    return list(Term.objects.filter(of_call).order_by("vocabulary", "position", "pk"))


def _parts(call: Call) -> list[Part]:
    files = call.files
    facts = {"text": F("file_name"), "number": F("size"), "key": F("uuid"), "flag": F("is_accessible")}
    first, *others = [
        _rows("applicant", call.applicants.all(), place=F("pk"), title=F("kind")),
        _rows("territory", call.territories.all(), place=F("pk"), title=F("value"), text=F("level")),
        _rows("criterion", call.criteria.all(), title=F("title"), text=F("text"), number=F("weight")),
        _rows("document", call.required_documents.all(), title=F("title"), text=F("note")),
        _rows("file", files.filter(kind=CallFile.Kind.DOCUMENT), place=F("pk"), title=F("title"), **facts),
        _rows("result_file", files.filter(kind=CallFile.Kind.RESULT), place=F("pk"), title=F("title"), **facts),
        _rows(
            "award", call.award_lines.all(), title=F("beneficiary"), text=F("project"), amount=F("amount"),
            key=label_column("municipality"),
        ),
    ]  # fmt: skip
    rows = first.union(*others, all=True).order_by("part_name", "part_place")
    parts = [Part(*row) for row in rows]
    # SQLite writes a UUID without hyphens
    return [part._replace(key=str(UUID(part.key))) if part.part in FILES else part for part in parts]


def _rows(name: str, rows: QuerySet, *, title, place=None, **columns) -> QuerySet:
    """The rows of one list in the columns that all lists share."""
    shared = {
        "part_name": Value(name, TEXT),
        "part_place": Cast(place if place is not None else F("position"), IntegerField()),
        "part_title": Cast(title, TEXT),
        **{f"part_{column}": Cast(columns.get(column, Value(empty)), type_) for column, (type_, empty) in COLUMNS.items()},
    }
    return rows.order_by().annotate(**shared).values_list(*shared)
