"""What a focal point does for the colleagues: invite, share the role, give it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities import emails
from municipalities.errors import NotConfirmed, TooManyRequests
from municipalities.models import Affiliation, Municipality
from municipalities.services import acting
from municipalities.services.affiliations import confirm_affiliation
from network_portal.users.models import User
from network_portal.users.services import person_for

Kind, State, Proof = Affiliation.Kind, Affiliation.State, Affiliation.Proof
MOST_INVITED = 50  # invitations of one town that nobody has answered


@transaction.atomic
def invite_colleague(municipality: Municipality, *, email: str, name: str, by: User, function: str = "") -> Affiliation:
    """Offer somebody to belong to the town; nothing holds before the person accepts. The account is made when it is new.

    Who had asked is confirmed. Inviting again owes one more mail a day. Raises TooManyRequests.
    """
    person = person_for(email, language=by.language, name=name)
    town = acting.lock(municipality)
    affiliation = person.affiliations.live().filter(municipality=town).first()
    if affiliation is None:
        if town.affiliations.invited().count() >= MOST_INVITED:
            raise TooManyRequests(
                _("%(count)s invitations wait for an answer. Take some back before you invite more.") % {"count": MOST_INVITED}
            )
        fields = {"state": State.INVITED, "asked_by": by, "function": function}
        affiliation = Affiliation.objects.create(person=person, municipality=town, **fields)
        acting.note(affiliation, "invited", by=by)
    affiliation.municipality = town
    if affiliation.state == State.ASKED:
        return confirm_affiliation(affiliation, by=by)
    if affiliation.state == State.INVITED:
        affiliation.asked_at, affiliation.asked_by = timezone.now(), by  # the new mail's link holds from now on
        affiliation.save(update_fields=["asked_at", "asked_by"])
        emails.queue_invited(affiliation, by=by)
    return affiliation


@transaction.atomic
def accept_invitation(affiliation: Affiliation) -> Affiliation:
    """The invited person says yes. Twice is the same as once. Raises NotWaiting."""
    affiliation = acting.fresh(affiliation)
    if affiliation.is_confirmed:
        return affiliation
    acting.check_waiting(affiliation, State.INVITED)
    return acting.confirm(affiliation, proof=Proof.PERSON, by=affiliation.asked_by, is_told=False)


@transaction.atomic
def decline_invitation(affiliation: Affiliation) -> Affiliation:
    """The invited person says no. Twice is the same as once. Raises NotWaiting."""
    affiliation = acting.fresh(affiliation)
    if affiliation.state == State.REFUSED:
        return affiliation
    acting.check_waiting(affiliation, State.INVITED)
    affiliation.state, affiliation.decided_at, affiliation.decided_by = State.REFUSED, timezone.now(), affiliation.person
    affiliation.save(update_fields=["state", "decided_at", "decided_by"])
    emails.withdraw(affiliation)
    acting.note(affiliation, "declined", by=affiliation.person)
    return affiliation


@transaction.atomic
def make_focal_point(affiliation: Affiliation, *, by: User) -> Affiliation:
    """Let a colleague look after the others. Twice is the same as once. Raises NotConfirmed."""
    affiliation = acting.fresh(affiliation)
    _check_confirmed(affiliation)
    if affiliation.kind == Kind.FOCAL_POINT:
        return affiliation
    _write_kind(affiliation, Kind.FOCAL_POINT)
    emails.queue_focal_point(affiliation)
    for waiting in affiliation.municipality.affiliations.asked().select_related("person", "municipality"):
        emails.queue_asked(waiting)
    acting.note(affiliation, "made_focal_point", by=by)
    return affiliation


@transaction.atomic
def make_staff(affiliation: Affiliation, *, by: User) -> Affiliation:
    """Take the role of focal point back; the person still belongs to the town. Raises NotConfirmed, LastFocalPoint."""
    affiliation = acting.fresh(affiliation)
    _check_confirmed(affiliation)
    if affiliation.kind == Kind.STAFF:
        return affiliation
    acting.keep_a_focal_point(affiliation)
    emails.withdraw_asked(affiliation)
    _write_kind(affiliation, Kind.STAFF)
    if by.pk != affiliation.person_id:
        emails.queue_staff(affiliation)
    acting.note(affiliation, "made_staff", by=by)
    return affiliation


def _write_kind(affiliation: Affiliation, kind: str) -> None:
    affiliation.kind = kind
    affiliation.save(update_fields=["kind"])
    emails.withdraw(affiliation)


def _check_confirmed(affiliation: Affiliation) -> None:
    if not affiliation.is_confirmed:
        raise NotConfirmed(_("%(name)s does not belong to the municipality any more.") % {"name": affiliation.person})
