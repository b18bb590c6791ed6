"""When two people change the same call: who was first, and where the texts differ."""

from dataclasses import dataclass

from grants.manage_forms_whole import ROWS, CallForms
from grants.models import Call
from network_portal.audit.models import Entry

ASIDE = ("call.answered", "call.file_added", "call.file_removed")


@dataclass(frozen=True)
class Difference:
    """One field that is stored otherwise than it was typed."""

    label: str
    stored: str
    typed: str


def last_editor(call: Call) -> Entry | None:
    """The newest note in the audit log that changed the call itself."""
    changes = Entry.objects.filter(about=call.mail_subject).exclude(action__in=ASIDE)
    return changes.select_related("by").order_by("-at", "-pk").first()


def differences(typed: CallForms, call: Call) -> list[Difference]:
    """What stands otherwise in the table than in the bound forms, both as a person reads it."""
    stored = CallForms(call)
    found = [
        Difference(str(bound.label), _shown(stored.main[bound.name]), _shown(bound))
        for bound in typed.main
        if bound.name in stored.main.fields
    ]
    for name in ROWS:
        now, mine = (_rows(getattr(forms, name)) for forms in (stored, typed))
        found.append(Difference(_label(typed, name), now, mine))
    return [one for one in found if one.stored != one.typed]


def _label(typed: CallForms, name: str) -> str:
    return str(getattr(typed, name).form.base_fields["title"].label)


def _shown(bound) -> str:
    """The words of a field: the labels of what is chosen, else the text."""
    value = bound.value()
    if hasattr(bound.field, "choices"):
        chosen = {str(getattr(one, "pk", one)) for one in (value if isinstance(value, (list, tuple)) else [value])}
        return ", ".join(str(label) for key, label in bound.field.choices if str(key) in chosen)
    return " ".join(str("" if value is None else value).split())


def _rows(formset) -> str:
    return "; ".join(
        " · ".join(str(row[name] or "") for name in ("title", "weight", "text", "note") if row.get(name))
        for row in formset.typed()
    )
