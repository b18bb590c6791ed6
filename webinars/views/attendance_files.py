"""An attendance file from its reading to its use: what it asks, whom it names, what becomes of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from network_portal.common.errors import DomainError
from webinars.attendance_forms import ColumnsForm, DatesForm
from webinars.models import AttendanceFile, AttendanceLine, Webinar
from webinars.permissions import can_mark_attendance
from webinars.services import attendance
from webinars.services.attendance import deciding
from webinars.views.attendance import InnerPage

PAGE = 100  # names on a page
State, Decision = AttendanceFile.State, AttendanceLine.Decision


class FilePage(InnerPage):
    """A page about the file of the address."""

    @cached_property
    def file(self) -> AttendanceFile:
        return get_object_or_404(AttendanceFile.objects.select_related("webinar__cycle"), uuid=self.kwargs["uuid"])

    @cached_property
    def webinar(self) -> Webinar:
        return self.file.webinar

    def get_context_data(self, **kwargs):
        return super().get_context_data(file=self.file, **kwargs)


class AttendanceFileView(FilePage, TemplateView):
    """Whom a file names, page by page; the POST keeps what is decided on a page."""

    template_name = "webinars/manage/attendance_file.html"

    def get(self, request, *args, **kwargs):
        if self.file.state == State.ASKS:
            return redirect("webinars:attendance_question", self.file.uuid)
        if self.file.state != State.READY:
            return self.back()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        only_open = self.request.GET.get("show") == "open"
        lines = self.file.lines.select_related("registration__municipality", "registration__person", "municipality", "role")
        lines = lines.filter(decision=Decision.OPEN) if only_open else lines
        page = Paginator(lines.order_by("-match", "is_staff", "name", "pk"), PAGE).get_page(self.request.GET.get("page"))
        offered = deciding.candidates(self.file, page.object_list)
        for line in page.object_list:
            line.candidates = offered.get(line.pk, [])
        query = "show=open" if only_open else ""
        return super().get_context_data(page_obj=page, counts=_counts(self.file), only_open=only_open, query=query, **kwargs)

    def post(self, request, **kwargs):
        try:
            attendance.decide(self.file, by=request.user, **_decisions(request.POST))
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("What you decided is kept."))
        return redirect(request.get_full_path())


def _counts(file: AttendanceFile) -> dict[str, int]:
    """What will happen, in numbers of names; one query."""
    used = Q(decision__in=[Decision.TAKE, Decision.ADD])
    enough = Q(minutes__gte=file.webinar.minutes_needed)
    return file.lines.aggregate(
        all=Count("pk"),
        counted=Count("pk", filter=used & enough),
        short=Count("pk", filter=used & ~enough),
        added=Count("pk", filter=Q(decision=Decision.ADD) & enough),
        left=Count("pk", filter=Q(decision=Decision.LEAVE)),
        open=Count("pk", filter=Q(decision=Decision.OPEN)),
        strangers=Count("pk", filter=Q(decision=Decision.OPEN, match=AttendanceLine.Match.NONE)),
    )


def _decisions(posted) -> dict:
    """``line-7=take-12`` (a registration), ``leave`` or ``open``; anything else decides nothing."""
    takes, leaves, opens = {}, set(), set()
    for field, value in posted.items():
        kind, _dash, line = field.partition("-")
        if kind != "line" or not _is_id(line):
            continue
        deed, _dash, registration = value.partition("-")
        if deed == "take" and _is_id(registration):
            takes[int(line)] = int(registration)
        elif value == "leave":
            leaves.add(int(line))
        elif value == "open":
            opens.add(int(line))
    return {"takes": takes, "leaves": leaves, "opens": opens}


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


class AttendanceQuestionView(FilePage, FormView):
    """Which column is what, or how dates are written; the answer is remembered with the file."""

    def get_template_names(self):
        return [f"webinars/manage/attendance_{self.file.question['kind']}.html"]

    def dispatch(self, request, *args, **kwargs):
        if can_mark_attendance(request.user) and self.file.state != State.ASKS:
            return redirect("webinars:attendance_file", self.file.uuid)
        return super().dispatch(request, *args, **kwargs)

    @property
    def asks_columns(self) -> bool:
        return self.file.question["kind"] == "columns"

    def get_form_class(self):
        return ColumnsForm if self.asks_columns else DatesForm

    def get_form_kwargs(self):
        more = {"columns": self.file.question["columns"]} if self.asks_columns else {}
        return super().get_form_kwargs() | more

    def form_valid(self, form):
        try:
            if self.asks_columns:
                file = attendance.answer_columns(self.file, mapping=form.mapping(), by=self.request.user)
            else:
                day_first = form.cleaned_data["order"] == "day"
                file = attendance.answer_dates(self.file, day_first=day_first, by=self.request.user)
        except DomainError as error:
            messages.error(self.request, str(error))
            return self.back()
        return redirect(file.job)


def _file_for(request, uuid) -> AttendanceFile:
    """The file for an action: refused to who does not coordinate."""
    if not can_mark_attendance(request.user):
        raise PermissionDenied
    return get_object_or_404(AttendanceFile.objects.select_related("webinar__cycle"), uuid=uuid)


def _keep(request, file: AttendanceFile) -> None:
    """What is ticked counts, though nobody pressed the button that keeps it. Raises what ``decide`` raises."""
    if any((decisions := _decisions(request.POST)).values()):
        attendance.decide(file, by=request.user, **decisions)


@require_POST
def leave_out(request, uuid):
    """Leave out everybody still open who is like no registration, once what is ticked on the page is kept."""
    file = _file_for(request, uuid)
    try:
        _keep(request, file)
        count = attendance.leave_unregistered(file, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, ngettext("%(n)s name is left out.", "%(n)s names are left out.", count) % {"n": count})
    return redirect("webinars:attendance_file", uuid)


@require_POST
def apply(request, uuid):
    """Start the use of the file with what is ticked on the page; with ``others=leave`` whoever is still open is left out."""
    file = _file_for(request, uuid)
    others_are_left_out = request.POST.get("others") == "leave"
    try:
        _keep(request, file)
        return redirect(attendance.ask_to_apply(file, by=request.user, others_are_left_out=others_are_left_out))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("webinars:attendance_file", uuid)


@require_POST
def undo(request, uuid):
    file = _file_for(request, uuid)
    try:
        attendance.undo(file, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(name)s” is undone: what it alone said is gone.") % {"name": file.name})
    return redirect("webinars:attendance", file.webinar.slug)


@require_POST
def discard(request, uuid):
    file = _file_for(request, uuid)
    try:
        attendance.discard(file, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(name)s” was removed. It changed nothing.") % {"name": file.name})
    return redirect("webinars:attendance", file.webinar.slug)
