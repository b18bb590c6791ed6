"""Pages that say what will happen, ask for a reason where one is owed, and then do one deed."""

from django.contrib import messages
from django.forms import Form
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import ListView, View

from goodpractices import services
from goodpractices.models import Practice, Version
from goodpractices.permissions import can_restore_practices, can_send_practice
from goodpractices.review_forms import ReasonForm, WithdrawForm
from goodpractices.views.own import managed_practice, own_practice
from network_portal.common.errors import DomainError
from network_portal.common.views import RuleRequiredMixin


@method_decorator(never_cache, name="dispatch")
class DeedView(View):
    """GET shows what the deed does, POST does it."""

    template_name = ""
    done = ""

    def get(self, request, pk):
        practice = self.practice(request, pk)
        return self._page(request, practice, self.form_of(practice))

    def post(self, request, pk):
        practice = self.practice(request, pk)
        form = self.form_of(practice, request.POST)
        if not form.is_valid():
            return self._page(request, practice, form)
        try:
            self.do(practice, form)
        except DomainError as error:
            form.add_error(None, str(error))
            return self._page(request, practice, form)
        if self.done:
            messages.success(request, self.done)
        return self.after(practice)

    def practice(self, request, pk) -> Practice:
        return own_practice(request, pk, rule=can_send_practice)

    def form_of(self, practice: Practice, data=None):
        return ReasonForm(data)

    def do(self, practice: Practice, form) -> None:
        raise NotImplementedError

    def after(self, practice: Practice):
        return redirect("goodpractices:history", practice.slug)

    def _page(self, request, practice, form):
        return render(request, self.template_name, {"practice": practice, "form": form})


class WithdrawView(DeedView):
    """Take the new version back, or the whole practice."""

    template_name = "goodpractices/review/withdraw.html"
    done = gettext_lazy("It is withdrawn.")

    def form_of(self, practice, data=None):
        is_public = practice.public_version_id is not None and practice.state != Practice.State.WITHDRAWN
        version = practice.work_version
        has_choice = is_public and version is not None and version.state in Version.AT_WORK
        has_choice = has_choice or "what" in (data or {})  # a second click still means the version that is gone
        return WithdrawForm(data, has_choice=has_choice, is_public=is_public)

    def do(self, practice, form):
        services.withdraw(practice, by=self.request.user, **form.answers())


class ArchiveView(DeedView):
    """It is over, with a reason."""

    template_name = "goodpractices/review/archive.html"
    done = gettext_lazy("The practice is archived: still read at its address, no longer listed.")

    def do(self, practice, form):
        services.archive(practice, by=self.request.user, **form.cleaned_data)


class DeleteView(DeedView):
    """A draft that nobody needs; the page after it offers to restore it."""

    template_name = "goodpractices/review/delete.html"

    def form_of(self, practice, data=None):
        return Form(data)

    def do(self, practice, form):
        services.delete(practice, by=self.request.user)

    def after(self, practice):
        return redirect("goodpractices:restore", practice.pk)


class RestoreView(DeleteView):
    """Bring back what was deleted."""

    template_name = "goodpractices/review/restore.html"
    done = gettext_lazy("The practice is back.")

    def practice(self, request, pk):
        return own_practice(request, pk, rule=can_send_practice, among=Practice.objects.deleted_of(request.user))

    def do(self, practice, form):
        services.restore(practice, by=self.request.user)

    def after(self, practice):
        return redirect("goodpractices:history", practice.slug)


@method_decorator(never_cache, name="dispatch")
class DeletedView(RuleRequiredMixin, ListView):
    """What can be restored, the latest first."""

    rule = can_restore_practices
    template_name = "goodpractices/review/deleted.html"
    paginate_by = 20

    def get_queryset(self):
        found = Practice.objects.deleted_of(self.request.user).select_related("municipality")
        return found.order_by("-changed_at", "-pk")


class UnpublishView(DeedView):
    """A coordinator takes it out of the catalogue, with a reason."""

    template_name = "goodpractices/review/unpublish.html"
    done = gettext_lazy("The practice is no longer in the catalogue.")

    def practice(self, request, pk):
        return managed_practice(request, pk)

    def do(self, practice, form):
        services.unpublish(practice, by=self.request.user, **form.cleaned_data)


def _deed(service, done):
    """A coordinator's deed of one button."""

    @require_POST
    def view(request, pk):
        practice = managed_practice(request, pk)
        try:
            service(practice, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
        if request.POST.get("from") == "queue":
            return redirect("goodpractices:review_queue")
        return redirect("goodpractices:history", practice.slug)

    return view


bring_back = _deed(services.bring_back, gettext_lazy("The practice is in the catalogue again."))
feature = _deed(services.feature, gettext_lazy("The practice is on the home page."))
unfeature = _deed(services.unfeature, gettext_lazy("The practice is no longer on the home page."))
