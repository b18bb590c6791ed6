"""Writing to the members that a cycle has not reached."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.mail.models import OutboxMail
from webinars import reach_emails
from webinars.errors import NothingToInviteTo
from webinars.models import Cycle, Webinar
from webinars.stats import cycle_tables
from webinars.stats.tables import CycleTables, NotReachedRow


@transaction.atomic
def write_to_not_reached(cycle: Cycle, *, by) -> int:
    """Invite the contacts of members without attendance to the webinars to come; how many mails were queued now.

    Whoever was written to in this week of the calendar is left out, so pressing twice writes once. Raises
    NothingToInviteTo.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    tables, today = cycle_tables(cycle), timezone.localdate()
    coming, rows = webinars_to_invite_to(tables), with_contact(tables)
    if not coming:
        raise NothingToInviteTo(_("No webinar to come is open for registration: there is nothing to invite to."))
    keys = {reach_emails.key(cycle, row, on=today): row for row in rows}
    written = set(OutboxMail.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [row for key, row in keys.items() if key not in written]
    for row in new:
        reach_emails.queue(cycle, row, coming=coming, on=today)
    if new:
        record("cycle.wrote_to_not_reached", about=f"cycle:{cycle.pk}", by=by, mails=len(new))
    return len(new)


def with_contact(tables: CycleTables) -> list[NotReachedRow]:
    return [row for row in tables.not_reached.rows if row.membership.contact_email]


def webinars_to_invite_to(tables: CycleTables) -> list[Webinar]:
    """Those to come for which people can still register, the next first."""
    now = timezone.now()
    return [row.webinar for row in tables.coming if row.webinar.closes_at > now]
