"""What a focal point sees of a cycle: who of the own municipality is registered and came, and the municipality's figures."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from municipalities.models import Municipality
from network_portal.common.views import RuleRequiredMixin
from webinars import figure_files, permissions
from webinars.models import AttendanceRecord, Cycle, Registration
from webinars.stats.towns import TownTables, town_tables
from webinars.views.figures import TYPES


class TownPage(RuleRequiredMixin):
    """A page about a municipality in a cycle; browsers keep no copy of it."""

    rule = permissions.can_see_town

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get_rule_object(self):
        return self.town

    @cached_property
    def town(self) -> Municipality:
        return get_object_or_404(Municipality, slug=self.kwargs["town"])

    @cached_property
    def cycle(self) -> Cycle:
        return get_object_or_404(Cycle.objects.visible_to(self.request.user), slug=self.kwargs["slug"])

    @cached_property
    def tables(self) -> TownTables:
        return town_tables(self.cycle, self.town, exact=permissions.can_see_exact_figures(self.request.user))


class TownView(TownPage, TemplateView):
    """Its people by webinar, the next webinar first, and its participations."""

    template_name = "webinars/town.html"

    def get_context_data(self, **kwargs):
        shown = {"cycle": self.cycle, "town": self.town, "tables": self.tables}
        return super().get_context_data(**kwargs | shown, webinars=_people_by_webinar(self.cycle, self.town))


def _people_by_webinar(cycle: Cycle, town: Municipality) -> list:
    """The webinars for which somebody of ``town`` is registered or to which somebody came, each with ``people``; two queries.

    Those to come first. Who came without a registration is there too, by the name that was noted.
    """
    registered = Registration.objects.live().filter(webinar__cycle=cycle, municipality=town, anonymised_at=None)
    registered = registered.with_queue_position().with_attended().for_the_list().select_related("webinar", "role", "person")
    noted = AttendanceRecord.objects.attended().filter(webinar__cycle=cycle, municipality=town, registration=None, pseudonym="")
    found: dict = {}
    for row in [*registered, *noted.select_related("webinar", "role").order_by("name", "pk")]:
        webinar = found.setdefault(row.webinar_id, row.webinar)
        webinar.people = [*getattr(webinar, "people", []), row]
    webinars = sorted(found.values(), key=lambda webinar: webinar.starts_at)
    return [*(w for w in webinars if not w.is_past), *(w for w in reversed(webinars) if w.is_past)]


class TownFileView(TownPage, View):
    """The municipality's figures as a file."""

    http_method_names = ["get", "head"]

    def get(self, request, slug, town, kind):
        if kind not in TYPES:
            raise Http404
        content = figure_files.FORMATS[kind](figure_files.book_of_town(self.cycle, self.town, self.tables))
        headers = {"Content-Disposition": f'attachment; filename="{self.cycle.slug}-{self.town.slug}.{kind}"'}
        return HttpResponse(content, content_type=TYPES[kind], headers=headers)
