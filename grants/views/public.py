"""Pages of calls that anybody may read, and what signed-in people do on them."""

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView, FormView, TemplateView

from grants import services
from grants.calendars import deadlines
from grants.call_page import CallPage
from grants.eligibility import verdict
from grants.errors import WrongState
from grants.feeds import calendar_response
from grants.forms import CheckForm, FollowThemesForm, QuestionForm
from grants.listing import Listing
from grants.models import Call, CallFile, Follow
from grants.reading import rules_of
from network_portal.users.limits import refusal
from network_portal.vocabularies.models import Term


@method_decorator(login_not_required, name="dispatch")
class CallListView(TemplateView):
    """Every public call, open ones first. A filter value that does not exist filters nothing."""

    template_name = "grants/call_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(listing=Listing(self.request.GET, now=timezone.now()), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class CallDetailView(DetailView):
    """Everything about one call."""

    template_name = "grants/call_detail.html"
    context_object_name = "call"

    def get_queryset(self):
        return Call.objects.visible_to(self.request.user).with_terms_version()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**page_of(self.object, self.request.user), **kwargs)


def page_of(call: Call, user, *, form: QuestionForm | None = None) -> dict:
    """What the page of ``call``, which was read with the version of the terms, shows to ``user``."""
    is_known = user.is_authenticated
    return {
        "call": call,
        "page": CallPage(call, timezone.now()),
        "form": form or QuestionForm(),
        "is_followed": is_known and Follow.objects.filter(person=user, call=call).exists(),
        "waiting": call.questions.filter(asked_by=user, answered_at=None).order_by("pk") if is_known else [],
    }


def public_call(slug: str) -> Call:
    """A call that everybody may see, or the page that says there is none."""
    return get_object_or_404(Call.objects.public().with_terms_version(), slug=slug)


@login_not_required
@require_safe
def check(request, slug):
    """Can we apply? Asked by GET, answered in the same page, kept nowhere."""
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    form = CheckForm(request.GET if "kind" in request.GET or "municipality" in request.GET else None)
    answer = None
    if form.is_bound and form.is_valid():
        answer = verdict(rules_of(call), kind=form.cleaned_data["kind"], town=form.cleaned_data["municipality"])
    return render(request, "grants/call_check.html", {"call": call, "form": form, "verdict": answer})


@require_POST
def follow(request, slug):
    """Begin or stop to follow a call; twice is the same as once."""
    call = public_call(slug)
    if request.POST.get("stop"):
        services.unfollow_call(call, by=request.user)
        messages.success(request, _("You no longer follow this call."))
    else:
        services.follow_call(call, by=request.user)
        messages.success(request, _("You follow this call: we write to you when it changes and before it closes."))
    return redirect("grants:follow_themes" if request.POST.get("back") == "following" else call)


@require_POST
def ask(request, slug):
    call, form = public_call(slug), QuestionForm(request.POST)
    if not form.is_valid():
        return render(request, "grants/call_detail.html", page_of(call, request.user, form=form))
    if answer := refusal(request, "call_question", template="grants/too_many_questions.html"):
        return answer
    try:
        services.ask(call, by=request.user, text=form.cleaned_data["text"])
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your question was sent. The answer comes by e-mail and is public on this page."))
    return redirect(f"{call.get_absolute_url()}#questions")


@login_not_required
@require_safe
def calendar(request, slug):
    """The closing of one call as a calendar file."""
    call = get_object_or_404(Call.objects.public().with_sequence(), slug=slug)
    return calendar_response(deadlines([call], name=call.title), slug)


@login_not_required
@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})
def file(request, uuid):
    """A file to be saved and never shown: what is in it came from people."""
    kept = get_object_or_404(CallFile.objects.visible_to(request.user), uuid=uuid)
    try:
        content = kept.content.open("rb")
    except FileNotFoundError as error:  # a backup was restored without its files
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=kept.file_name, content_type=kept.content_type)


class FollowThemesView(FormView):
    """The themes and the calls that a person follows."""

    template_name = "grants/follow_themes.html"
    form_class = FollowThemesForm
    success_url = reverse_lazy("grants:follow_themes")

    def get_initial(self):
        followed = Follow.objects.filter(person=self.request.user, call=None)
        return {"themes": [str(pk) for pk in followed.values_list("theme", flat=True)]}

    def form_valid(self, form):
        themes = Term.objects.filter(pk__in=form.cleaned_data["themes"])
        services.follow_themes(list(themes), by=self.request.user)
        messages.success(self.request, _("Saved. We write to you when a call on one of these themes is published."))
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        calls = Call.objects.filter(follows__person=self.request.user).open_first().without_texts()
        return super().get_context_data(calls=calls, **kwargs)
