"""How a mail after a webinar will look to one person, with nothing sent; and one copy to the coordinator alone."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView, View

from network_portal.common.views import RuleRequiredMixin
from webinars import after_emails
from webinars.cycle_mail_forms import RecipientForm
from webinars.models import Cycle, Registration, Webinar
from webinars.permissions import can_manage_webinars
from webinars.services import cycle_mails as services
from webinars.views.cycle_mails import LANGUAGES, kind_of, language_of

PEOPLE_SHOWN = 200


class Choice:
    """The webinar and person that were asked for; for what does not exist the last webinar that is over, its first person."""

    def __init__(self, cycle: Cycle, asked):
        self.webinars = list(cycle.webinars.exclude(state=Webinar.State.DRAFT).order_by("number"))
        for webinar in self.webinars:
            webinar.cycle = cycle
        self.webinar = _named(self.webinars, asked.get("webinar")) or _latest(self.webinars)
        self.people = _people(self.webinar) if self.webinar else []
        self.registration = _named(self.people, asked.get("person")) or next(iter(self.people), None)

    @property
    def values(self) -> dict[str, int]:
        """The choice as the form and the addresses name it."""
        chosen = {"webinar": self.webinar, "person": self.registration}
        return {name: row.pk for name, row in chosen.items() if row}


def _named(rows: list, pk: str | None):
    return next((row for row in rows if str(row.pk) == pk), None)


def _latest(webinars: list[Webinar]) -> Webinar | None:
    return next((row for row in reversed(webinars) if row.is_past), None) or next(iter(webinars), None)


def _people(webinar: Webinar) -> list[Registration]:
    rows = webinar.registrations.confirmed().filter(anonymised_at=None, person__is_active=True).select_related("person")
    people = list(rows.order_by("name", "pk")[:PEOPLE_SHOWN])
    for row in people:
        row.webinar = webinar
    return people


class PreviewMixin(RuleRequiredMixin):
    """Which mail, and for whom."""

    rule = can_manage_webinars

    @cached_property
    def cycle(self) -> Cycle:
        return get_object_or_404(Cycle, slug=self.kwargs["slug"])

    @cached_property
    def choice(self) -> Choice:
        return Choice(self.cycle, self.request.GET)

    def rendered(self):
        """The mail; none when the cycle has no webinar to show it for."""
        kind, language = kind_of(self.kwargs["kind"]), language_of(self.kwargs["language"])
        if self.choice.webinar is None:
            return None
        about = after_emails.occasion(self.choice.webinar, kind)
        recipient = after_emails.example_recipient(self.choice.registration, self.request.user)
        return after_emails.preview(about, recipient, language, to=self.request.user.email)


@method_decorator([never_cache, csp_update({"frame-src": [SELF]})], name="dispatch")
class CycleMailPreviewView(PreviewMixin, TemplateView):
    """The mail as it looks and as text, and for whom it is shown."""

    template_name = "webinars/manage/cycle_mail_preview.html"

    def get_context_data(self, **kwargs):
        mail, choice = self.rendered(), self.choice
        return {
            "cycle": self.cycle,
            "kind": kind_of(kwargs["kind"]),
            "language": kwargs["language"],
            "language_name": LANGUAGES[kwargs["language"]],
            "mail": mail,
            "choice": choice,
            "query": urlencode(choice.values),
            "form": RecipientForm(initial=choice.values, webinars=choice.webinars, people=choice.people),
        }


@method_decorator(
    [never_cache, xframe_options_sameorigin, csp_replace({"style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})],
    name="dispatch",
)
class CycleMailHtmlView(PreviewMixin, View):
    """The mail alone, to be framed without scripts."""

    def get(self, request, **kwargs):
        if mail := self.rendered():
            return HttpResponse(mail.html)
        raise Http404


@require_POST
def cycle_mail_test(request, slug, kind, language):
    """Send it to the coordinator who asks, and to nobody else."""
    if not can_manage_webinars(request.user):
        raise PermissionDenied
    cycle, kind, language = get_object_or_404(Cycle, slug=slug), kind_of(kind), language_of(language)
    choice = Choice(cycle, request.POST)
    if choice.webinar is None:
        raise Http404
    services.send_test(choice.webinar, kind, language, registration=choice.registration, by=request.user)
    messages.success(request, _("The e-mail is on its way to %(email)s.") % {"email": request.user.email})
    preview = reverse("webinars:cycle_mail_preview", args=[slug, kind.value, language])
    return redirect(f"{preview}?{urlencode(choice.values)}")
