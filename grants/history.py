"""What happened to a call since it was published, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.eligibility import COUNTRIES, kinds_in_words
from grants.models import Call, CallEvent
from grants.words import moment_in_words
from network_portal.common.amounts import euros
from network_portal.common.templatetags.portal import date_in_words, thousands
from network_portal.vocabularies import reading
from network_portal.vocabularies.models import Vocabulary

WHAT = {
    CallEvent.Kind.PUBLISHED: gettext_lazy("Published"),
    CallEvent.Kind.CORRECTED: gettext_lazy("Corrected"),
    CallEvent.Kind.EXTENDED: gettext_lazy("Deadline extended"),
    CallEvent.Kind.ANSWERED: gettext_lazy("A question was answered"),
    CallEvent.Kind.RESOLVED: gettext_lazy("The result is public"),
    CallEvent.Kind.CANCELLED: gettext_lazy("Cancelled"),
    CallEvent.Kind.VOID: gettext_lazy("Ended without awards"),
}
VOCABULARIES = {"themes": Vocabulary.THEME, "axes": Vocabulary.AXIS}
PARTS = {
    "applicants": gettext_lazy("who may apply"),
    "territories": gettext_lazy("territory"),
    "criteria": gettext_lazy("criteria"),
    "documents": gettext_lazy("documents"),
}
LANGUAGES = dict(settings.LANGUAGES)
SHORT = 120  # characters of a value that is shown before and after; of longer ones only that they changed


@dataclass
class Change:
    """What a correction changed: a label, and before and after where they are short enough to be read side by side."""

    label: str
    before: str = ""
    after: str = ""


@dataclass
class Happening:
    at: datetime
    kind: str
    what: str
    text: str = ""
    changes: list[Change] = field(default_factory=list)


def history(call: Call, events: Iterable[CallEvent]) -> list[Happening]:
    """The events that everybody may know, the latest first."""
    shown = [event for event in events if event.kind in WHAT]
    return [
        Happening(event.at.astimezone(call.zone), event.kind, str(WHAT[event.kind]), event.text, changes(call, event))
        for event in reversed(shown)
    ]


def first_deadline(call: Call, events: Iterable[CallEvent]) -> datetime | None:
    """When ``call`` would have closed before it was first extended; None when it never was."""
    moved = [event.detail["closes_at"][0] for event in events if event.kind == CallEvent.Kind.EXTENDED]
    return datetime.fromisoformat(moved[0]).astimezone(call.zone) if moved else None


def changes(call: Call, event: CallEvent) -> list[Change]:
    """What ``event`` changed of ``call``, as everybody reads it."""
    pairs = {name: pair for name, pair in event.detail.items() if isinstance(pair, list) and len(pair) == 2}
    found = [_change(call, name, *pair, at=event.at) for name, pair in pairs.items()]
    return [change for change in found if change]


def _change(call: Call, name: str, before, after, *, at: datetime) -> Change | None:
    if name == "closes_at":
        words = [moment_in_words(_moment(call, value), at, call.time_zone) for value in (before, after)]
        return Change(_("closing"), *words)
    column = None if name in PARTS else _column(name)
    if column is None and name not in PARTS:
        return None
    label = str(PARTS[name] if column is None else column.verbose_name)
    if isinstance(column, models.TextField) or len(str(before)) > SHORT or len(str(after)) > SHORT:
        return Change(label)
    return Change(label, *(_written(call, name, column, str(value)) for value in (before, after)))


def _column(name: str) -> models.Field | None:
    try:
        column = Call._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return column if isinstance(column, models.Field) else None


def _moment(call: Call, text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(call.zone)


def _terms(call: Call) -> reading.Vocabularies:
    """Without a query where ``call`` was read with the version of the terms."""
    version = getattr(call, "terms_version", None)
    return reading.at(version) if version else reading.current()


def _written(call: Call, name: str, column: models.Field | None, text: str) -> str:
    """A stored value as the page writes it; a dash for none."""
    if not text:
        return "–"
    if name == "applicants":
        return kinds_in_words(text.split(", "))
    if name == "territories":
        return ", ".join(str(COUNTRIES.get(place, place)) for place in text.split(", "))
    if vocabulary := VOCABULARIES.get(name):
        return ", ".join(_terms(call).label_of(vocabulary, code) for code in text.split(", "))
    if name == "language":
        return str(LANGUAGES.get(text, text))
    if isinstance(column, models.DecimalField):
        return euros(Decimal(text))
    if isinstance(column, models.DateField):
        return date_in_words(date.fromisoformat(text[:10]))
    return thousands(int(text)) if isinstance(column, models.IntegerField) else text
