"""What tests of the time after a webinar share: who was there, what was published, which mails hold."""

import re
from datetime import timedelta
from html import unescape

from django.urls import reverse
from django.utils import timezone, translation

from network_portal.mail.models import OutboxMail
from tests.factories import make_registration, make_user, make_webinar
from webinars import links
from webinars.models import Recording, Registration, Webinar

ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def held_webinar() -> Webinar:
    """Three days ago, at /webinars/care/."""
    start = timezone.now().replace(hour=10, minute=0) - timedelta(days=3)
    return make_webinar(starts_at=start, title="Sharing care", slug="care", platform="Zoom")


def english(name="Rita Quaresma", **fields):
    return make_user(name=name, language="en", **fields)


def publish_recording(webinar, **fields) -> Recording:
    done = {"captions_checked_at": timezone.now(), "published_on": timezone.localdate(), "state": "published"}
    return Recording.objects.create(webinar=webinar, video_id="abcdefghijk", **done | fields)


def mails(kind: str) -> dict[str, OutboxMail]:
    """By address, those that still hold."""
    rows = OutboxMail.objects.filter(template=f"webinars/{kind}").exclude(state="cancelled")
    return {mail.to: mail for mail in rows}


def links_of(mail: OutboxMail) -> set[str]:
    """The addresses of the mail, which text and HTML have in common."""
    in_html = {unescape(found) for found in re.findall(r'href="(http[^"]+)"', mail.html)}
    assert in_html == set(ADDRESS.findall(mail.text))
    return in_html


def place(hours_ago: float = 2, *, closed: bool = False, status: str = "confirmed", **fields) -> Registration:
    """A registration for a webinar of three hours that ended so many hours ago."""
    end = timezone.now() - timedelta(hours=hours_ago)
    webinar = make_webinar(starts_at=end - timedelta(hours=3), ends_at=end, title="Sharing care", slug="care", **fields)
    if closed:
        Webinar.objects.filter(pk=webinar.pk).update(attendance_closed_at=timezone.now())
        webinar.refresh_from_db()
    return make_registration(webinar, status=status)


def address(row: Registration, name: str = "survey") -> str:
    """A page of the personal link, in English."""
    with translation.override("en"):
        return reverse(f"webinars:{name}", args=[links.token_for(row)])


def flags(row: Registration) -> tuple[bool, bool]:
    """Whether the person answered the survey, and the question of gender."""
    row.refresh_from_db()
    return row.answered_survey, row.answered_gender
