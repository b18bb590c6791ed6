"""New practices as Atom feeds: all, and those of each theme. Their addresses have no language."""

from functools import partial

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from goodpractices.models import Practice
from network_portal.common.feeds import Frame, asked_language, atom, entry_id, etag_of
from network_portal.common.links import absolute
from network_portal.vocabularies.models import Term

FED = 50  # practices
FIFTEEN_MINUTES = 900


def fed_practices(theme: str = "") -> QuerySet:
    """The listed practices, of ``theme`` (its code) or all; what was published last comes first."""
    listed = Practice.objects.listed()
    if theme:
        listed = listed.filter(term_links__term__vocabulary="theme", term_links__term__code=theme)
    return listed.newest_first()


def practices_etag(request, theme="") -> str:
    rows = fed_practices(theme).values_list("pk", "catalogue_version")[:FED]
    return etag_of(asked_language(request), theme, list(rows))


@login_not_required
@require_safe
@cache_control(public=True, max_age=FIFTEEN_MINUTES)
@condition(etag_func=practices_etag)
def practices_feed(request, theme=""):
    """The practices that were published last; an entry keeps its id when a new version is published."""
    term = Term.objects.filter(vocabulary="theme", code=theme).first() if theme else None
    if theme and term is None:
        raise Http404
    return atom(request, partial(_frame, term))


def _frame(theme: Term | None) -> Frame:
    title, link = _("New practices"), reverse("goodpractices:list")
    if theme:
        title, link = _("New practices: %(theme)s") % {"theme": theme.label}, f"{link}?theme={theme.code}"
    practices = fed_practices(theme.code if theme else "").select_related("municipality")[:FED]
    return Frame(
        title=f"{title} – {settings.NETWORK_NAME}",
        subtitle=_("What municipalities do for equality, and what came of it."),
        link=absolute(link),
        entries=map(_entry, practices),
    )


def _entry(practice: Practice) -> dict:
    return {
        "title": practice.title,
        "link": absolute(practice.get_absolute_url()),
        "description": practice.summary,
        "unique_id": entry_id("practices", practice.created_at, practice.pk),
        "pubdate": practice.first_published_at,
        "updateddate": practice.published_at,
        "author_name": practice.municipality.label,
    }
