"""The page of a practice, of each of its published versions, and what goes with it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from goodpractices.card import card_of
from goodpractices.models import Practice, Version
from goodpractices.practice_page import page_of, whole

DAY = 24 * 3600


@method_decorator(login_not_required, name="dispatch")
class PracticeDetailView(DetailView):
    """Everything about one practice: its public version; for who writes it the one at work while nothing is public."""

    template_name = "goodpractices/practice_detail.html"
    context_object_name = "practice"

    def get_queryset(self):
        return whole(self.request.user)

    def get_context_data(self, **kwargs):
        practice = self.object
        version = practice.public_version or practice.work_version
        if version is None:  # withdrawn before anything was public
            raise Http404
        return super().get_context_data(**page_of(practice, version, self.request.user), **kwargs)


@login_not_required
@require_safe
def practice_version(request, slug, number):
    """One version that was public, at the address that is cited: it stays as it was."""
    practice = get_object_or_404(whole(request.user), slug=slug)
    version = get_object_or_404(Version.objects.visible_to(request.user), practice=practice, number=number)
    if not version.was_public:
        raise Http404
    return render(request, "goodpractices/practice_detail.html", page_of(practice, version, request.user))


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAY)
def practice_card(request, slug):
    """The picture that other sites show beside a link to the practice."""
    practice = get_object_or_404(Practice.objects.readable().select_related("municipality"), slug=slug)
    return HttpResponse(card_of(practice), content_type="image/png")
