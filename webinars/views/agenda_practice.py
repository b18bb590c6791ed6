"""Where a coordinator begins a practice from a line of a programme."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from goodpractices.forms.start import FormChoice
from municipalities.fields import MunicipalityField
from network_portal.common.errors import DomainError
from network_portal.common.views import RuleRequiredMixin
from network_portal.users.fields import EmailAddressField, PersonNameField
from webinars import permissions
from webinars.models import AgendaItem
from webinars.services.presented import start_practice


class BeginForm(FormChoice):
    """Whose practice it is, and who is asked to write it."""

    municipality = MunicipalityField()
    email = EmailAddressField(label=gettext_lazy("E-mail address of who presents it"))
    name = PersonNameField(label=gettext_lazy("Full name of who presents it"))
    field_order = ["municipality", "name", "email", "form"]


class AgendaPracticeView(RuleRequiredMixin, FormView):
    """The draft takes title and theme from the line; its owner gets a mail with the way to it."""

    rule = permissions.can_manage_webinars
    form_class = BeginForm
    template_name = "webinars/manage/agenda_practice.html"

    @cached_property
    def item(self) -> AgendaItem:
        rows = AgendaItem.objects.filter(webinar__slug=self.kwargs["slug"]).select_related("webinar")
        return get_object_or_404(rows.prefetch_related("speakers"), pk=self.kwargs["pk"])

    def get_initial(self):
        speaker = next(iter(self.item.speakers.all()), None)
        return {"name": speaker.name if speaker else "", "form": "snapshot"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(item=self.item, webinar=self.item.webinar, **kwargs)

    def form_valid(self, form):
        try:
            _practice, is_new = start_practice(self.item, by=self.request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        if is_new:
            messages.success(self.request, _("The draft is there, and its owner is asked by e-mail to write it."))
        else:
            messages.warning(self.request, _("Somebody else began the practice of this line meanwhile. Nobody was written to."))
        return redirect("webinars:agenda", self.item.webinar.slug)
