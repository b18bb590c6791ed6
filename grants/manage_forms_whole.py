"""The page of a call as one thing: its form, its rows, and the notice that a correction needs."""

from datetime import time

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from grants.manage_forms import MOMENTS, CallForm
from grants.manage_forms_rows import EMPTY_ROWS, row_forms
from grants.models import Call
from grants.services import CallParts
from grants.territories import FIELDS
from network_portal.common.text_fields import TextField

ROWS = ("criteria", "documents")
HOURS = {"opens_hour": time(9), "closes_hour": time(23, 59)}  # stand there already; without their day they say nothing
ANCHORS = {"criteria": "id_criteria-0-title", "opens_at": "id_opens_day", "closes_at": "id_closes_day"}


class NoticeForm(forms.Form):
    """What a correction says in public."""

    use_required_attribute = False

    notice = TextField(
        label=gettext_lazy("What you correct and why"),
        help_text=gettext_lazy("Everybody reads it on the page of the call, and who follows it in a mail."),
        limit=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Say what you correct and why")},
    )


class CallForms:
    """Every form of the page. A bound one judges what was typed; ``with_one_more`` only keeps it."""

    def __init__(self, call: Call | None, data=None, *, initial: dict | None = None, extra: dict | None = None):
        """``initial``: values of the call's form, of ``notice`` and of each kind of row; ``extra``: empty rows of each kind."""
        self.call = call
        initial = initial if initial is not None else initial_of(call)
        rows = {name: (extra or {}).get(name, EMPTY_ROWS) for name in ROWS}
        self.main = CallForm(data, initial=initial, call=call)
        self.criteria, self.documents = (
            row_forms(name, data, initial=initial.get(name), extra=extra) for name, extra in rows.items()
        )
        needs_notice = call is not None and call.state != Call.State.DRAFT
        self.notice = NoticeForm(data, initial=initial) if needs_notice else None

    @property
    def all(self) -> list:
        return [one for one in (self.notice, self.main, self.criteria, self.documents) if one is not None]

    def is_valid(self) -> bool:
        """Judges all of them, so that every error is shown at once."""
        return all([one.is_valid() for one in self.all])

    def with_one_more(self, name: str) -> "CallForms":
        """The same page with what was typed and one more empty row called ``name``."""
        typed = {field: self.main[field].value() for field in self.main.fields}
        typed |= {"criteria": self.criteria.typed(), "documents": self.documents.typed()}
        typed |= {"notice": self.notice["notice"].value()} if self.notice else {}
        extra = {row: self._empty(row) + (row == name) for row in ROWS}
        more = CallForms(self.call, initial=typed, extra=extra)
        if name in ROWS:
            getattr(more, name).focus(len(typed[name]), "title")
        return more

    def _empty(self, name: str) -> int:
        rows = getattr(self, name)
        return len(rows.forms) - len(rows.typed())

    @cached_property
    def problems(self) -> list[tuple[str, str]]:
        """Id of the field and sentence of each error, in the order of the page."""
        found = []
        for one in self.all:
            found += [("content", error) for error in _errors_of_all(one)]
            for form in one.forms if hasattr(one, "forms") else [one]:
                found += [(_id(field), error) for field in form for error in field.errors]
        return found

    @property
    def weights(self) -> int:
        """The sum of what stands in the rows, to be shown beside 100."""
        values = [str(row["weight"] or "") for row in self.criteria.typed()]
        return sum(int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 4)

    def answers(self) -> dict:
        """What the services take: the parts together, and the fields."""
        parts = CallParts(**self.main.parts(), criteria=self.criteria.rows(), documents=self.documents.rows())
        notice = {"notice": self.notice.cleaned_data["notice"]} if self.notice else {}
        return {"parts": parts, **notice, **self.main.fields_of_call()}


def _errors_of_all(one) -> list[str]:
    return one.non_form_errors() if hasattr(one, "forms") else one.non_field_errors()


def _id(field) -> str:
    return field.id_for_label or f"{field.auto_id}_0"


def anchor_of(name: str) -> str:
    """Where on the page the field of a call called ``name`` is."""
    return ANCHORS.get(name) or f"id_{name}"


def initial_of(call: Call | None) -> dict:
    """What the page shows of a stored call, or of a new one."""
    if call is None:
        return {"language": settings.LANGUAGE_CODE, "time_zone": settings.TIME_ZONE} | HOURS
    names = [field.name for field in Call._meta.concrete_fields if field.name in CallForm.base_fields]
    values = {name: getattr(call, name) for name in names}
    values |= {name: list(getattr(call, name).all()) for name in ("themes", "axes")}
    values["applicants"] = list(call.applicants.values_list("kind", flat=True))
    places = list(call.territories.order_by("level", "value"))
    values |= {name: [place.value for place in places if place.level == level] for name, level in FIELDS.items()}
    values["criteria"] = list(call.criteria.order_by("position").values("title", "text", "weight"))
    values["documents"] = list(call.required_documents.order_by("position").values("title", "note"))
    return values | HOURS | _moments_of(call)


def _moments_of(call: Call) -> dict:
    """Day, hour and, where clocks change, which of two hours."""
    values = {}
    for name, (day, hour, occurrence) in MOMENTS.items():
        stored = getattr(call, name)
        if stored is None:
            continue
        local = stored.astimezone(call.zone)
        values |= {day: local.date(), hour: local.time()}
        if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
            values[occurrence] = "second" if local.fold else "first"
    return values
