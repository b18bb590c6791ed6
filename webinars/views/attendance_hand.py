"""Attendance by hand: who was there whatever the files say, and who was not."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from network_portal.common.errors import DomainError
from webinars.attendance_forms import ParticipantForm, ReasonForm, TogetherForm
from webinars.models import AttendanceRecord, Registration, Webinar
from webinars.services import attendance_hand
from webinars.views.attendance import InnerPage


class HandView(InnerPage, FormView):
    """A form whose refusal is said at its head."""

    def form_valid(self, form):
        try:
            done = self.act(form)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, done)
        return self.back()


class AttendanceAddView(HandView):
    """Somebody who was not registered."""

    form_class = ParticipantForm
    template_name = "webinars/manage/attendance_add.html"

    def act(self, form) -> str:
        row = attendance_hand.add_participant(self.webinar, by=self.request.user, **form.answers())
        return _("%(name)s was added by hand.") % {"name": row.name}


class AttendanceTogetherView(HandView):
    """Several people before one screen."""

    form_class = TogetherForm
    template_name = "webinars/manage/attendance_together.html"

    def act(self, form) -> str:
        rows = attendance_hand.add_together(self.webinar, by=self.request.user, **form.cleaned_data)
        text = ngettext("%(count)s person was added by hand.", "%(count)s people were added by hand.", len(rows))
        return text % {"count": len(rows)}


class AttendancePresenceView(HandView):
    """A registered person who was there."""

    form_class = ReasonForm
    template_name = "webinars/manage/attendance_presence.html"

    @cached_property
    def registration(self) -> Registration:
        rows = Registration.objects.select_related("webinar__cycle", "person", "municipality", "role")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def webinar(self) -> Webinar:
        return self.registration.webinar

    def get_context_data(self, **kwargs):
        return super().get_context_data(registration=self.registration, **kwargs)

    def act(self, form) -> str:
        row = attendance_hand.note_presence(self.registration, by=self.request.user, **form.cleaned_data)
        return _("%(name)s counts as having attended.") % {"name": row.name}


class AttendanceTakeOutView(InnerPage, TemplateView):
    """The GET asks, the POST does it."""

    template_name = "webinars/manage/attendance_take_out.html"

    @cached_property
    def record(self) -> AttendanceRecord:
        rows = AttendanceRecord.objects.select_related("webinar__cycle", "person", "municipality", "role")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def webinar(self) -> Webinar:
        return self.record.webinar

    def get_context_data(self, **kwargs):
        return super().get_context_data(record=self.record, **kwargs)

    def post(self, request, **kwargs):
        try:
            attendance_hand.take_out(self.record, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("%(name)s does not count by hand any more.") % {"name": self.record.name})
        return self.back()
