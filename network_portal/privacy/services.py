"""Erasing a person everywhere, and forgetting what is older than its time."""

from django.contrib.sessions.models import Session
from django.db import transaction

from goodpractices.services import forgetting as practices
from grants.services import forgetting as calls
from municipalities import services as municipalities
from municipalities.models import Membership
from network_portal.audit.services import record
from network_portal.mail.services import forget_address
from network_portal.users.models import User
from network_portal.users.services import close_for_good
from webinars.services import forgetting


@transaction.atomic
def erase(person: User, *, by: User | None = None) -> None:
    """Take ``person`` out of every table; the rows that figures and the log need stay, without name or address.

    Raises LastAdministrator. The figures of cycles and reports stay as they were (docs/adr/0006).
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    address = person.email
    practices.forget_person(person)
    forgetting.forget_person(person)
    calls.forget_person(person)
    person.follows.all().delete()
    municipalities.forget_person(person)
    Membership.objects.filter(contact_email__iexact=address).update(contact_name="", contact_email="")
    close_for_good(person)
    forget_address(address)
    _end_sessions(person)
    record("privacy.erased", about=f"user:{person.pk}", by=by)


def _end_sessions(person: User) -> None:
    """A session may hold what was typed; its content can be read only one by one."""
    mine = [s.pk for s in Session.objects.iterator() if s.get_decoded().get("_auth_user_id") == str(person.pk)]
    Session.objects.filter(pk__in=mine).delete()


def forget_due(*, now) -> int:
    """What the clock asks for every night, see the ``forget_due`` of each app; the number of registrations."""
    municipalities.forget_due(now=now)
    count = forgetting.forget_due(now=now)
    if count:
        record("privacy.forgotten", about="registrations", registrations=count)
    return count
