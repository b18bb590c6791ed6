"""The address that a practice has before it is first published, ``practice-12``: it stays good in mails and bookmarks."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from goodpractices.models import Practice
from goodpractices.services.projection import FIRST_SLUG


def at_first_address_too(view):
    """What ``view`` does not find by the first address of a practice is looked for at the present one, by who may see it."""

    @wraps(view)
    def wrapped(request, slug, **kwargs):
        try:
            return view(request, slug=slug, **kwargs)
        except Http404:
            first = FIRST_SLUG.fullmatch(slug)
            there = Practice.objects.visible_to(request.user).exclude(slug=slug).filter(pk=first[1]).first() if first else None
            if there is None:
                raise
        address = reverse(request.resolver_match.view_name, kwargs=kwargs | {"slug": there.slug})
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address)

    return wrapped
