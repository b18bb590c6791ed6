"""A title never takes the address of a page of the portal, and every title gives an address."""

import pytest
from django.urls import get_resolver, resolve
from django.utils.text import slugify

from goodpractices.services.projection import free_slug as practice_slug
from grants.services.drafting import free_slug as call_slug
from tests.goodpractices.practices import make_draft
from webinars.services.cycles import free_slug as cycle_slug
from webinars.services.planning import free_slug as webinar_slug

pytestmark = pytest.mark.django_db
KINDS = {
    "practices/": ("goodpractices:detail", lambda title: practice_slug(title, make_draft())),
    "calls/": ("grants:detail", call_slug),
    "webinars/": ("webinars:detail", webinar_slug),
    "webinars/manage/": ("webinars:edit", webinar_slug),
    "webinars/manage/cycles/": ("webinars:cycle_edit", cycle_slug),
}


def routes(resolver=None, before: str = "") -> list[str]:
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        found += routes(pattern, route) if hasattr(pattern, "url_patterns") else [route]
    return found


def words_below(prefix: str) -> list[str]:
    """The first words of our own pages below ``prefix``."""
    below = [route.removeprefix(prefix) for route in routes() if route.startswith(prefix)]
    return sorted({word for route in below if (word := route.partition("/")[0]) and slugify(word) == word})


@pytest.mark.parametrize("prefix", KINDS)
def test_no_title_takes_the_address_of_a_page(prefix):
    name, free_slug = KINDS[prefix]
    words = words_below(prefix)
    assert words
    for word in words:
        assert resolve(f"/{prefix}{free_slug(word.title())}/").view_name == name, word


@pytest.mark.parametrize("title", ["🙂🙂", "？？", "---", "_", "admin", "New", "x" * 200, "-" * 90 + "x", "a" * 79 + " b c"])
@pytest.mark.parametrize("prefix", KINDS)
def test_every_title_gives_an_address(prefix, title):
    name, free_slug = KINDS[prefix]
    slug = free_slug(title)
    assert resolve(f"/{prefix}{slug}/").view_name == name
    assert slug.strip("-") == slug
    assert len(slug) <= 100 + len("-2")
