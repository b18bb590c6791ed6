"""The map of the site for search engines: every public page in every language (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from math import ceil
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import DateField, QuerySet, Value
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from goodpractices.models import Practice
from grants.models import Call
from municipalities.models import Municipality
from network_portal.common.links import absolute
from webinars.models import Webinar
from webinars.views.recordings import public_recordings

SLUG = "a-slug"
PART = 10_000  # pages of a kind in one file; with all languages below the 50,000 that the protocol allows
BATCH = 2_000  # rows read at a time
HOUR = 3600
TYPE = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP, XHTML = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/1999/xhtml"
LISTS = (
    "pages:home", "pages:about", "goodpractices:list", "goodpractices:columns", "webinars:list", "webinars:recordings",
    "grants:list", "municipalities:list", "certificates:check", "pages:contact", "pages:accessibility", "pages:privacy",
)  # fmt: skip


class Kind(NamedTuple):
    """Pages that one view shows: of each row the slug, and when it changed (nothing where that is not known)."""

    view: str
    rows: Callable[[], QuerySet]


def _webinars() -> QuerySet:
    return Webinar.objects.visible_to(AnonymousUser()).values_list("slug", "changed_at")


def _transcripts() -> QuerySet:
    return public_recordings().exclude(transcript="").values_list("webinar__slug", "changed_at")


KINDS = {
    "practices": Kind("goodpractices:detail", lambda: Practice.objects.listed().values_list("slug", "published_at")),
    "webinars": Kind("webinars:detail", _webinars),
    "recordings": Kind("webinars:transcript", _transcripts),
    "calls": Kind("grants:detail", lambda: Call.objects.exclude(state="draft").values_list("slug", "changed_at")),
    "municipalities": Kind("municipalities:detail", lambda: Municipality.objects.values_list("slug", Value(None, DateField()))),
}


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap_index(request):
    """The files of the map: the lists, and one or more for each kind of page."""
    files = [("pages", 1), *((code, part) for code, kind in KINDS.items() for part in range(1, _parts(kind) + 1))]
    places = (absolute(reverse("sitemap_part", args=[code, part])) for code, part in files)
    rows = "".join(f"<sitemap><loc>{place}</loc></sitemap>\n" for place in places)
    return HttpResponse(f'{HEAD}<sitemapindex xmlns="{SITEMAP}">\n{rows}</sitemapindex>\n', content_type=TYPE)


def _parts(kind: Kind) -> int:
    return ceil(kind.rows().order_by().count() / PART)


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap_part(request, code, part):
    """The pages of one file; 404 for a file that the index does not name."""
    if code == "pages" and part == 1:
        return StreamingHttpResponse(_file((_paths(name), None) for name in LISTS), content_type=TYPE)
    if code not in KINDS or not 1 <= part <= _parts(KINDS[code]):
        raise Http404
    view, rows = KINDS[code]
    found = rows().order_by("pk")[(part - 1) * PART : part * PART].iterator(chunk_size=BATCH)
    paths = _Paths(view)
    return StreamingHttpResponse(_file((paths.of(slug), changed) for slug, changed in found), content_type=TYPE)


def _paths(view: str, *args) -> dict[str, str]:
    """The address of a page in each language."""
    paths = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            paths[language] = absolute(reverse(view, args=args))
    return paths


class _Paths:
    """The addresses of many pages of one view: the view is looked up once for each language."""

    def __init__(self, view: str):
        self.frames = {language: path.split(SLUG) for language, path in _paths(view, SLUG).items()}

    def of(self, slug: str) -> dict[str, str]:
        return {language: slug.join(frame) for language, frame in self.frames.items()}


def _file(pages: Iterable[tuple[dict[str, str], datetime | None]]) -> Iterator[str]:
    yield f'{HEAD}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n'
    for paths, changed in pages:
        others = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{path}"/>' for code, path in paths.items())
        last = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
        yield "".join(f"<url><loc>{path}</loc>{last}{others}</url>\n" for path in paths.values())
    yield "</urlset>\n"
