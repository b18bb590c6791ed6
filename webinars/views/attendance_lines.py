"""One name of a file: is it somebody registered, or a participant who was not?"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from municipalities.services import suggest_for_email
from network_portal.common.errors import DomainError
from webinars.attendance_forms import LineAddForm, LineTakeForm
from webinars.models import AttendanceFile, AttendanceLine
from webinars.services import attendance
from webinars.views.attendance_files import FilePage


class AttendanceLineView(FilePage, TemplateView):
    template_name = "webinars/manage/attendance_line.html"

    @cached_property
    def line(self) -> AttendanceLine:
        rows = AttendanceLine.objects.select_related("file__webinar__cycle", "municipality", "role", "registration__municipality")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def file(self) -> AttendanceFile:
        return self.line.file

    def get(self, request, *args, **kwargs):
        if self.file.state != AttendanceFile.State.READY:
            return redirect("webinars:attendance_file", self.file.uuid)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("add", LineAddForm(initial=_initial(self.line), line=self.line))
        kwargs.setdefault("take", LineTakeForm(webinar=self.webinar))
        return super().get_context_data(line=self.line, **kwargs)

    def post(self, request, **kwargs):
        is_take = "take" in request.POST
        form = LineTakeForm(request.POST, webinar=self.webinar) if is_take else LineAddForm(request.POST, line=self.line)
        context = {"take" if is_take else "add": form, "form": form}
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**context))
        deed = attendance.take_line if is_take else attendance.add_line
        try:
            deed(self.line, by=request.user, **(form.cleaned_data if is_take else form.answers()))
        except DomainError as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(**context))
        messages.success(request, _("%(name)s: decided.") % {"name": self.line.name or self.line.email})
        return redirect("webinars:attendance_file", self.file.uuid)


def _initial(line: AttendanceLine) -> dict:
    """What was decided before, else what a waiting or cancelled registration says, else the town of the mail domain."""
    known = line if line.decision == AttendanceLine.Decision.ADD else line.registration
    if known is None:
        return {"name": line.name, "municipality": suggest_for_email(line.email)}
    return {
        "name": line.name or known.name,
        "email": line.email,
        "municipality": known.municipality,
        "no_municipality": bool(known.organisation) and known.municipality is None,
        "organisation": known.organisation,
        "role": known.role_id,
        "reason": line.reason,
    }
