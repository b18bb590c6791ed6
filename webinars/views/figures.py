"""The figures of a cycle: exact for coordinators, with small numbers withheld for everybody else, at one address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, View

from network_portal.common import exports as files
from network_portal.common.errors import DomainError
from network_portal.common.templatetags.portal import thousands
from network_portal.common.views import RuleRequiredMixin
from webinars import charts, figure_files, permissions, reach_emails
from webinars.models import Cycle
from webinars.services import reach
from webinars.stats import CycleTables, cycle_tables, forecast_of, is_running, public_tables

TYPES = {"csv": files.CSV_TYPE, "xlsx": files.XLSX_TYPE}
SHOWN = charts.MOST_ROWS  # rows beside a chart


@method_decorator(login_not_required, name="dispatch")
class FiguresView(DetailView):
    """Promise and fact, who came, how far the cycle reached, what came of it."""

    context_object_name = "cycle"

    def get_queryset(self):
        return Cycle.objects.visible_to(self.request.user)

    def get_template_names(self):
        return ["webinars/figures/dashboard.html" if self.is_exact else "webinars/figures/public.html"]

    @property
    def is_exact(self) -> bool:
        return permissions.can_see_exact_figures(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if self.is_exact:
            add_never_cache_headers(response)
        return response

    def get_context_data(self, **kwargs):
        tables = tables_for(self.request.user, self.object)
        return super().get_context_data(
            tables=tables,
            figures=tables.figures,
            rows=tables.webinars.rows[-SHOWN:],
            held=[row for row in tables.webinars.rows if row.is_held][-SHOWN:],
            pairs=charts.pair_chart(tables.webinars.rows, of_places=not self.is_exact),
            roles=charts.count_chart(tables.roles.rows),
            line=charts.cumulative_chart(tables),
            is_over=not tables.coming and not is_running(self.object),
            **(_for_coordinators(tables) if self.is_exact else {}),
            **kwargs,
        )


def tables_for(user, cycle: Cycle) -> CycleTables:
    """What ``user`` may see of the figures."""
    tables = cycle_tables(cycle)
    return tables if permissions.can_see_exact_figures(user) else public_tables(tables)


def _for_coordinators(tables: CycleTables) -> dict:
    rows = tables.not_reached.rows
    return {
        "forecast": forecast_of(tables),
        "next_webinar": tables.coming[0].webinar if tables.coming else None,
        "registered_only": sum(row.coming > 0 for row in rows),
        "contacts": sum(bool(row.membership.contact_email) for row in rows),
        "confirmed": sum(row.confirmed for row in tables.webinars.rows),
    }


@login_not_required
@require_safe
def figures_file(request, slug, kind):
    """All tables as a file; the same bytes for the same data on the same day."""
    if kind not in TYPES:
        raise Http404
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), slug=slug)
    content = figure_files.FORMATS[kind](figure_files.book_of_cycle(tables_for(request.user, cycle)))
    headers = {"Content-Disposition": f'attachment; filename="{cycle.slug}.{kind}"'}
    response = HttpResponse(content, content_type=TYPES[kind], headers=headers)
    if permissions.can_see_exact_figures(request.user):
        add_never_cache_headers(response)
    return response


class NotReachedView(RuleRequiredMixin, View):
    """The message to members without attendance, as one of them would get it; the button sends it to all."""

    rule = permissions.can_manage_webinars

    def get(self, request, slug):
        cycle = get_object_or_404(Cycle, slug=slug)
        tables = cycle_tables(cycle)
        rows, coming = reach.with_contact(tables), reach.webinars_to_invite_to(tables)
        mail = reach_emails.preview(cycle, rows[0], coming=coming) if rows and coming else None
        without = len(tables.not_reached.rows) - len(rows)
        context = {"cycle": cycle, "rows": rows, "without": without, "coming": coming, "mail": mail}
        response = render(request, "webinars/figures/not_reached.html", context)
        add_never_cache_headers(response)
        return response

    def post(self, request, slug):
        cycle = get_object_or_404(Cycle, slug=slug)
        try:
            written = reach.write_to_not_reached(cycle, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            _tell(request, written)
        return redirect("webinars:figures", slug)


def _tell(request, written: int) -> None:
    if not written:
        messages.info(request, _("Everybody with a contact has been written to this week. Nothing was sent."))
        return
    text = ngettext("%(n)s e-mail is on its way.", "%(n)s e-mails are on their way.", written)
    messages.success(request, text % {"n": thousands(written)})
