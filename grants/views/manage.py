"""A coordinator's overview of calls: what needs a decision, then all of them."""

from datetime import timedelta

from django.utils import timezone
from django.views.generic import TemplateView

from grants.models import Call
from grants.permissions import can_manage_calls
from network_portal.common.views import RuleRequiredMixin

SOON = timedelta(days=7)


class ManageView(RuleRequiredMixin, TemplateView):
    """Every call, and before them what waits for a decision."""

    rule = can_manage_calls
    template_name = "grants/manage/overview.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        calls = list(Call.objects.with_open_questions().open_first(now=now))
        phases = {phase: [c for c in calls if c.phase_at(now) == phase] for phase in ("draft", "coming", "open", "closed")}
        return super().get_context_data(
            today=timezone.localdate(now),
            calls=calls,
            drafts=phases["draft"],
            coming=phases["coming"],
            open=phases["open"],
            closing=[c for c in phases["open"] if c.closes_at <= now + SOON],
            asked=[c for c in calls if c.open_questions],
            overdue=[c for c in phases["closed"] if c.days_overdue],
            awaited=phases["closed"],
            **kwargs,
        )
