"""The coordinator's form of a cycle."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from network_portal.common.views import RuleRequiredMixin
from webinars import permissions, services
from webinars.cycle_forms import CycleForm
from webinars.models import Cycle


class CycleFormView(RuleRequiredMixin, FormView):
    """What making and changing a cycle share."""

    rule = permissions.can_manage_webinars
    form_class = CycleForm
    template_name = "webinars/manage/cycle_form.html"
    cycle: Cycle | None = None

    def get_context_data(self, **kwargs):
        return super().get_context_data(cycle=self.cycle, **kwargs)

    def form_valid(self, form):
        cycle = services.save_cycle(self.cycle, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("The cycle is saved."))
        return redirect(cycle)


class CycleCreateView(CycleFormView):
    pass


class CycleEditView(CycleFormView):
    @cached_property
    def cycle(self) -> Cycle:
        return get_object_or_404(Cycle, slug=self.kwargs["slug"])

    def get_initial(self):
        kept = {name: getattr(self.cycle, name) for name in CycleForm.base_fields if name != "reminders"}
        return {**kept, "reminders": list(self.cycle.reminder_rules.values_list("code", flat=True))}
