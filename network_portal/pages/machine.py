"""Pages for machines: is the portal alive, does its mail go out, what may robots read."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import Min, Q
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from network_portal.common.links import absolute
from network_portal.mail.models import OutboxMail

LATE = timedelta(minutes=10)  # mail that waits longer means that nobody delivers


@login_not_required
@require_safe
def health(request):
    """200 when this process answers and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def status(request):
    """How long the oldest mail that is due has waited; 503 when too long, 404 without the token."""
    given = request.GET.get("token") or request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.STATUS_TOKEN or not constant_time_compare(given, settings.STATUS_TOKEN):
        raise Http404
    age = oldest_due_mail_age(timezone.now())
    is_late = age > LATE.total_seconds()
    report = {"version": settings.VERSION, "state": "red" if is_late else "green", "oldest_due_mail_seconds": age}
    return JsonResponse(report, status=503 if is_late else 200)


def oldest_due_mail_age(now) -> int:
    """Seconds since the oldest queued mail became due; 0 when none is due."""
    due_at = Greatest("next_attempt_at", Coalesce("not_before", "next_attempt_at"))
    due = OutboxMail.objects.filter(Q(not_before=None) | Q(not_before__lte=now), state="queued", next_attempt_at__lte=now)
    oldest = due.aggregate(at=Min(due_at))["at"]
    return int((now - oldest).total_seconds()) if oldest else 0


@login_not_required
@require_safe
def robots(request):
    """Everything public may be read; addresses that belong to one person may not."""
    closed = [
        f"/{settings.ADMIN_PATH}/", "/account/", "/my/", "/mail/", "/webinars/manage/", "/webinars/place/", "/practices/write/",
        "/practices/review/", "/practices/export.",
    ]  # fmt: skip
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
