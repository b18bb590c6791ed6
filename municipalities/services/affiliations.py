"""A person's way into a municipality and out of it: ask, be confirmed or refused, leave or be removed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities import emails
from municipalities.errors import ReasonMissing, TooManyRequests
from municipalities.links import VALID_FOR
from municipalities.models import Affiliation, Municipality, Presentation
from municipalities.services import acting
from network_portal.common.templatetags.portal import date_in_words
from network_portal.users.models import User

State, Proof = Affiliation.State, Affiliation.Proof
MOST_A_DAY = 5  # requests of one person: each is a mail to somebody
AFTER_A_REFUSAL = timedelta(days=7)  # the same may be asked again
KEPT_AFTER = timedelta(days=183)  # function and reason, once it is over


@transaction.atomic
def ask_affiliation(municipality: Municipality, *, by: User, function: str = "", name: str = "") -> Affiliation:
    """Ask to belong to the town. Confirmed at once when the person's verified address is the town's (unless somebody removed
    or refused them there), or when the person was invited; else the focal points are told, or the coordinators where there
    is none.

    Asking twice returns the live row, with the new ``function``; ``name`` is for an account that has none.
    Raises TooManyRequests.
    """
    if name and not by.name:
        by.name = name
        by.save(update_fields=["name"])
    town = acting.lock(municipality)
    affiliation = by.affiliations.live().filter(municipality=town).first()
    if affiliation is None:
        _check_patience(town, by)
        affiliation = Affiliation(person=by, municipality=town, asked_by=by)
    affiliation.municipality, affiliation.function = town, function or affiliation.function
    affiliation.save()
    if affiliation.state == State.INVITED:
        return acting.confirm(affiliation, proof=Proof.PERSON, by=affiliation.asked_by, is_told=False)
    if affiliation.state == State.ASKED and acting.proves(by, town):
        return acting.confirm(affiliation, proof=Proof.DOMAIN, by=None, is_told=False)
    if affiliation.state == State.ASKED:
        emails.queue_asked(affiliation)
    return affiliation


def _check_patience(town: Municipality, person: User) -> None:
    """Raises TooManyRequests."""
    now = timezone.now()
    refused = person.affiliations.filter(municipality=town, state=State.REFUSED, decided_at__gt=now - AFTER_A_REFUSAL)
    if last := refused.order_by("-decided_at").first():
        words = {"day": date_in_words(last.decided_at + AFTER_A_REFUSAL), "town": town.label}
        raise TooManyRequests(_("%(town)s refused your request. You can ask again on %(day)s.") % words)
    if person.affiliations.filter(asked_by=person, asked_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyRequests(_("You asked %(count)s municipalities today. Ask the others tomorrow.") % {"count": MOST_A_DAY})


@transaction.atomic
def confirm_affiliation(affiliation: Affiliation, *, by: User) -> Affiliation:
    """Take in who asked. Twice is the same as once. Raises NotWaiting."""
    affiliation = acting.fresh(affiliation)
    if affiliation.is_confirmed:
        return affiliation
    acting.check_waiting(affiliation, State.ASKED)
    return acting.confirm(affiliation, proof=Proof.PERSON, by=by, is_told=True)


@transaction.atomic
def refuse_affiliation(affiliation: Affiliation, *, by: User, reason: str) -> Affiliation:
    """Say no to who asked, with a reason that goes into the mail. Raises ReasonMissing, NotWaiting."""
    reason = reason.strip()
    if not reason:
        raise ReasonMissing(_("Give the reason: the person reads it in the e-mail"))
    affiliation = acting.fresh(affiliation)
    if affiliation.state == State.REFUSED:
        return affiliation
    acting.check_waiting(affiliation, State.ASKED)
    affiliation.state, affiliation.reason = State.REFUSED, reason
    affiliation.decided_at, affiliation.decided_by = timezone.now(), by
    affiliation.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    emails.withdraw(affiliation)
    emails.queue_refused(affiliation)
    acting.note(affiliation, "refused", by=by)
    return affiliation


@transaction.atomic
def end_affiliation(affiliation: Affiliation, *, by: User) -> Affiliation:
    """The person leaves or is removed; a request or an invitation is taken back. Twice is the same as once.

    Who is removed is told. Raises LastFocalPoint.
    """
    affiliation = acting.fresh(affiliation)
    if affiliation.state not in (State.ASKED, State.INVITED, State.CONFIRMED):
        return affiliation
    if affiliation.is_focal_point:
        acting.keep_a_focal_point(affiliation)
        emails.withdraw_asked(affiliation)
    is_removed = affiliation.is_confirmed and by.pk != affiliation.person_id
    acting.end(affiliation, is_removed=is_removed)
    if is_removed:
        emails.queue_removed(affiliation)
    acting.note(affiliation, "ended", by=by)
    return affiliation


@transaction.atomic
def forget_person(person: User) -> None:
    """End everything for somebody who is erased, the last focal point as well: the coordinators see towns that lost theirs.

    While the person still has the address: where a town names it as its service's, it goes.
    """
    for affiliation in person.affiliations.live().select_related("municipality").order_by("municipality", "pk"):
        affiliation = acting.fresh(affiliation)
        acting.end(affiliation)
        acting.note(affiliation, "ended", by=None, erased=True)
    person.affiliations.update(function="", reason="")
    Presentation.objects.filter(email__iexact=person.email).update(email="", changed_at=timezone.now())


def forget_due(*, now: datetime) -> int:
    """End invitations whose link does not hold any more, and take function and reason out of what was over half a year ago.
    The number of rows."""
    unanswered = Affiliation.objects.filter(state=State.INVITED, asked_at__lt=now - VALID_FOR)
    ended = sum(_end_unanswered(affiliation, now=now) for affiliation in unanswered.select_related("municipality"))
    over = Q(ended_at__lt=now - KEPT_AFTER) | Q(state=State.REFUSED, decided_at__lt=now - KEPT_AFTER)
    return ended + Affiliation.objects.filter(over).exclude(function="", reason="").update(function="", reason="")


@transaction.atomic
def _end_unanswered(affiliation: Affiliation, *, now: datetime) -> int:
    """Unless it was accepted, or sent anew, before the town was locked."""
    affiliation = acting.fresh(affiliation)
    if affiliation.state != State.INVITED or affiliation.asked_at >= now - VALID_FOR:
        return 0
    acting.end(affiliation)
    return 1
