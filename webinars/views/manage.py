"""A coordinator's pages: what needs a decision, and the writing, publishing and cancelling of webinars."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView, View

from municipalities.models import Municipality
from network_portal.audit.models import Entry
from network_portal.common.errors import DomainError
from network_portal.common.views import RuleRequiredMixin
from webinars import services
from webinars.errors import CapacityBelowConfirmed, ChangedMeanwhile
from webinars.manage_forms import WebinarForm, initial_of, initial_of_new
from webinars.models import Cycle, Recording, Webinar
from webinars.permissions import can_manage_webinars
from webinars.stats import cycle_figures, forecast, is_running
from webinars.todo import todos
from webinars.versions import differences, last_editor


class ManageView(RuleRequiredMixin, TemplateView):
    """Every webinar with its places, the latest cycle first, and before it what waits for a decision."""

    rule = can_manage_webinars
    template_name = "webinars/manage/overview.html"

    def get_context_data(self, **kwargs):
        rows = Webinar.objects.with_places().with_towns().select_related("cycle", "recording")
        webinars = list(rows.order_by("-cycle__ends_on", "-cycle", "number"))
        coming = [w for w in webinars if not w.is_past and w.state == Webinar.State.PUBLISHED]
        lost = Recording.objects.lost().select_related("webinar").order_by("-published_on", "pk")
        cycles = list(Cycle.objects.current_first())
        return super().get_context_data(
            today=timezone.localdate(),
            webinars=webinars,
            cycles=cycles,
            todos=todos(
                webinars,
                lost,
                Municipality.objects.with_requests_nobody_answers(),
                Municipality.objects.that_lost_their_focal_point(),
            ),
            taken=sum(w.places_taken for w in coming),
            waiting=sum(w.people_waiting for w in coming),
            coming=coming,
            **_outlook(cycles, webinars),
            **kwargs,
        )


def _outlook(cycles: list[Cycle], webinars: list[Webinar]) -> dict:
    """The forecast of the cycle that runs today, from the rows that are there already and its four figures."""
    today = timezone.localdate()
    running = next((cycle for cycle in cycles if cycle.starts_on <= today and is_running(cycle)), None)
    if running is None:
        return {}
    published = [w for w in webinars if w.cycle_id == running.pk and w.state == Webinar.State.PUBLISHED]
    confirmed = sum(w.places_taken for w in published if w.is_past)
    coming = [w for w in published if not w.is_past]
    outlook = forecast(running, cycle_figures(running), coming=coming, confirmed=confirmed)
    return {"outlook": outlook, "running": running}


@method_decorator(never_cache, name="dispatch")
class WebinarCreateView(RuleRequiredMixin, View):
    """A new webinar, kept as a draft."""

    rule = can_manage_webinars

    def get(self, request):
        return _form_page(request, WebinarForm(initial=initial_of_new()))

    def post(self, request):
        form = WebinarForm(request.POST, initial=initial_of_new())
        if not form.is_valid():
            return _form_page(request, form)
        webinar = services.create_webinar(by=request.user, **form.answers())
        messages.success(request, _("The webinar was saved as a draft."))
        return redirect("webinars:edit", webinar.slug)


@method_decorator(never_cache, name="dispatch")
class WebinarEditView(RuleRequiredMixin, View):
    """Change a webinar; asks first when people will be written to; never overwrites what somebody else wrote."""

    rule = can_manage_webinars

    def get(self, request, slug):
        webinar = _webinar(slug)
        return _form_page(request, _edit_form(webinar), webinar)

    def post(self, request, slug):
        webinar = _webinar(slug)
        form = _edit_form(webinar, request.POST)
        if "back" in request.POST or not form.is_valid():
            return _form_page(request, form, webinar)
        if request.POST.get("seen") != webinar.changed_at.isoformat():
            return _conflict_page(request, form, webinar)
        mails = services.mails_owed_by(webinar, form.answers())
        if mails and "confirmed" not in request.POST:
            return render(
                request,
                "webinars/manage/webinar_tell.html",
                {"webinar": webinar, "form": form, "mails": mails, "typed": _typed(request)},
            )
        return self._save(request, form, webinar)

    def _save(self, request, form, webinar):
        try:
            services.edit_webinar(webinar, by=request.user, seen=webinar.changed_at, **form.answers())
        except CapacityBelowConfirmed as error:
            form.add_error("capacity", str(error))
            return _form_page(request, form, webinar)
        except ChangedMeanwhile:
            return _conflict_page(request, form, _webinar(webinar.slug))
        messages.success(request, _("The webinar was saved."))
        return redirect("webinars:edit", webinar.slug)


@require_POST
def webinar_publish(request, slug):
    """Show the webinar to everybody and open registration."""
    webinar = _webinar_for(request, slug)
    try:
        services.publish(webinar, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("webinars:edit", slug)
    messages.success(request, _("The webinar is published."))
    return redirect(webinar)


@method_decorator(never_cache, name="dispatch")
class WebinarCancelView(RuleRequiredMixin, View):
    """Call a webinar off; says first how many people will be written to."""

    rule = can_manage_webinars

    def get(self, request, slug):
        return self._page(request, _webinar(slug))

    def post(self, request, slug):
        webinar, reason = _webinar(slug), request.POST.get("reason", "").replace("\x00", "").strip()
        if not reason or len(reason) > 300:
            error = (
                _("Enter the reason: people read it in the mail")
                if not reason
                else _("The reason must be 300 characters or fewer")
            )
            return self._page(request, webinar, reason=reason, error=error)
        try:
            services.cancel_webinar(webinar, by=request.user, reason=reason)
        except DomainError as error:
            return self._page(request, webinar, reason=reason, error=str(error))
        messages.success(request, _("The webinar is cancelled, and everybody who was registered is told."))
        return redirect("webinars:manage")

    def _page(self, request, webinar, *, reason="", error=""):
        context = {"webinar": webinar, "mails": webinar.registrations.live().count(), "reason": reason, "error": error}
        return render(request, "webinars/manage/webinar_cancel.html", context)


def _webinar(slug: str) -> Webinar:
    return get_object_or_404(Webinar.objects.select_related("cycle"), slug=slug)


def _webinar_for(request, slug: str) -> Webinar:
    """The webinar for an action: refused to who does not coordinate."""
    if not can_manage_webinars(request.user):
        raise PermissionDenied
    return _webinar(slug)


def _edit_form(webinar: Webinar, data=None) -> WebinarForm:
    form = WebinarForm(data, initial=initial_of(webinar))
    del form.fields["cycle"]
    return form


def _form_page(request, form, webinar: Webinar | None = None, **context):
    seen = request.POST.get("seen") or (webinar and webinar.changed_at.isoformat())
    return render(request, "webinars/manage/webinar_form.html", {"form": form, "webinar": webinar, "seen": seen, **context})


def _conflict_page(request, form, webinar: Webinar):
    """What was typed stays in the form; what is stored now stands beside it. The next save is a decision."""
    entry: Entry | None = last_editor(webinar)
    context = {"differences": differences(form, webinar), "entry": entry, "seen": webinar.changed_at.isoformat()}
    return render(request, "webinars/manage/webinar_form.html", {"form": form, "webinar": webinar, **context})


def _typed(request) -> list[tuple[str, str]]:
    """Every posted field, to be carried over a page that only asks."""
    left_out = {"csrfmiddlewaretoken", "confirmed", "back"}
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]
