"""What every deed on the people of a municipality begins with, and the few things that several deeds do."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities import emails
from municipalities.errors import LastFocalPoint, NotWaiting
from municipalities.models import Affiliation, MailDomain, Municipality
from network_portal.audit.services import record
from network_portal.users.models import User
from network_portal.users.services import has_proved_address


def lock(municipality: Municipality) -> Municipality:
    """The town as it is now; until the end of the transaction nobody else changes who belongs to it.

    Registrations that point to the town do not wait for this lock.
    """
    return Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)


def fresh(affiliation: Affiliation) -> Affiliation:
    """The affiliation as it is now, its town locked."""
    town = lock(affiliation.municipality)
    affiliation = Affiliation.objects.select_related("person", "asked_by").get(pk=affiliation.pk)
    affiliation.municipality = town
    return affiliation


def check_waiting(affiliation: Affiliation, state: str) -> None:
    """Raises NotWaiting when it is not ``asked`` or ``invited`` any more."""
    if affiliation.state != state:
        raise NotWaiting(_("This was answered or taken back meanwhile. Nothing was changed."))


def domains_of(emails: Iterable[str]) -> dict[str, MailDomain]:
    """For each address the longest known domain, sub-domains included; none for addresses without one. One query."""
    possible = {email: _possible_domains(email) for email in emails}
    rows = MailDomain.objects.filter(domain__in={domain for domains in possible.values() for domain in domains})
    known = {row.domain: row for row in rows.select_related("municipality")}
    found = {email: next((known[domain] for domain in domains if domain in known), None) for email, domains in possible.items()}
    return {email: row for email, row in found.items() if row}


def _possible_domains(email: str) -> list[str]:
    """The longest first: "a.b.pt", "b.pt"."""
    labels = email.rpartition("@")[2].strip().lower().split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def proves(person: User, town: Municipality) -> bool:
    """Whether the person's own, verified address is one of the town's, by a domain that was checked with it, and nobody there
    has said no to them."""
    domain = domains_of([person.email]).get(person.email)
    is_the_towns = domain is not None and domain.municipality_id == town.pk and domain.checked_at is not None
    return is_the_towns and has_proved_address(person) and not was_turned_away(person, town)


def was_turned_away(person: User, town: Municipality) -> bool:
    """Whether the last that anybody decided about the person and the town was to remove or to refuse them; who says no to an
    invitation decides that for themselves. No address outweighs it, only another word of a person."""
    last = person.affiliations.filter(municipality=town).exclude(decided_at=None).order_by("-pk").first()
    if last is None:
        return False
    return last.was_removed or (last.state == Affiliation.State.REFUSED and last.decided_by_id != person.pk)


def confirm(affiliation: Affiliation, *, proof: str, by: User | None, is_told: bool) -> Affiliation:
    """Write it; the caller holds the lock. ``is_told`` when the person is not the one who sees this happen."""
    affiliation.state, affiliation.proof = Affiliation.State.CONFIRMED, proof
    affiliation.decided_at, affiliation.decided_by = timezone.now(), by
    affiliation.save(update_fields=["state", "proof", "decided_at", "decided_by", "function"])
    emails.withdraw(affiliation)
    if is_told:
        emails.queue_confirmed(affiliation)
    note(affiliation, "confirmed", by=by, proof=proof)
    return affiliation


def confirm_who_proves(town: Municipality) -> None:
    """Those who wait, and whose address has become proof enough."""
    for affiliation in town.affiliations.asked().select_related("person", "municipality"):
        if proves(affiliation.person, town):
            confirm(affiliation, proof=Affiliation.Proof.DOMAIN, by=None, is_told=True)


def end(affiliation: Affiliation, *, is_removed: bool = False) -> None:
    """Write that it is over; the caller holds the lock and says why."""
    affiliation.state, affiliation.ended_at = Affiliation.State.ENDED, timezone.now()
    affiliation.was_removed = is_removed
    affiliation.save(update_fields=["state", "ended_at", "was_removed"])
    emails.withdraw(affiliation)


def keep_a_focal_point(affiliation: Affiliation) -> None:
    """Raises LastFocalPoint when nobody else could look after the town's people; the caller holds the lock."""
    others = affiliation.municipality.affiliations.focal_points().exclude(pk=affiliation.pk)
    if not others.exists():
        words = {"name": affiliation.person, "town": affiliation.municipality.label}
        raise LastFocalPoint(_("%(name)s is the only focal point of %(town)s. Make somebody else a focal point first.") % words)


def note(affiliation: Affiliation, action: str, *, by: User | None, **detail) -> None:
    """In the log of the whole portal, without names."""
    record(f"affiliation.{action}", about=affiliation.mail_subject, by=by, town=affiliation.municipality_id, **detail)
