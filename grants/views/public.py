"""Pages of calls that anybody may read, and what signed-in people do on them."""

from functools import partial
from itertools import groupby
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView, FormView
from django_filters.views import FilterView

from grants import services
from grants.calendars import deadlines
from grants.eligibility import kinds_in_words, places_in_words, residents_in_words, verdict
from grants.errors import WrongState
from grants.feeds import calendar_response
from grants.filters import CallFilter
from grants.forms import CheckForm, FollowThemesForm, QuestionForm
from grants.history import first_deadline, history
from grants.models import Call, CallFile, Follow
from grants.reading import rules_of, whole
from grants.steps import steps
from grants.structured import call_data
from grants.words import left, moment_in_words
from network_portal.users.limits import refusal
from network_portal.vocabularies.models import Term

PAGE = 20


@method_decorator(login_not_required, name="dispatch")
class CallListView(FilterView):
    """Every public call, open ones first. A filter value that does not exist filters nothing."""

    template_name = "grants/call_list.html"
    filterset_class = CallFilter
    strict = False

    def get_queryset(self):
        return Call.objects.exclude(state=Call.State.DRAFT)

    def get_context_data(self, **kwargs):
        now, chosen = timezone.now(), self.filterset.data
        counts = self.filterset.qs.count_phases(now=now)
        rows = self.filterset.qs.open_first(now=now).without_texts().prefetch_related("applicants")
        paginator = Paginator(rows, PAGE)
        paginator.count = sum(counts.values())  # known already
        page = paginator.get_page(self.request.GET.get("page"))
        groups = [(phase, counts[phase], list(calls)) for phase, calls in groupby(page, lambda call: _section(call, now))]
        return super().get_context_data(
            page_obj=page,
            groups=groups,
            counts=counts,
            is_filtered=bool(chosen),
            query=urlencode(chosen),
            filter_version=self.filterset.version,
            rows_version=repr([(phase, n, [(call.pk, call.changed_at) for call in calls]) for phase, n, calls in groups]),
            hour=_hour(now),
            **kwargs,
        )


def _hour(now) -> str:
    """Which hour it is: what is kept of a page speaks of days, and in every zone those begin on the hour."""
    return f"{now:%Y%m%d%H}"


def _section(call: Call, now) -> str:
    """Under which heading of the list ``call`` stands."""
    phase = call.phase_at(now)
    return phase if phase in ("open", "coming", "closed") else "ended"


@method_decorator(login_not_required, name="dispatch")
class CallDetailView(DetailView):
    """Everything about one call."""

    template_name = "grants/call_detail.html"
    context_object_name = "call"

    def get_queryset(self):
        return Call.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**page_of(self.object, self.request.user), **kwargs)


def page_of(call: Call, user, *, form: QuestionForm | None = None) -> dict:
    """What the page of ``call`` shows to ``user``."""
    now, shown = timezone.now(), whole(call)
    earlier = first_deadline(call, shown.events)
    is_known = user.is_authenticated
    return {
        "call": call,
        "who": kinds_in_words(shown.rules.kinds),
        "places": places_in_words(shown.rules.territories),
        "limits": residents_in_words(call.residents_from, call.residents_to),
        "ended": next((event for event in shown.events if event.kind in (Call.State.CANCELLED, Call.State.VOID)), None),
        "phase": call.phase_at(now),
        "whole": shown,
        "left": left(call, now) if call.phase_at(now) == "open" else None,
        "earlier": earlier and moment_in_words(earlier, now, call.time_zone),
        "steps": partial(steps, call, now),  # called only when what was kept of the page is out of date
        "history": partial(history, call, shown.events),
        "version": shown.version,
        "hour": _hour(now),
        "waiting": [q for q in shown.questions if not q.answered_at and is_known and q.asked_by_id == user.pk],
        "unanswered": len(shown.questions) - len(shown.answered),
        "can_ask": call.phase_at(now) in ("coming", "open", "closed"),
        "form": form or QuestionForm(),
        "is_followed": is_known and Follow.objects.filter(person=user, call=call).exists(),
        "structured": call_data(call),
        "elapsed": _elapsed(call, now),
        "has_closed": bool(call.closes_at) and now > call.closes_at,
    }


def _elapsed(call: Call, now) -> int:
    """How much of the time for applications has passed, in thousandths."""
    if not call.opens_at or now <= call.opens_at:
        return 0
    return min(int(1000 * ((now - call.opens_at) / (call.closes_at - call.opens_at))), 1000)


def public_call(slug: str) -> Call:
    """A call that everybody may see, or the page that says there is none."""
    return get_object_or_404(Call.objects.exclude(state=Call.State.DRAFT), slug=slug)


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
    call = get_object_or_404(Call.objects.exclude(state=Call.State.DRAFT).with_sequence(), slug=slug)
    return calendar_response(deadlines([call], name=call.title), slug)


@login_not_required
@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})
def file(request, uuid):
    """A file to be saved and never shown: what is in it came from people."""
    kept = get_object_or_404(CallFile.objects.filter(call__in=Call.objects.visible_to(request.user)), uuid=uuid)
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
        themes = Term.objects.of("theme").filter(pk__in=form.cleaned_data["themes"])
        services.follow_themes(list(themes), by=self.request.user)
        messages.success(self.request, _("Saved. We write to you when a call on one of these themes is published."))
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        calls = Call.objects.filter(follows__person=self.request.user).open_first().without_texts()
        return super().get_context_data(calls=calls, **kwargs)
