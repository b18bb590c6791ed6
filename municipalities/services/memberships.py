"""What changes in the network's membership."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.errors import MembershipDatesWrong, MembershipEnded
from municipalities.models import Membership, Municipality
from municipalities.services import acting
from network_portal.audit import services as audit
from network_portal.common.templatetags.portal import date_in_words


@transaction.atomic
def join_network(municipality: Municipality, *, kind: str, since: date, by) -> Membership:
    """Make the town a founder, member or observer from ``since``; a change of kind ends the membership before, and the
    contact goes over to the new one.

    Asking twice returns the open membership. Raises MembershipDatesWrong when ``since`` is not after what came before.
    """
    acting.lock(municipality)
    latest = municipality.memberships.order_by("-since", "-pk").first()
    if latest and latest.until is None and latest.kind == kind:
        return latest
    if latest and (since <= latest.since or (latest.until and since < latest.until)):
        raise MembershipDatesWrong(_("The new membership must begin after the one before."))
    contact = {}
    if latest and latest.until is None:
        contact = {"contact_name": latest.contact_name, "contact_email": latest.contact_email}
        latest.until, latest.contact_name, latest.contact_email = since, "", ""
        latest.save(update_fields=["until", *contact])
    membership = municipality.memberships.create(kind=kind, since=since, **contact)
    audit.record("membership.began", about=f"municipality:{municipality.pk}", by=by, kind=kind, since=since.isoformat())
    return membership


@transaction.atomic
def name_contact(membership: Membership, *, name: str, email: str, by) -> Membership:
    """Say to whom the network writes; empty texts say that there is nobody. The log says that it changed, never whom.

    Raises MembershipEnded: nobody would see the contact of one that is over.
    """
    acting.lock(membership.municipality)
    membership = Membership.objects.select_related("municipality").get(pk=membership.pk)
    if membership.has_ended:
        raise _ended(membership)
    if (membership.contact_name, membership.contact_email) != (name, email):
        membership.contact_name, membership.contact_email = name, email
        membership.save(update_fields=["contact_name", "contact_email"])
        audit.record("membership.contact", about=f"municipality:{membership.municipality_id}", by=by, is_set=bool(email))
    return membership


@transaction.atomic
def leave_network(membership: Membership, *, until: date, by) -> Membership:
    """End the town's open membership; ``until`` is the first day outside. Twice is the same as once.

    Raises MembershipEnded when it is not the open one, MembershipDatesWrong when ``until`` is not after the first day.
    """
    acting.lock(membership.municipality)
    membership = Membership.objects.select_related("municipality").get(pk=membership.pk)
    if membership.until == until:
        return membership
    if membership.until is not None:
        raise _ended(membership)
    if until <= membership.since:
        raise MembershipDatesWrong(
            _("The membership began on %(day)s. Enter a later day.") % {"day": date_in_words(membership.since)}
        )
    membership.until = until
    membership.save(update_fields=["until"])
    about = f"municipality:{membership.municipality_id}"
    audit.record("membership.ended", about=about, by=by, until=until.isoformat())
    return membership


def _ended(membership: Membership) -> MembershipEnded:
    words = {"name": membership.municipality.label}
    return MembershipEnded(_("This membership of %(name)s has an end already. Nothing was changed.") % words)
