"""“Is it still true?”: two buttons, for who is signed in and for who holds the signed link of the mail.

Who holds the link answers for this one practice, without signing in and without a cookie. So its form carries no CSRF token:
what allows it is the token in the address, which no other site knows.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from goodpractices import links, services
from goodpractices.permissions import can_send_practice, can_write_practice
from goodpractices.steps import write_address
from goodpractices.views.own import own_practice
from network_portal.common.errors import DomainError


def personal(view):
    """The view gets the practice that the token names; the address is told to nobody and kept nowhere."""

    @login_not_required
    @never_cache
    @wraps(view)
    def wrapped(request, token):
        found = links.question_of(token)
        if found is None:
            raise Http404
        response = view(request, *found, token)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def still_true_link(request, practice, asked_on, token):
    """The GET asks, the POST confirms; a question that was answered since is not answered again."""
    is_open = practice.asked_on is not None and practice.confirmed_on < asked_on and practice.unanswered > 0
    if request.method == "POST" and is_open:
        try:
            services.confirm_still_true(practice, by=None)
        except DomainError as error:
            raise Http404 from error
        return redirect("goodpractices:still_true_link", token)
    return render(
        request, "goodpractices/review/still_true_link.html", {"practice": practice, "token": token, "is_open": is_open}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request, pk):
    """Confirm, or begin an update."""
    practice = own_practice(request, pk, rule=can_write_practice)
    if request.method != "POST":
        context = {"practice": practice, "can_archive": practice.is_public and can_send_practice(request.user, practice)}
        return render(request, "goodpractices/review/still_true.html", context)
    try:
        return _answer(request, practice)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("goodpractices:still_true", pk)


def _answer(request, practice):
    if "update" in request.POST:
        services.start_version(practice, by=request.user)
        services.answer_with_update(practice, by=request.user)
        messages.success(request, _("A new version is begun. What is public stays until it was reviewed."))
        return redirect(write_address(practice))
    services.confirm_still_true(practice, by=request.user)
    messages.success(request, _("Thank you: the page says that it was confirmed today."))
    return redirect(practice)
