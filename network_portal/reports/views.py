"""The pages of those who report to a funder."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView, View

from network_portal.common.errors import DomainError
from network_portal.common.exports import CSV_TYPE
from network_portal.common.views import RuleRequiredMixin
from network_portal.reports import building, exports, forms, pages, services, work
from network_portal.reports.content import LANGUAGES, canonical, digest
from network_portal.reports.errors import ChangedMeanwhile
from network_portal.reports.missing import missing
from network_portal.reports.models import Report
from network_portal.reports.permissions import can_manage_reports
from webinars.models import Cycle


@method_decorator(never_cache, name="dispatch")
class ReportPage(RuleRequiredMixin):
    """A coordinator's page about the report of the address; browsers keep no copy of it."""

    rule = can_manage_reports

    @cached_property
    def report(self) -> Report:
        return _report(self.request, self.kwargs["uuid"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(report=self.report, crumbs=pages.crumbs(self.report), **kwargs)


class ReportListView(RuleRequiredMixin, TemplateView):
    """Every report, by cycle, with the latest first."""

    rule = can_manage_reports
    template_name = "reports/report_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(groups=pages.by_cycle(self.request.user), **kwargs)


class ReportCreateView(RuleRequiredMixin, FormView):
    """A draft over a cycle, up to a day."""

    rule = can_manage_reports
    form_class = forms.NewReportForm
    template_name = "reports/report_new.html"

    def get_initial(self):
        return pages.initial_of_new(self.request.GET.get("cycle", ""))

    def form_valid(self, form):
        report = services.create_report(form.cleaned_data["cycle"], by=self.request.user, cut_off=form.cleaned_data["cut_off"])
        messages.success(self.request, _("The draft is ready: read the figures, write what belongs to them, freeze it."))
        return redirect(report)


class ReportView(ReportPage, TemplateView):
    """A draft with today's figures and the text to write, or what was frozen with its files."""

    def get_template_names(self):
        return ["reports/report_frozen.html" if self.report.is_frozen else "reports/report_draft.html"]

    def get_context_data(self, **kwargs):
        if self.report.is_frozen:
            return super().get_context_data(**pages.frozen(self.report), **kwargs)
        form = forms.TextForm(initial=forms.TextForm.initial_of(self.report.text))
        return super().get_context_data(**pages.draft(self.report), form=form, seen=self.report.changed_at.isoformat(), **kwargs)


@require_POST
def report_text(request, uuid):
    """Save what the coordination says; who comes second sees both texts and overwrites nothing."""
    report = _report_for(request, uuid)
    form, seen = forms.TextForm(request.POST), request.POST.get("seen", "")
    if not form.is_valid():
        return _draft_page(request, report, form=form, seen=seen)
    try:
        services.save_text(report, by=request.user, seen=seen, text=form.text())
    except ChangedMeanwhile:
        report.refresh_from_db()
        return _draft_page(request, report, form=form, seen=report.changed_at.isoformat(), is_conflict=True)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(report)
    messages.success(request, _("The text is saved."))
    return redirect("reports:freeze", uuid) if "check" in request.POST else redirect(report)


class ReportFreezeView(ReportPage, TemplateView):
    """Check before freezing: the GET shows exactly what the POST will keep."""

    template_name = "reports/report_freeze.html"

    def get(self, request, *args, **kwargs):
        return redirect(self.report) if self.report.is_frozen else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        content = building.build(self.report)
        things = missing(self.report.cycle, until=self.report.cut_off)
        shown = pages.shown(content)
        return super().get_context_data(**shown, missing=things, checked=digest(canonical(content)), **kwargs)

    def post(self, request, uuid):
        try:
            report = services.freeze(self.report, by=request.user, checked=request.POST.get("checked", ""))
        except ChangedMeanwhile as error:
            messages.warning(request, str(error))
            return redirect("reports:freeze", uuid)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(self.report)
        messages.success(
            request, _("Report %(number)s is frozen. Its figures never change any more.") % {"number": report.number}
        )
        return redirect(report)


class ReportCorrectView(ReportPage, FormView):
    """Another report in the place of a frozen one."""

    form_class = forms.CorrectionForm
    template_name = "reports/report_correct.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "cycle": self.report.cycle}

    def get_initial(self):
        return {"cut_off": self.report.cut_off}

    def form_valid(self, form):
        try:
            new = services.create_report(self.report.cycle, by=self.request.user, corrects=self.report, **form.cleaned_data)
        except DomainError as error:
            messages.error(self.request, str(error))
            return redirect(self.report)
        messages.success(self.request, _("The correction is a draft: its figures are those of today."))
        return redirect(new)


@require_POST
def report_discard(request, uuid):
    report = _report_for(request, uuid)
    try:
        services.discard(report, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(report)
    messages.success(request, _("The draft is deleted."))
    return redirect("reports:list")


class ReportCsvView(ReportPage, View):
    """A frozen report as CSV, in the language of the address."""

    http_method_names = ["get"]

    def get(self, request, uuid, language):
        if not self.report.is_frozen or language not in LANGUAGES:
            raise Http404
        content = exports.csv_file(self.report.frozen, language)
        headers = {"Content-Disposition": f'attachment; filename="{work.file_name(self.report, language, "csv")}"'}
        return HttpResponse(content, content_type=CSV_TYPE, headers=headers)


@require_POST
def report_file(request, uuid):
    """Make a file of a frozen report; the page of the work says when it is there."""
    report = _report_for(request, uuid)
    form = forms.FileForm(request.POST)
    if not report.is_frozen or not form.is_valid():
        raise Http404
    return redirect(work.queue_file(report, by=request.user, **form.cleaned_data))


@require_POST
def cycle_rows(request, slug):
    """Every participation of a cycle as a table, made in the background."""
    if not can_manage_reports(request.user):
        raise PermissionDenied
    cycle = get_object_or_404(Cycle, slug=slug)
    return redirect(work.queue_rows(cycle, by=request.user, back_url=reverse("reports:list")))


def _report(request, uuid) -> Report:
    rows = Report.objects.visible_to(request.user).select_related("cycle", "corrects", "frozen_by", "changed_by")
    return get_object_or_404(rows, uuid=uuid)


def _report_for(request, uuid) -> Report:
    """The report for an action: refused to who does not coordinate."""
    if not can_manage_reports(request.user):
        raise PermissionDenied
    return _report(request, uuid)


def _draft_page(request, report: Report, *, form, seen: str, is_conflict: bool = False):
    if report.is_frozen:
        return redirect(report)
    context = {**pages.draft(report), "report": report, "crumbs": pages.crumbs(report), "form": form, "seen": seen}
    if is_conflict:
        context["stored"] = [(get_language_info(code)["name_local"], code, report.text.get(code, "")) for code in LANGUAGES]
    return render(request, "reports/report_draft.html", {**context, "language": get_language()})
