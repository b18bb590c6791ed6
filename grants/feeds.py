"""Feeds of calls: what is new as Atom, the deadlines as a calendar. Their addresses have no language."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from grants.calendars import deadlines
from grants.models import Call
from network_portal.common.feeds import Frame, asked_language, atom, entry_id, etag_of
from network_portal.common.links import absolute

FED = 50  # calls in the Atom feed
KEPT = timedelta(days=90)  # a deadline stays in the calendar for so long after it
FIFTEEN_MINUTES = 900


def calendar_response(data: bytes, name: str) -> HttpResponse:
    """An iCalendar file to save under ``name``."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


def fed_calls():
    """The calls that were published or changed last."""
    return Call.objects.exclude(state="draft").order_by("-changed_at", "-pk")


def fed_deadlines():
    return Call.objects.exclude(state="draft").filter(closes_at__gt=timezone.now() - KEPT)


def calls_etag(request) -> str:
    return etag_of(asked_language(request), list(fed_calls().values_list("pk", "changed_at")[:FED]))


def deadlines_etag(request) -> str:
    """Weak, because each answer notes its own time."""
    rows = fed_deadlines().order_by("pk").values_list("pk", "changed_at")
    return f"W/{etag_of(asked_language(request), list(rows))}"


@login_not_required
@require_safe
@cache_control(public=True, max_age=FIFTEEN_MINUTES)
@condition(etag_func=calls_etag)
def calls_feed(request):
    """The calls that changed last; an entry keeps its id when a call is corrected, extended or ended."""
    return atom(request, _frame)


def _frame() -> Frame:
    return Frame(
        title=_("Calls for support – %(network)s") % {"network": settings.NETWORK_NAME},
        subtitle=_("What is published, extended, corrected and decided."),
        link=absolute(reverse("grants:list")),
        entries=map(_entry, fed_calls()[:FED]),
    )


def _entry(call: Call) -> dict:
    return {
        "title": call.title,
        "link": absolute(call.get_absolute_url()),
        "description": call.summary,
        "unique_id": entry_id("calls", call.created_at, call.pk),
        "pubdate": call.published_at,
        "updateddate": call.changed_at,
        "categories": [str(call.get_kind_display())],
    }


@login_not_required
@require_safe
@cache_control(public=True, max_age=FIFTEEN_MINUTES)
@condition(etag_func=deadlines_etag)
def deadlines_feed(request):
    """Every deadline from three months ago on, also of calls that were cancelled, so that calendars take them out."""
    with translation.override(asked_language(request)):
        calls = fed_deadlines().with_sequence().order_by("closes_at", "pk")
        return calendar_response(deadlines(calls, name=_("Deadlines of calls for support")), "call-deadlines")
