"""Calendars that anybody may read or subscribe to."""

from datetime import timedelta
from hashlib import md5

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from webinars.calendars import public_calendar
from webinars.models import Webinar
from webinars.views.public import public_webinar

KEPT = timedelta(days=365)  # a webinar stays in the feed for a year


def calendar_response(data: bytes, name: str) -> HttpResponse:
    """An iCalendar file to save under ``name``."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


def fed_webinars():
    return Webinar.objects.exclude(state="draft").filter(cycle__is_published=True, ends_at__gt=timezone.now() - KEPT)


def feed_etag(request) -> str:
    """Weak, because each answer notes its own time: which webinars there are and when one last changed."""
    webinars = fed_webinars().values_list("pk", "changed_at").order_by("pk")
    return f'W/"{md5(repr(list(webinars)).encode(), usedforsecurity=False).hexdigest()}"'


@login_not_required
@require_safe
@cache_control(public=True, max_age=900)
@condition(etag_func=feed_etag)
def webinars_feed(request):
    """Every public webinar, also those cancelled, so that calendars take them out."""
    return calendar_response(public_calendar(fed_webinars().order_by("starts_at", "pk")), "webinars")


@login_not_required
@require_safe
def webinar_calendar(request, slug):
    """One webinar as a calendar file, without a link to its room."""
    webinar = public_webinar(slug)
    return calendar_response(public_calendar([webinar], name=webinar.title), slug)
