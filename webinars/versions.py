"""When two people change the same webinar: who was first, and where the texts differ."""

from dataclasses import dataclass

from network_portal.audit.models import Entry
from webinars.manage_forms import WebinarForm, initial_of
from webinars.models import Webinar

CHANGES = ("webinar.created", "webinar.edited", "webinar.programme", "webinar.published", "webinar.cancelled")
OF_RECORDING = ("webinar.recording", "webinar.recording_published", "webinar.recording_taken_back")


@dataclass(frozen=True)
class Difference:
    """One field that was stored otherwise than it was typed."""

    label: str
    stored: str
    typed: str


def last_editor(webinar: Webinar, actions=CHANGES) -> Entry | None:
    """The newest note in the audit log that changed the webinar, or what ``actions`` change of it."""
    changes = Entry.objects.filter(about=webinar.mail_subject, action__in=actions)
    return changes.select_related("by").order_by("-at", "-pk").first()


def differences(form: WebinarForm, webinar: Webinar) -> list[Difference]:
    """The fields of the valid ``form`` that differ from what is stored, both sides as the form shows them."""
    stored = WebinarForm(initial=initial_of(webinar))
    found = []
    for bound in form:
        now = _shown(stored[bound.name].value())
        mine = _shown(bound.data)
        if bound.name == "other_themes":
            now, mine = _joined(webinar.other_themes.all()), _joined(form.cleaned_data["other_themes"])
        if now != mine:
            found.append(Difference(str(bound.label), now, mine))
    return found


def _joined(terms) -> str:
    return ", ".join(sorted(str(term) for term in terms))


def _shown(value) -> str:
    if hasattr(value, "pk"):
        value = value.pk
    return " ".join(str("" if value is None else value).split())
