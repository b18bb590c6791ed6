"""The personal page of a place, by the signed link of the mails: the door to the room, and giving the place back.

Who holds the link acts for this one registration, without signing in and without a cookie. So the forms carry no CSRF
token: what allows them is the token in the address, which no other site knows.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network_portal.common.errors import DomainError
from webinars import links, services
from webinars.models import Registration, Webinar
from webinars.services import survey


def personal(view):
    """The view gets the registration that the token names; the address is told to nobody and kept nowhere."""

    @login_not_required
    @never_cache
    @wraps(view)
    def wrapped(request, token):
        registration = links.registration_for(token)
        if registration is None:
            raise Http404
        response = view(request, registration, token)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@require_safe
@personal
def join(request, registration, token):
    return _page(request, registration, token)


@csrf_exempt
@require_POST
@personal
def check_in(request, registration, token):
    """A button, because gateways open links by themselves and would check people in."""
    try:
        services.check_in(registration)
    except DomainError as error:
        return _page(request, registration, token, problem=str(error))
    return redirect("webinars:join", token)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def give_back(request, registration, token):
    """The GET asks, the POST does it."""
    problem = ""
    if request.method == "POST":
        try:
            services.cancel_registration(registration, by=None)
        except DomainError as error:
            problem = str(error)
        else:
            return redirect("webinars:give_back", token)
    context = {"registration": registration, "webinar": registration.webinar, "token": token, "problem": problem}
    return render(request, "webinars/give_back.html", context | {"can_cancel": _can_give_back(registration)})


def _can_give_back(registration: Registration) -> bool:
    return registration.status != Registration.Status.CANCELLED and timezone.now() < registration.webinar.starts_at


def _page(request, registration: Registration, token: str, *, problem: str = ""):
    context = {"registration": registration, "webinar": registration.webinar, "token": token, "problem": problem}
    context |= {"state": _state(registration), "can_cancel": _can_give_back(registration)}
    context["is_asked"] = survey.is_owed(registration)
    return render(request, "webinars/join.html", context)


def _state(registration: Registration) -> str:
    """What the page says; the link to the room is only in ``inside``."""
    webinar, now = registration.webinar, timezone.now()
    if webinar.state != Webinar.State.PUBLISHED:
        return "called_off"
    if registration.status == Registration.Status.CANCELLED:
        return "given_back"
    if now >= webinar.ends_at:
        return "over"
    if registration.status == Registration.Status.WAITING:
        return "waiting"
    if now < webinar.room_opens_at:
        return "early"
    return "inside" if registration.checked_in_at else "door"
