"""Who wrote the practices of the demonstration, who sent them for review, and who reviewed them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from municipalities.models import Affiliation, Municipality
from network_portal.demo.data.sign_ins import COORDINATOR, REVIEWER
from network_portal.users.models import User
from webinars.models import Registration

Kind = Affiliation.Kind


@dataclass(frozen=True)
class People:
    """Of the towns from which nobody is known, the coordinator writes and sends."""

    coordinator: User
    reviewer: User  # who takes the first look where there are two
    writers: dict[int, User]  # by town
    senders: dict[int, User]  # by town; focal points

    def writer_of(self, town: Municipality) -> User:
        return self.writers.get(town.pk, self.coordinator)

    def sender_of(self, town: Municipality) -> User:
        return self.senders.get(town.pk, self.coordinator)


def gather(towns: Iterable[Municipality], accounts: dict[str, User]) -> People:
    """Staff writes and a focal point sends, who may be the same. A town without either gets a focal point: the first of its
    people who registered for a webinar."""
    rows = list(Affiliation.objects.confirmed().filter(municipality__in=towns).select_related("person").order_by("-pk"))
    rows += _focal_points([town for town in towns if town.pk not in {row.municipality_id for row in rows}])
    senders = {row.municipality_id: row.person for row in rows if row.kind == Kind.FOCAL_POINT}
    writers = senders | {row.municipality_id: row.person for row in rows if row.kind == Kind.STAFF}
    return People(accounts[COORDINATOR], accounts[REVIEWER], writers, senders)


def _focal_points(towns: list[Municipality]) -> list[Affiliation]:
    """Written at once, so that no mail is owed to them."""
    known = Registration.objects.filter(municipality__in=towns).exclude(person=None).order_by("-person")
    people = {row.municipality_id: row.person for row in known.select_related("person")}
    facts = {"kind": Kind.FOCAL_POINT, "state": Affiliation.State.CONFIRMED, "proof": Affiliation.Proof.PERSON}
    return Affiliation.objects.bulk_create(
        Affiliation(person=person, municipality_id=town, decided_at=timezone.now(), **facts) for town, person in people.items()
    )
