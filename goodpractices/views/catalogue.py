"""The catalogue of practices: the words that were typed, the facets, and what both find. The address holds the search."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from goodpractices.addresses import NEWEST, Asked, read_address
from goodpractices.catalogue import Found, find
from goodpractices.catalogue_page import chips, offered_facets, rows_of, ways_out
from goodpractices.search import suggestion_for
from municipalities.fields import MunicipalityField
from municipalities.models import Municipality
from network_portal.common.search import MOST_CHARACTERS
from network_portal.vocabularies import reading
from network_portal.vocabularies.models import Vocabulary
from network_portal.vocabularies.reading import Vocabularies

PAGE = 20
WHOLE, PART = "goodpractices/catalogue.html", "goodpractices/_catalogue_part.html"


@method_decorator(login_not_required, name="dispatch")
class CatalogueView(TemplateView):
    """The whole page, or for htmx only what changes of it."""

    @property
    def is_part(self) -> bool:
        return bool(self.request.htmx) and not self.request.htmx.history_restore_request

    def get_template_names(self):
        return [PART if self.is_part else WHOLE]

    def get(self, request, *args, **kwargs):
        self.asked = read_address(request.GET)
        self.like = Like(request.GET, self.asked)
        if self.like.band:  # the address names the band, so that the search can be handed on
            return redirect(f"{request.path}?{self.asked.having('residents', self.like.band)}")
        response = super().get(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        if self.is_part:
            response["HX-Push-Url"] = f"{request.path}?{self.asked}".rstrip("?")
        return response

    def get_context_data(self, **kwargs):
        found = find(self.asked)
        asked = found.asked
        page = Paginator(found, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            asked=asked,
            most=MOST_CHARACTERS,
            like=self.like,
            page_obj=page,
            rows=rows_of(page.object_list, found),
            facets=offered_facets(found, _own_towns(self.request.user, found.index.terms)),
            chips=chips(found),
            by_newest=asked.sorted_by(NEWEST),
            by_relevance=asked.sorted_by(""),
            **_nothing(found),
            **kwargs,
        )


def _nothing(found: Found) -> dict:
    """What to try where nothing was found."""
    if found.total:
        return {}
    if found.by_words:
        return {"ways_out": ways_out(found)}
    return {"suggestion": suggestion_for(found.asked.query)}


class Like:
    """The town that was typed to find towns like it: its band of residents, or what is wrong and which towns were meant."""

    def __init__(self, given, asked: Asked):
        self.typed, self.band, self.error = given.get("like", "")[:MOST_CHARACTERS].replace("\0", " ").strip(), "", ""
        self.meant: list[tuple[str, Asked]] = []  # the label of a town, and the search for towns like it
        if self.typed:
            self._look_up(asked, reading.current())

    def _look_up(self, asked: Asked, terms: Vocabularies) -> None:
        field = MunicipalityField(required=False, error_messages={"unknown": _("No municipality has this name")})
        try:
            town = field.clean(self.typed)
        except ValidationError as error:
            self.error = error.messages[0]
            towns = [town for _words, town in field.widget.suggestions if town.residents is not None]
            self.meant = [(town.qualified_name, asked.having("residents", _band(town, terms))) for town in towns]
            return
        self.band = _band(town, terms) if town else ""
        if town and not self.band:
            self.error = _("The number of residents of %(name)s is not known.") % {"name": town.label}


def _band(town: Municipality, terms: Vocabularies) -> str:
    """The code of its band of residents; empty when their number is not known."""
    band = terms.band_of(Vocabulary.POPULATION_BAND, town.residents)
    return band.code if band else ""


def _own_towns(user, terms: Vocabularies) -> dict[str, str]:
    """A word about the towns that the person works for, by their bands; one query."""
    towns = Municipality.objects.with_staff(user) if user.is_authenticated else []
    return {_band(town, terms): _("like %(town)s") % {"town": town.label} for town in towns}
