"""The search of the whole portal: the kinds of all apps in one list."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction

from goodpractices.search import PRACTICES
from goodpractices.services.projection import renew_catalogue
from grants.search import CALLS
from municipalities.search import MUNICIPALITIES
from network_portal.common.search import MOST_CHARACTERS, Query, read_query
from network_portal.pages.views import PublicPage
from network_portal.search import services
from network_portal.search.kinds import hits_of, visible_entries
from network_portal.search.suggestions import did_you_mean, with_what_was_meant
from webinars.search import RECORDINGS, WEBINARS

KINDS = (PRACTICES, WEBINARS, RECORDINGS, CALLS, MUNICIPALITIES)  # in the order of the filters
PAGE = 20


class SearchView(PublicPage):
    """What was typed, how much of each kind was found, and the results of a page. The address holds the search."""

    template_name = "pages/search.html"

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        query = read_query(asked.get("q", ""))
        chosen = [kind for kind in KINDS if kind.code in asked.getlist("kind")]
        entries = visible_entries(KINDS, self.request.user)
        query, counts = _counted(query, entries)
        page = self._page(entries, query, chosen, counts)
        hits = hits_of(list(page), query, KINDS, self.request.user)
        return super().get_context_data(
            query=query,
            most=MOST_CHARACTERS,
            page_obj=page,
            hits=hits,
            total=page.paginator.count,
            found_in_all=sum(counts.values()),
            facets=[_facet(kind, query, chosen, counts) for kind in KINDS],
            chosen=chosen,
            suggestion=did_you_mean(query, entries) if query and not counts else "",
            address=_address(query, chosen),
            **kwargs,
        )

    def _page(self, entries, query, chosen, counts):
        codes = [kind.code for kind in chosen or KINDS]
        found = entries.found_by(query)
        paginator = Paginator(found.filter(kind__in=codes).best_first(query) if query else found, PAGE)
        paginator.count = sum(counts.get(code, 0) for code in codes)  # known already
        return paginator.get_page(self.request.GET.get("page"))


def _counted(query, entries) -> tuple[Query, dict[str, int]]:
    """How many of each kind are found, and by which search: where they are few, with what was probably meant."""
    counts = entries.found_by(query).count_kinds() if query else {}
    wider = with_what_was_meant(query, entries, sum(counts.values()))
    return (wider, entries.found_by(wider).count_kinds()) if wider.typed else (query, counts)


def _facet(kind, query, chosen, counts) -> dict:
    """A kind with what it has of the results, whichever kinds are chosen, and the address without it."""
    others = [other for other in chosen if other is not kind]
    return {
        "code": kind.code,
        "label": kind.plural,
        "count": counts.get(kind.code, 0),
        "is_chosen": kind in chosen,
        "without": _address(query, others),
    }


def _address(query, chosen) -> str:
    return urlencode([("q", query.text), *(("kind", kind.code) for kind in chosen)])


@transaction.atomic
def rebuild() -> dict[str, int]:
    """Write the whole index anew from the records; how many of each kind. The catalogue is read anew, too."""
    services.forget_words()
    renew_catalogue()
    return {kind.code: services.rewrite(kind.code, kind.documents(kind.records())) for kind in KINDS}
