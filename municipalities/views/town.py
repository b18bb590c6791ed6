"""What a municipality says of itself, and its mail domains."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from municipalities import permissions, services
from municipalities.errors import ChangedMeanwhile
from municipalities.models import Municipality, Presentation
from municipalities.people_forms import MailDomainsForm, PresentationForm
from network_portal.common.errors import DomainError
from network_portal.common.views import RuleRequiredMixin


class TownPage(RuleRequiredMixin, FormView):
    """A form about the town of the address."""

    @cached_property
    def town(self) -> Municipality:
        return get_object_or_404(Municipality, slug=self.kwargs["slug"])

    def get_rule_object(self):
        return self.town

    def get_context_data(self, **kwargs):
        return super().get_context_data(municipality=self.town, **kwargs)


@method_decorator(never_cache, name="dispatch")
class PresentationView(TownPage):
    """A focal point's own town; another town's form does not exist for them. Never overwrites what somebody else wrote."""

    rule = permissions.can_present
    form_class = PresentationForm
    template_name = "municipalities/presentation_form.html"

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            if Municipality.objects.with_focal_point(request.user).exists():
                raise Http404 from None
            raise

    @cached_property
    def stored(self) -> Presentation | None:
        return Presentation.objects.filter(municipality=self.town).select_related("changed_by").first()

    def get_initial(self):
        if self.stored is None:
            return {"language": get_language()}
        return {name: getattr(self.stored, name) for name in PresentationForm.base_fields}

    def get_context_data(self, **kwargs):
        seen = self.request.POST.get("seen", services.stamp_of(self.stored))
        return super().get_context_data(**{"stored": self.stored, "seen": seen} | kwargs)

    def form_valid(self, form):
        seen = self.request.POST.get("seen", "")
        try:
            services.save_presentation(self.town, by=self.request.user, seen=seen, **form.cleaned_data)
        except ChangedMeanwhile:
            now = services.stamp_of(self.stored)
            return self.render_to_response(self.get_context_data(form=form, conflict=self.stored, seen=now))
        messages.success(self.request, _("The page of %(town)s is saved.") % {"town": self.town.label})
        return redirect(self.town)


@method_decorator(never_cache, name="dispatch")
class MailDomainsView(TownPage):
    """The domains that stand for the town: who proves an address there belongs to it at once.

    Never brings back what somebody else took away meanwhile.
    """

    rule = permissions.can_keep_mail_domains
    form_class = MailDomainsForm
    template_name = "municipalities/mail_domains.html"

    @cached_property
    def domains(self):
        return list(self.town.mail_domains.order_by("domain"))

    def get_initial(self):
        return {"domains": "\n".join(row.domain for row in self.domains)}

    def get_context_data(self, **kwargs):
        unchecked = [row.domain for row in self.domains if row.checked_at is None]
        seen = self.request.POST.get("seen", services.stamp_of_domains(self.domains))
        return super().get_context_data(**{"unchecked": unchecked, "seen": seen} | kwargs)

    def form_valid(self, form):
        domains, seen = form.cleaned_data["domains"], self.request.POST.get("seen", "")
        try:
            services.keep_mail_domains(self.town, domains, by=self.request.user, seen=seen)
        except ChangedMeanwhile:
            del self.domains  # read before the other person's change, perhaps
            now = services.stamp_of_domains(self.domains)
            return self.render_to_response(self.get_context_data(form=form, conflict=True, stored=self.domains, seen=now))
        except DomainError as error:
            form.add_error("domains", str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The mail domains of %(town)s are saved.") % {"town": self.town.label})
        return redirect("municipalities:colleagues", self.town.slug)
