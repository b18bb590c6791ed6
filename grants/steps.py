"""The four plain steps of every support, and which of them a call has come to."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models import Call
from grants.words import deadline
from network_portal.common.templatetags.portal import date_in_words

AT = {"coming": 0, "open": 1, "closed": 2, "resolved": 3}  # a call that was cancelled or is void stands nowhere
AFTERWARDS = {
    Call.Kind.SUBSIDY: gettext_lazy("Who got support shows what was done and how the money was spent."),
    Call.Kind.FORMULA: gettext_lazy("Each municipality shows what was done and certifies the expenses."),
    Call.Kind.PRIZE: gettext_lazy("No expenses to justify: the work that won is presented in public."),
    Call.Kind.LOAN: gettext_lazy("What was lent is given back as it was, and its state is noted by both sides."),
}


@dataclass
class Step:
    """``state`` is "done", "now" or "ahead"."""

    name: str
    text: str
    state: str


def steps(call: Call, now: datetime) -> list[Step]:
    """Application, award, justification, finished; all ahead for a call that stands nowhere."""
    current = AT.get(call.phase_at(now), 0)
    rows = [
        (_("Application"), _application(call, now)),
        (_("Award"), _award(call)),
        (_("Justification"), str(AFTERWARDS[call.kind])),
        (_("Finished"), _("The accounts are settled and everybody can read what came of it.")),
    ]
    return [
        Step(name, text, "done" if n < current else "now" if n == current else "ahead")
        for n, (name, text) in enumerate(rows, start=1)
    ]


def _application(call: Call, now: datetime) -> str:
    if call.phase_at(now) not in ("coming", "open", "closed"):
        return _("Prepare what is asked for and send it before the deadline.")
    return _("Prepare what is asked for and send it before the deadline: %(deadline)s.") % {"deadline": deadline(call, now)}


def _award(call: Call) -> str:
    if call.state == Call.State.RESOLVED:
        return _("The applications were compared and the result is on this page.")
    if call.resolution_due_on:
        words = {"day": date_in_words(call.resolution_due_on)}
        return _("The applications are compared by the rules of this page. Result by %(day)s.") % words
    return _("The applications are compared by the rules of this page and the result is published here.")
