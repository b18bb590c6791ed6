"""What somebody typed survives a lost session: it travels in the page, signed, and never rests on the server.

A form that our own page posted (the browser says so in ``Origin``) is packed into one hidden field, goes through the
two screens of signing in, and is given back on a page with a button. What another site posts is never carried.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.shortcuts import render

from network_portal.users.forms import EmailForm

FIELD = "carried"
SALT = "users.carried"
HOURS_KEPT = 4
MOST_CHARACTERS = 500_000
NEVER = {"csrfmiddlewaretoken", FIELD, "code"}


@dataclass
class Carried:
    """A form on its way back: ``token`` is for the next page, ``fields`` are (name, value) pairs."""

    token: str
    path: str
    fields: list[list[str]]
    had_files: bool


def pack(request: HttpRequest) -> Carried | None:
    """The posted form, or None when it did not come from our own page or is too much to carry."""
    if request.method != "POST" or request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return None
    fields = [[name, value] for name, values in request.POST.lists() if name not in NEVER for value in values]
    if not fields or sum(len(value) for _, value in fields) > MOST_CHARACTERS:
        return None
    form = {"path": request.get_full_path(), "fields": fields, "had_files": bool(request.FILES)}
    return Carried(token=signing.dumps(form, salt=SALT, compress=True), **form)


def unpack(request: HttpRequest) -> Carried | None:
    """The form that this page was asked to carry on; None when there is none, or it was altered or is too old."""
    token = request.POST.get(FIELD, "")
    try:
        return Carried(token=token, **signing.loads(token, salt=SALT, max_age=HOURS_KEPT * 3600))
    except signing.BadSignature:
        return None


def sign_in_again(request: HttpRequest, form: Carried):
    """The sign-in page, with the form inside."""
    return render(request, "account/request_code.html", {"form": EmailForm(), "carried": form}, status=403)


def give_back(request: HttpRequest, form: Carried, *, status: int = 200):
    """The page whose button sends the form again."""
    return render(request, "account/go_on.html", {"carried": form}, status=status)


def csrf_failure(request: HttpRequest, reason: str = ""):
    """The page that was posted from is older than this session: give back what was typed."""
    form = pack(request)
    if form is None:
        return render(request, "403_csrf.html", status=403)
    is_public = not getattr(request.resolver_match.func, "login_required", True)
    if is_public or request.user.is_authenticated:
        return give_back(request, form, status=403)
    return sign_in_again(request, form)
