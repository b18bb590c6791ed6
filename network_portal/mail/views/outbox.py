"""The outbox as coordinators and administrators see it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_filters.views import FilterView

from network_portal.common.errors import DomainError
from network_portal.common.views import RuleRequiredMixin
from network_portal.mail import permissions, services, transport
from network_portal.mail.claims import control
from network_portal.mail.filters import OutboxFilter
from network_portal.mail.models import OutboxMail


class OutboxView(RuleRequiredMixin, FilterView):
    rule = permissions.can_manage_outbox
    template_name = "mail_app/outbox.html"
    filterset_class = OutboxFilter
    paginate_by = 50
    queryset = OutboxMail.objects.order_by("-created_at", "-pk").defer("html", "calendar")

    def get_context_data(self, **kwargs):
        query = self.request.GET.copy()
        query.pop("page", None)
        now = timezone.now()
        return super().get_context_data(
            **kwargs,
            query=query.urlencode(),
            control=control(),
            now=now,
            missed=services.missed_reminders(now),
            can_read_bodies=permissions.can_read_bodies(self.request.user),
            can_send=transport.can_send(),
        )


def _checked(request) -> None:
    if not permissions.can_manage_outbox(request.user):
        raise PermissionDenied


def _back(request):
    return redirect("mail:outbox")


@require_POST
def outbox_retry(request, pk):
    _checked(request)
    try:
        services.retry(get_object_or_404(OutboxMail, pk=pk))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The e-mail goes out again shortly."))
    return _back(request)


@require_POST
def outbox_done(request, pk):
    _checked(request)
    try:
        services.mark_done(get_object_or_404(OutboxMail, pk=pk))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The e-mail was marked as done. It will not be sent."))
    return _back(request)


@require_POST
def outbox_pause(request):
    _checked(request)
    services.pause()
    messages.success(request, _("No e-mail goes out until you resume. Sign-in codes wait too."))
    return _back(request)


@require_POST
def outbox_resume(request):
    _checked(request)
    services.resume()
    messages.success(request, _("E-mails go out again."))
    return _back(request)
