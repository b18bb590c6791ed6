"""What coordinators do next: what waits for a review, what is with the authors, what was published lately."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from goodpractices.models import Practice, Review, Version
from goodpractices.permissions import can_manage_practices
from goodpractices.steps import next_step
from municipalities.models import Municipality
from network_portal.common.views import RuleRequiredMixin

PAGE, LATELY = 30, 10
OLD = timedelta(days=10)  # after which a review is late


@method_decorator(never_cache, name="dispatch")
class ReviewQueueView(RuleRequiredMixin, TemplateView):
    """The longest waiting first; those of the coordinator's own municipality are somebody else's."""

    rule = can_manage_practices
    template_name = "goodpractices/review/queue.html"

    def get_context_data(self, **kwargs):
        waiting = Version.objects.in_queue().select_related("practice__municipality", "reviewer")
        page = Paginator(waiting, PAGE).get_page(self.request.GET.get("page"))
        practices = Practice.objects.select_related("municipality", "work_version")
        asked = practices.filter(work_version__state=Version.State.CHANGES_REQUESTED).exclude(state=Practice.State.DELETED)
        lately = practices.filter(state=Practice.State.PUBLIC).select_related("public_version")
        return super().get_context_data(
            today=timezone.localdate(),
            page_obj=page,
            rows=self._rows(list(page)),
            asked_count=asked.count(),
            asked=list(asked.order_by("work_version__waiting_since", "pk")[:PAGE]),
            lately=list(lately.newest_first()[:LATELY]),
            featured=Practice.objects.filter(featured_at__isnull=False).count(),
            unanswered=list(practices.unanswered().order_by("confirmed_on", "pk")[:PAGE]),
            out=list(practices.filter(state=Practice.State.UNPUBLISHED).order_by("-changed_at", "pk")[:PAGE]),
            **kwargs,
        )

    def _rows(self, versions: list[Version]) -> list[dict]:
        """Each with its days, whose it is, and what the coordinator can do with it."""
        user, now = self.request.user, timezone.now()
        own = set(Municipality.objects.with_staff(user).values_list("pk", flat=True))
        passed = Review.objects.filter(version__in=versions, decision=Review.Decision.PASS_ON).order_by("decided_at")
        first = dict(passed.values_list("version", "reviewer"))
        rows = []
        for version in versions:
            version.practice.work_version = version
            is_own = version.practice.municipality_id in own
            is_looked = version.state == Version.State.SECOND_REVIEW and first.get(version.pk) == user.pk
            rows.append(
                {
                    "version": version,
                    "practice": version.practice,
                    "step": next_step(version.practice, user),
                    "days": (timezone.localdate(now) - timezone.localdate(version.waiting_since)).days,
                    "is_late": now - version.waiting_since > OLD,
                    "is_own": is_own,
                    "is_looked": is_looked,
                    "is_mine": version.reviewer_id == user.pk,
                    "can_act": not is_own and not (is_looked and version.reviewer_id),
                }
            )
        return rows
