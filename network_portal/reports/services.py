"""What changes a report: made as a draft, written, frozen once and for all, corrected by another one."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.common.templatetags.portal import date_in_words
from network_portal.reports import building, emails
from network_portal.reports.content import canonical, digest
from network_portal.reports.errors import ChangedMeanwhile, CutOffNotAllowed, ReportIsFrozen, ReportNotFrozen
from network_portal.reports.models import Report
from network_portal.users.models import User
from webinars.models import Cycle, Webinar


def check_cut_off(cycle: Cycle, day: date) -> None:
    """Raises CutOffNotAllowed for a day to come, and for one before the first webinar; a cycle without webinars has none."""
    if day > timezone.localdate():
        raise CutOffNotAllowed(_("Choose today or a day before: a report says what has happened"))
    first = cycle.webinars.filter(state=Webinar.State.PUBLISHED).order_by("starts_at", "pk").first()
    if first and day < first.starts_local.date():
        words = {"day": date_in_words(first.starts_local)}
        raise CutOffNotAllowed(_("The first webinar was on %(day)s: choose that day or a later one") % words)


@transaction.atomic
def create_report(
    cycle: Cycle, *, by: User | None, cut_off: date, corrects: Report | None = None, reason: str = "", key: str | None = None
) -> Report:
    """A draft with the next number of the cycle; with ``key`` there is only ever one.

    Raises CutOffNotAllowed, ReportNotFrozen.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if key and (there := Report.objects.filter(key=key).first()):
        return there
    check_cut_off(cycle, cut_off)
    if corrects and not corrects.is_frozen:
        raise ReportNotFrozen(_("Only a frozen report is corrected by another one: change the draft itself"))
    last = cycle.reports.aggregate(last=Max("number"))["last"] or 0
    report = Report.objects.create(
        cycle=cycle,
        number=last + 1,
        cut_off=cut_off,
        corrects=corrects,
        reason=reason,
        key=key,
        text=corrects.text if corrects else {},
        created_by=by,
        changed_by=by,
    )
    record("report.created", about=report.mail_subject, by=by, cycle=cycle.pk, number=report.number, cut_off=str(cut_off))
    return report


@transaction.atomic
def save_text(report: Report, *, by: User, seen: str, text: dict[str, str]) -> Report:
    """Write what the coordination says (Markdown by language). Raises ReportIsFrozen, ChangedMeanwhile.

    ``seen`` is ``changed_at`` (ISO) of what the person had before them: who comes second overwrites nothing.
    """
    report = _draft(report)
    if report.text == text:
        return report
    if report.changed_at.isoformat() != seen:
        raise ChangedMeanwhile(_("Somebody else saved the text meanwhile. Nothing was overwritten."))
    Report.objects.filter(pk=report.pk).update(text=text, changed_by=by, changed_at=timezone.now())
    record("report.written", about=report.mail_subject, by=by, languages=sorted(code for code in text if text[code]))
    report.refresh_from_db()
    return report


@transaction.atomic
def freeze(report: Report, *, by: User, checked: str) -> Report:
    """Keep the figures as they are now, for ever. ``checked`` is the digest of the content that the person looked at.

    Raises ReportIsFrozen, and ChangedMeanwhile when a figure or a text is another now.
    """
    report = _draft(report)
    list(report.cycle.webinars.select_for_update().order_by("pk"))  # attendance changes under the same locks
    content = building.build(report)
    if digest(canonical(content)) != checked:
        raise ChangedMeanwhile(_("Figures or text changed since you looked. Check them again."))
    now = timezone.now()
    text = canonical(building.sealed(content, at=now))
    sha256 = digest(text)
    change = {"content": text, "content_sha256": sha256, "frozen_by": by, "frozen_at": now, "state": Report.State.FROZEN}
    Report.objects.filter(pk=report.pk, state=Report.State.DRAFT).update(**change, changed_at=now, changed_by=by)
    record("report.frozen", about=report.mail_subject, by=by, number=report.number, sha256=sha256)
    return Report.objects.select_related("cycle").get(pk=report.pk)


@transaction.atomic
def discard(report: Report, *, by: User) -> None:
    """Delete a draft. Raises ReportIsFrozen."""
    report = _draft(report)
    emails.withdraw(report)
    record("report.discarded", about=report.mail_subject, by=by, cycle=report.cycle_id, number=report.number)
    report.delete()


def _draft(report: Report) -> Report:
    """The locked row. Raises ReportIsFrozen."""
    report = Report.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=report.pk)
    if report.is_frozen:
        raise ReportIsFrozen(_("This report is frozen: it never changes. Make a correction instead."))
    return report
