"""The mails of reports: to whom, in which language, with what. Templates in ``templates/mail/reports/``."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from network_portal.common.links import absolute
from network_portal.common.templatetags.portal import date_in_words, month_name
from network_portal.mail import outbox
from network_portal.mail.rendering import known_language
from network_portal.reports.models import Report
from network_portal.users.models import User
from webinars.stats import CycleFigures

FIGURES = ("webinars", "participations", "municipalities", "recordings")


def queue_monthly(report: Report, figures: CycleFigures, *, person: User) -> None:
    """The draft of the month that ended, with the four figures in words."""
    language = known_language(person.language)
    with translation.override(language):
        context = {
            "report": report,
            "month": month_name(report.cut_off),
            "day": date_in_words(report.cut_off),
            "figures": _lines(report.cycle, figures),
            "people": figures.people,
            "url": absolute(report.get_absolute_url()),
        }
    outbox.queue(
        "reports/monthly",
        to=person.email,
        language=language,
        key=f"{report.key}:{person.pk}",
        category="transactional",
        about=report.mail_subject,
        context=context,
    )


def withdraw(report: Report) -> int:
    """Take back what is still queued about this report."""
    return outbox.withdraw(about=report.mail_subject)


def queue_digest(person: User, parts: list[dict], *, count: int, key: str, send_before: datetime) -> None:
    """What needs a coordinator this week; see ``digest.gather`` for the parts."""
    language = known_language(person.language)
    with translation.override(language):
        url = absolute(reverse("webinars:manage"))
    outbox.queue(
        "reports/digest",
        to=person.email,
        language=language,
        key=key,
        category="bulk",
        about=f"digest:{person.pk}",
        context={"parts": parts, "count": count, "url": url},
        send_before=send_before,
    )


def _lines(cycle, figures: CycleFigures) -> list[dict]:
    """Each figure with its target and its name."""
    names = {
        "webinars": _("webinars held"),
        "participations": _("participations"),
        "municipalities": _("municipalities reached"),
        "recordings": _("recordings published"),
    }
    return [
        {"name": names[code], "value": getattr(figures, code), "target": getattr(cycle, f"target_{code}")} for code in FIGURES
    ]
