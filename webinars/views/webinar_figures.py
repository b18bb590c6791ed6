"""The figures of one webinar, exact, for coordinators: as a page and as files."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from webinars import charts, figure_files, permissions
from webinars.models import Webinar
from webinars.stats import WebinarTables, webinar_tables
from webinars.views.figures import TYPES
from webinars.views.people import PeoplePage


class FiguresPage(PeoplePage):
    """What was counted at the webinar of the address; a draft and what was cancelled have no figures."""

    rule = permissions.can_see_exact_figures

    @cached_property
    def webinar(self) -> Webinar:
        return get_object_or_404(Webinar.objects.select_related("cycle"), slug=self.kwargs["slug"])

    @cached_property
    def tables(self) -> WebinarTables:
        tables = webinar_tables(self.webinar)
        if tables is None:
            raise Http404
        return tables


class WebinarFiguresView(FiguresPage, TemplateView):
    """Places and people, roles, municipalities present and not, usefulness and views."""

    template_name = "webinars/figures/webinar.html"

    def get_context_data(self, **kwargs):
        roles = charts.count_chart(self.tables.roles.rows)
        return super().get_context_data(tables=self.tables, row=self.tables.row, roles=roles, **kwargs)


class WebinarFiguresFileView(FiguresPage, View):
    """All tables as a file; the same bytes for the same data."""

    http_method_names = ["get", "head"]

    def get(self, request, slug, kind):
        if kind not in TYPES:
            raise Http404
        content = figure_files.FORMATS[kind](figure_files.book_of_webinar(self.tables))
        headers = {"Content-Disposition": f'attachment; filename="{self.webinar.slug}.{kind}"'}
        return HttpResponse(content, content_type=TYPES[kind], headers=headers)
