"""The coordinator's page about who attended a webinar, and the end of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from network_portal.common.errors import DomainError
from network_portal.common.templatetags.portal import thousands
from network_portal.common.views import RuleRequiredMixin
from webinars import permissions
from webinars.attendance_forms import CloseForm, ReasonForm, UploadForm
from webinars.models import AttendanceFile, Webinar
from webinars.services import after, attendance, facts
from webinars.services.attendance import closing

PAGE = 100  # people on a page
SHOWN = ("attended", "short", "absent")


class AttendancePage(RuleRequiredMixin):
    """A coordinator's page about attendance in the webinar of the address; browsers keep no copy of it."""

    rule = permissions.can_mark_attendance

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    @cached_property
    def webinar(self) -> Webinar:
        return get_object_or_404(Webinar.objects.select_related("cycle"), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(webinar=self.webinar, crumbs=self.crumbs(), **kwargs)

    def crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Manage webinars"), reverse("webinars:manage")),
            (self.webinar.title, reverse("webinars:edit", args=[self.webinar.slug])),
        ]

    def back(self):
        return redirect("webinars:attendance", self.webinar.slug)


class InnerPage(AttendancePage):
    """A page behind the page of attendance."""

    def crumbs(self):
        return [*super().crumbs(), (_("Attendance"), reverse("webinars:attendance", args=[self.webinar.slug]))]


class AttendanceView(AttendancePage, TemplateView):
    """Who attended and who did not, page by page, and the files that say so. The POST takes a file."""

    template_name = "webinars/manage/attendance.html"

    def get_context_data(self, **kwargs):
        shown = self.request.GET.get("show")
        shown = shown if shown in SHOWN else SHOWN[0]
        kwargs.setdefault("form", UploadForm())
        files = list(self.webinar.attendance_files.order_by("-uploaded_at", "-pk").select_related("uploaded_by"))
        return super().get_context_data(
            shown=shown,
            counts=_counts(self.webinar),
            files=files,
            has_file=any(file.state == AttendanceFile.State.APPLIED for file in files),
            page_obj=Paginator(_people(self.webinar, shown), PAGE).get_page(self.request.GET.get("page")),
            query=f"show={shown}",
            can_change=_can_change(self.webinar),
            **kwargs,
        )

    def post(self, request, slug):
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        chosen = form.cleaned_data["file"]
        try:
            file = attendance.upload(self.webinar, by=request.user, name=chosen.name, content=chosen.read())
        except DomainError as error:
            form.add_error("file", str(error))
            return self.render_to_response(self.get_context_data(form=form))
        if hasattr(file, "is_new"):
            return redirect(file.job)
        text = _("“%(name)s” is the same file as one that is here already. Nothing changed.")
        messages.info(request, text % {"name": chosen.name})
        return redirect("webinars:attendance_file", file.uuid)


def _can_change(webinar: Webinar) -> bool:
    try:
        facts.check_countable(webinar)
        attendance.check_begun(webinar)
    except DomainError:
        return False
    return True


def _counts(webinar: Webinar) -> dict[str, int]:
    """How many people in each list; two queries."""
    lists = dict(webinar.attendance.order_by().values("attended").annotate(n=Count("pk")).values_list("attended", "n"))
    return {"attended": lists.get(True, 0), "short": lists.get(False, 0), "absent": _absent(webinar).count()}


def _absent(webinar: Webinar):
    return webinar.registrations.confirmed().filter(attendance__isnull=True)


def _people(webinar: Webinar, shown: str):
    """Records, or registrations of those who were not there, by name."""
    records = webinar.attendance.filter(attended=shown == "attended").select_related("registration")
    rows = _absent(webinar) if shown == "absent" else records
    return rows.select_related("person", "municipality", "role").order_by("name", "pk")


class AttendanceCloseView(InnerPage, FormView):
    """The GET says what will be sealed and who is written to, the POST does it."""

    form_class = CloseForm
    template_name = "webinars/manage/attendance_close.html"

    def get(self, request, *args, **kwargs):
        if self.webinar.attendance_closed_at:
            messages.info(request, _("Attendance is closed already."))
            return self.back()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        mails = after.mails_after(self.webinar)
        return super().get_context_data(ending=closing.ending(self.webinar), mails=mails, all_mails=sum(mails.values()), **kwargs)

    def form_valid(self, form):
        try:
            webinar = attendance.close(self.webinar, by=self.request.user, tells=form.cleaned_data["tells"])
        except DomainError as error:
            messages.error(self.request, str(error))
            return self.back()
        text = ngettext(
            "Attendance is closed: its figures are sealed. %(count)s e-mail goes out.",
            "Attendance is closed: its figures are sealed. %(count)s e-mails go out.",
            webinar.told,
        )
        messages.success(self.request, text % {"count": thousands(webinar.told)})
        return self.back()


class AttendanceReopenView(InnerPage, FormView):
    form_class = ReasonForm
    template_name = "webinars/manage/attendance_reopen.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_possible=not closing.has_anonymised(self.webinar), **kwargs)

    def form_valid(self, form):
        try:
            attendance.reopen(self.webinar, by=self.request.user, **form.cleaned_data)
        except DomainError as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, _("Attendance is open again. Close it when it is right."))
        return self.back()
