"""The figures of the catalogue, as a page and as a file."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from goodpractices.permissions import can_manage_practices
from goodpractices.stats import catalogue_figures, to_lines
from network_portal.common.exports import CSV_TYPE, to_csv
from network_portal.common.views import RuleRequiredMixin


@method_decorator(never_cache, name="dispatch")
class CatalogueFiguresView(RuleRequiredMixin, TemplateView):
    """By theme, axis, kind, territory, evidence and year: a table with its chart each, and what is not covered."""

    rule = can_manage_practices
    template_name = "goodpractices/review/figures.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(figures=catalogue_figures(), now=timezone.now(), **kwargs)


@never_cache
@require_safe
def figures_file(request):
    """The same as CSV."""
    if not can_manage_practices(request.user):
        raise PermissionDenied
    response = HttpResponse(to_csv(*to_lines(catalogue_figures())), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="catalogue-{timezone.localdate():%Y-%m-%d}.csv"'
    return response
