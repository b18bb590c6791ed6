"""What needs the people who coordinate, once a week; nothing to say, no mail."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodpractices.models import Practice, Version
from municipalities.models import Municipality
from network_portal.common.links import absolute
from network_portal.common.templatetags.portal import date_in_words, day_and_month
from network_portal.mail.rendering import known_language
from network_portal.reports import emails
from network_portal.reports.models import Report
from network_portal.users.models import User
from webinars.models import Cycle, Webinar
from webinars.stats import cycle_tables, forecast_of

SOON = timedelta(days=14)  # within which a webinar needs its link and its people
LATE = timedelta(days=7)  # after which a recording should be there
FEW = 2  # a webinar with less than one place in so many taken
USEFUL = timedelta(days=5)  # that a digest is worth sending


def queue_digests(*, now: datetime) -> int:
    """One for each coordinator and ISO week, however often this runs; how many people are written to."""
    year, week, _day = timezone.localtime(now).isocalendar()
    written, told = 0, {}
    for person in User.objects.filter(is_coordinator=True, is_active=True).order_by("pk"):
        language = known_language(person.language)
        if language not in told:
            with translation.override(language):
                told[language] = gather(now=now)
        if parts := told[language]:
            count = sum(len(part["things"]) for part in parts)
            key = f"digest:{person.pk}:{year}-W{week:02}"
            emails.queue_digest(person, parts, count=count, key=key, send_before=now + USEFUL)
            written += 1
    return written


def gather(*, now: datetime) -> list[dict]:
    """Parts with a title and things (``name``, ``text``, ``url``) in the active language; parts without things are left out."""
    held = (
        Webinar.objects.filter(state=Webinar.State.PUBLISHED, ends_at__lte=now).select_related("cycle").order_by("ends_at", "pk")
    )
    parts = [
        (_("Attendance still open"), [_open(webinar) for webinar in held.filter(attendance_closed_at=None)]),
        (_("Recordings"), [_late(webinar) for webinar in _without_recording(held, now)]),
        (_("Coming webinars"), _coming(now)),
        (_("Municipalities"), _municipalities()),
        (_("Reports"), [_draft(report) for report in Report.objects.drafts().select_related("cycle").latest_first()]),
        (_("Practices to review"), _practices_to_review(now)),
        (_("Practices that nobody confirms"), [_unanswered(practice) for practice in _not_confirmed()]),
        (_("Targets"), _targets(now)),
    ]
    return [{"title": title, "things": things} for title, things in parts if things]


def _thing(name: str, text: str = "", path: str = "") -> dict:
    return {"name": name, "text": text, "url": absolute(path) if path else ""}


def _named(webinar: Webinar) -> str:
    words = {"number": webinar.number, "title": webinar.title, "day": day_and_month(webinar.starts_local)}
    return _("Webinar %(number)s, %(day)s: %(title)s") % words


def _open(webinar: Webinar) -> dict:
    return _thing(
        _named(webinar), _("Its figures can still change. Close attendance to seal them."), _page(webinar, "attendance")
    )


def _page(webinar: Webinar, name: str) -> str:
    return reverse(f"webinars:{name}", args=[webinar.slug])


def _without_recording(held, now: datetime):
    """Over for a week, and nobody can watch it."""
    return (
        held.filter(ends_at__lte=now - LATE)
        .filter(Q(recording=None) | ~Q(recording__state="published"))
        .select_related("recording")
    )


def _late(webinar: Webinar) -> dict:
    recording = getattr(webinar, "recording", None)
    if recording is None:
        text = _("There is no recording yet.")
    elif recording.captions_checked_at is None:
        text = _("Somebody has to check its captions.")
    else:
        text = _("The recording is not published yet.")
    return _thing(_named(webinar), text, _page(webinar, "recording_edit"))


def _coming(now: datetime) -> list[dict]:
    """Webinars that start soon without a link, or with half their places free."""
    soon = Webinar.objects.filter(state=Webinar.State.PUBLISHED, starts_at__gt=now, starts_at__lte=now + SOON)
    found = []
    for webinar in soon.with_places().order_by("starts_at", "pk"):
        if not webinar.join_url and webinar.mode != Webinar.Mode.ON_SITE:
            text = _("It has no meeting link: without it nobody can enter.")
            found.append(_thing(_named(webinar), text, f"{_page(webinar, 'edit')}#id_join_url"))
        if webinar.places_taken * FEW < webinar.capacity:
            taken = ngettext(
                "%(n)s of %(capacity)s places is taken.", "%(n)s of %(capacity)s places are taken.", webinar.places_taken
            )
            text = taken % {"n": webinar.places_taken, "capacity": webinar.capacity}
            found.append(_thing(_named(webinar), text, _page(webinar, "people")))
    return found


def _municipalities() -> list[dict]:
    """Where people wait whom no focal point answers, and which towns lost their last focal point."""
    found = []
    for town in Municipality.objects.with_requests_nobody_answers():
        text = ngettext(
            "%(n)s person asks to belong and has no answer.", "%(n)s people ask to belong and have no answer.", town.people_asking
        )
        found.append(_thing(town.label, text % {"n": town.people_asking}, _colleagues(town)))
    for town in Municipality.objects.that_lost_their_focal_point():
        found.append(_thing(town.label, _("It has no focal point any more."), _colleagues(town)))
    return found


def _colleagues(town: Municipality) -> str:
    return reverse("municipalities:colleagues", args=[town.slug])


def _draft(report: Report) -> dict:
    name = _("Report %(number)s: %(cycle)s") % {"number": report.number, "cycle": report.cycle.title}
    text = _("A draft with the figures at the end of %(day)s.") % {"day": date_in_words(report.cut_off)}
    return _thing(name, text, report.get_absolute_url())


def _practices_to_review(now: datetime) -> list[dict]:
    """What waits for a reviewer, the longest first."""
    waiting = Version.objects.in_queue().select_related("practice__municipality", "practice__work_version")
    return [_to_review(version, now) for version in waiting]


def _to_review(version: Version, now: datetime) -> dict:
    days = (timezone.localtime(now).date() - timezone.localtime(version.waiting_since).date()).days
    text = ngettext("%(state)s, for %(n)s day.", "%(state)s, for %(n)s days.", days)
    words = {"state": capfirst(version.get_state_display()), "n": days}
    return _practice(version.practice, text % words, reverse("goodpractices:review", args=[version.practice_id]))


def _practice(practice: Practice, text: str, path: str) -> dict:
    return _thing(f"{practice} ({practice.municipality.label})", text, path)


def _not_confirmed():
    return Practice.objects.unanswered().select_related("municipality").order_by("confirmed_on", "pk")


def _unanswered(practice: Practice) -> dict:
    text = _("Asked twice whether it is still true. Last confirmed on %(day)s.") % {"day": date_in_words(practice.confirmed_on)}
    return _practice(practice, text, reverse("goodpractices:history", args=[practice.slug]))


def _targets(now: datetime) -> list[dict]:
    """For each cycle that runs what is missing, and what cannot be reached any more."""
    today = timezone.localtime(now).date()
    found = []
    for cycle in Cycle.objects.filter(starts_on__lte=today, ends_on__gte=today).order_by("pk"):
        outlook = forecast_of(cycle_tables(cycle))
        if outlook.kind != "ok":
            found.append(
                _thing(
                    f"{cycle.title}: {outlook.title}", " ".join(outlook.sentences), reverse("webinars:figures", args=[cycle.slug])
                )
            )
    return found
