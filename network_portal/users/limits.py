"""How often something may be asked for: the counts are in the database cache, the rates in ``ACCOUNT_RATE_LIMITS``."""

import math
import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.shortcuts import render

APP = "allauth.account"


def refusal(request, action: str, *, key: str | None = None, reads: bool = False, template: str = "account/429.html"):
    """Count one ``action`` and return None, or the answer 429 when there were too many from here or for ``key``.

    A GET counts only where ``reads`` says so.
    """
    if ratelimit.consume(request, app=APP, action=action, key=key, limit_get=reads):
        return None
    return too_many(request, seconds=_seconds_to_wait(request, action, key), template=template)


def too_many(request, *, seconds: int, template: str = "account/429.html"):
    """The page that says when to come back; ``Retry-After`` says it to machines."""
    unit, amount = ("hours", math.ceil(seconds / 3600)) if seconds > 5400 else ("minutes", math.ceil(seconds / 60))
    response = render(request, template, {unit: amount}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _seconds_to_wait(request, action: str, key: str | None) -> int:
    """Until the fullest rate has room again; newest hits stand first in allauth's list."""
    now, waits = time.time(), [1]
    for rate in ratelimit.get_rates(app=APP, action=action):
        hits = cache.get(ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
        if len(hits) >= rate.amount:
            waits.append(math.ceil(hits[rate.amount - 1] + rate.duration - now))
    return max(waits)
