"""Pages of calls that anybody may read, and what signed-in people do on them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView, ListView, TemplateView

from grants.models import Call


@method_decorator(login_not_required, name="dispatch")
class CallListView(ListView):
    template_name = "grants/call_list.html"

    def get_queryset(self):
        return Call.objects.exclude(state="draft").open_first()


@method_decorator(login_not_required, name="dispatch")
class CallDetailView(DetailView):
    template_name = "grants/call_detail.html"
    context_object_name = "call"

    def get_queryset(self):
        return Call.objects.visible_to(self.request.user)


@login_not_required
@require_safe
def check(request, slug):
    return redirect(get_object_or_404(Call.objects.visible_to(request.user), slug=slug))


@require_POST
def follow(request, slug):
    return redirect(get_object_or_404(Call.objects.visible_to(request.user), slug=slug))


@require_POST
def ask(request, slug):
    return redirect(get_object_or_404(Call.objects.visible_to(request.user), slug=slug))


@login_not_required
@require_safe
def calendar(request, slug):
    return HttpResponse("", content_type="text/calendar")


@login_not_required
@require_safe
def file(request, uuid):
    return HttpResponse("")


class FollowThemesView(TemplateView):
    template_name = "grants/follow_themes.html"
