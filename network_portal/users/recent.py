"""What needs a code typed within the last five minutes: taking other people's data out of the portal.

A session lives for two weeks, and a computer left open must not give away a list of names. For allauth everybody who signs
in by code counts as fresh, so the moments are compared here.
"""

import time

from allauth.account.authentication import get_authentication_records
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

CONFIRMED = "users_confirmed_at"  # in the session: when a code was typed for this
SECONDS = 300


def is_recent(request) -> bool:
    """Whether the person typed a code within five minutes, to sign in or to confirm."""
    moments = [record["at"] for record in get_authentication_records(request, request.user)]
    return time.time() - max([*moments, request.session.get(CONFIRMED, 0)]) <= SECONDS


def note(request) -> None:
    """The person has just typed the code that went to the account's address."""
    request.session[CONFIRMED] = time.time()


def confirm_first(request):
    """To the page that sends a code, and from there back to where the person was going."""
    return redirect(f"{reverse('users:confirm')}?{urlencode({'next': request.get_full_path()})}")
