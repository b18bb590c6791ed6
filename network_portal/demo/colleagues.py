"""Who belongs to the municipalities of the demonstration, and what they say of themselves.

Rows as the services would have left them months ago; no mail is owed for them.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from municipalities.models import Affiliation, MailDomain, Municipality, Presentation
from network_portal.demo.data import colleagues as data
from network_portal.demo.data.sign_ins import COORDINATOR
from network_portal.users.models import User
from network_portal.users.services import person_for

MONTH = timedelta(days=30.44)
LANGUAGE = "pt"
ANSWERED = timedelta(hours=20)  # after the request

Kind, State, Proof = Affiliation.Kind, Affiliation.State, Affiliation.Proof


def load(accounts: dict[str, User]) -> None:
    """Everything, in the caller's transaction."""
    named = {*data.COLLEAGUES, *data.PRESENTATIONS, *(row[0] for row in data.ASKED)}
    towns = {town.slug: town for town in Municipality.objects.filter(slug__in=named)}
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    focal_points = {
        slug: _colleagues(towns[slug], rows, now, coordinator=accounts[COORDINATOR]) for slug, rows in data.COLLEAGUES.items()
    }
    for slug, *who, days in data.ASKED:
        _waiting(towns[slug], who, now - timedelta(days=days), state=State.ASKED)
    for slug, *who, days in data.INVITED:
        _waiting(towns[slug], who, now - timedelta(days=days), state=State.INVITED, asked_by=focal_points[slug])
    for slug, texts in data.PRESENTATIONS.items():
        Presentation.objects.create(municipality=towns[slug], language=LANGUAGE, changed_by=focal_points[slug], **texts)
    _check_domains(now, by=accounts[COORDINATOR])


def _colleagues(town: Municipality, rows: list[tuple], now: datetime, *, coordinator: User) -> User:
    """The first, a focal point, was answered by the coordination; later ones by their address, or by that focal point."""
    first = None
    for email, name, function, kind, months in rows:
        person, asked_at = person_for(email, language=LANGUAGE, name=name), now - months * MONTH
        is_the_towns = MailDomain.objects.filter(municipality=town, domain=email.rpartition("@")[2]).exists()
        proof = Proof.DOMAIN if first and is_the_towns else Proof.PERSON
        decided = {"decided_at": asked_at + ANSWERED, "decided_by": None if proof == Proof.DOMAIN else first or coordinator}
        Affiliation.objects.create(
            person=person, municipality=town, kind=kind, function=function, state=State.CONFIRMED, proof=proof,
            asked_at=asked_at, asked_by=person, **decided,
        )  # fmt: skip
        first = first or person
    return first


def _waiting(town: Municipality, who: list[str], at: datetime, *, state: str, asked_by: User | None = None) -> None:
    email, name, function = who
    person = person_for(email, language=LANGUAGE, name=name)
    fields = {"state": state, "function": function, "asked_at": at, "asked_by": asked_by or person}
    Affiliation.objects.create(person=person, municipality=town, **fields)


def _check_domains(now: datetime, *, by: User) -> None:
    """Those of the invented people; the real ones stay suggestions, as nobody has asked the municipalities."""
    MailDomain.objects.filter(domain__endswith=".example").update(checked_at=now, checked_by=by)
