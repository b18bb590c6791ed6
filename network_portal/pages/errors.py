"""The answers when something is not there, not allowed or broken."""

import errno
import sys

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER = 60  # seconds
FULL = {errno.ENOSPC, errno.EDQUOT}


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    """A refusal may bring its own sentence: ``PermissionDenied(_("…"))``."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


def too_many_requests(request):
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def server_error(request):
    """Needs no database, no session and no context of the request: any of them may be what broke.

    503 where the disk is full: a large upload is put down there before a form sees it.
    """
    error = sys.exc_info()[1]
    status = 503 if isinstance(error, OSError) and error.errno in FULL else 500
    names = {"NETWORK_NAME": settings.NETWORK_NAME, "NETWORK_CONTACT_EMAIL": settings.NETWORK_CONTACT_EMAIL}
    return HttpResponse(render_to_string("500.html", names), status=status)
