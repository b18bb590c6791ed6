"""The first of the month: a draft of each running cycle's report, and a mail with its four figures."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from network_portal.reports import emails, services
from network_portal.reports.errors import CutOffNotAllowed
from network_portal.reports.models import Report
from network_portal.users.models import User
from webinars.models import Cycle
from webinars.stats import cycle_figures


def make_drafts(*, now: datetime) -> list[Report]:
    """For the month that ended: one draft a cycle and month, however often this runs; the drafts that are new."""
    cut_off = timezone.localtime(now).date().replace(day=1) - timedelta(days=1)
    ran = Cycle.objects.filter(starts_on__lte=cut_off, ends_on__gte=cut_off.replace(day=1)).order_by("pk")
    return [report for cycle in ran if (report := _draft(cycle, cut_off))]


@transaction.atomic
def _draft(cycle: Cycle, cut_off) -> Report | None:
    """None when it is there already, or the first webinar was still to come on that day."""
    key = f"monthly:{cycle.pk}:{cut_off:%Y-%m}"
    if Report.objects.filter(key=key).exists():
        return None
    try:
        report = services.create_report(cycle, by=None, cut_off=cut_off, key=key)
    except CutOffNotAllowed:
        return None
    figures = cycle_figures(cycle, until=cut_off)
    for person in User.objects.filter(is_coordinator=True, is_active=True).order_by("pk"):
        emails.queue_monthly(report, figures, person=person)
    return report
