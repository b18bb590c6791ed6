"""The demonstration's mailbox: mails that a real installation would have sent."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from network_portal.mail import transport
from network_portal.mail.models import OutboxMail


def delivered():
    """Nothing at all where real mail goes out: then these would be real people's letters."""
    if not transport.is_demonstration():
        raise Http404
    return OutboxMail.objects.filter(state=OutboxMail.State.SENT)


@method_decorator(login_not_required, name="dispatch")
class MailboxView(ListView):
    template_name = "mail_app/mailbox.html"
    paginate_by = 25

    def get_queryset(self):
        mails = delivered().order_by("-sent_at", "-pk").defer("text", "html")
        if to := self.request.GET.get("to", "").strip()[:254]:
            mails = mails.filter(to__icontains=to)
        return mails

    def get_context_data(self, **kwargs):
        query = self.request.GET.copy()
        query.pop("page", None)
        on_their_way = OutboxMail.objects.due().count()
        to = self.request.GET.get("to", "")[:254]
        return super().get_context_data(**kwargs, query=query.urlencode(), on_their_way=on_their_way, to=to)


@method_decorator([login_not_required, csp_update({"frame-src": [SELF]})], name="dispatch")
class MailView(DetailView):
    template_name = "mail_app/mail.html"
    context_object_name = "mail"

    def get_queryset(self):
        return delivered()


@login_not_required
@require_safe
@xframe_options_sameorigin
@csp_replace({"style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})
def mail_html(request, pk):
    """The mail as it looks, to be framed without scripts; its links open in the page around it."""
    mail = get_object_or_404(delivered(), pk=pk)
    return HttpResponse(mail.html.replace("<head>", '<head><base target="_top">', 1))


@login_not_required
@require_safe
def mail_calendar(request, pk):
    mail = get_object_or_404(delivered().exclude(calendar=""), pk=pk)
    headers = {"Content-Disposition": 'attachment; filename="invite.ics"'}
    kind = f"text/calendar; charset=utf-8; method={mail.calendar_method}"
    return HttpResponse(mail.calendar, content_type=kind, headers=headers)
