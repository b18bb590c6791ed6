"""A coordinator's overview of calls, and the page from which each of them is run."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import TemplateView

from grants.emails import count_followers
from grants.history import changes
from grants.models import Call, CallFile
from grants.permissions import can_manage_calls
from grants.services import still_missing
from grants.views.manage_writing import call_of
from network_portal.common.views import RuleRequiredMixin

SOON = timedelta(days=7)
PAGE = 50
ENDED = (Call.State.RESOLVED, Call.State.CANCELLED, Call.State.VOID)


class ManageView(RuleRequiredMixin, TemplateView):
    """Every call, and before them what waits for a decision."""

    rule = can_manage_calls
    template_name = "grants/manage/overview.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        everything = Call.objects.with_open_questions().open_first(now=now)
        calls = list(everything.filter(~Q(state__in=ENDED) | Q(open_questions__gt=0)))  # what may need a decision
        phases = {phase: [c for c in calls if c.phase_at(now) == phase] for phase in ("draft", "coming", "open", "closed")}
        return super().get_context_data(
            today=timezone.localdate(now),
            page_obj=Paginator(everything, PAGE).get_page(self.request.GET.get("page")),
            drafts=phases["draft"],
            coming=phases["coming"],
            open=phases["open"],
            closing=[c for c in phases["open"] if c.closes_at <= now + SOON],
            asked=[c for c in calls if c.open_questions],
            overdue=[c for c in phases["closed"] if c.days_overdue],
            awaited=phases["closed"],
            **kwargs,
        )


def call(request, slug):
    """What a call is now, what can be done with it, its files and its whole history."""
    call = call_of(request, slug)
    context = {
        "call": call,
        "phase": call.phase,
        "missing": still_missing(call) if call.state == Call.State.DRAFT else [],
        "events": [(event, changes(call, event)) for event in call.events.select_related("by").order_by("-at", "-pk")],
        "files": call.files.filter(kind=CallFile.Kind.DOCUMENT).count(),
        "result_files": call.files.filter(kind=CallFile.Kind.RESULT).count(),
        "open_questions": call.questions.filter(answered_at=None).count(),
        "questions": call.questions.count(),
        "followers": count_followers(call),
    }
    return render(request, "grants/manage/call.html", context)
