"""The coordinator's pages about who funds and carries a cycle, and the logos for everybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView

from network_portal.common.views import RuleRequiredMixin
from webinars import permissions
from webinars.certificate_forms import PartnerForm
from webinars.models import Cycle, Partner
from webinars.services import partners


class PartnersView(RuleRequiredMixin, FormView):
    """Those there are, and the form for one more."""

    rule = permissions.can_manage_webinars
    form_class = PartnerForm
    template_name = "webinars/manage/partners.html"
    partner: Partner | None = None

    @cached_property
    def cycle(self) -> Cycle:
        return get_object_or_404(Cycle, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            cycle=self.cycle, partner=self.partner, partners=list(self.cycle.partners.in_order()), crumbs=self.crumbs(), **kwargs
        )

    def crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Manage webinars"), reverse("webinars:manage")),
            (self.cycle.title, reverse("webinars:cycle_edit", args=[self.cycle.slug])),
        ]

    def form_valid(self, form):
        partners.save_partner(self.partner, cycle=self.cycle, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect("webinars:partners", self.cycle.slug)


class PartnerEditView(PartnersView):
    """One of them."""

    template_name = "webinars/manage/partner_form.html"

    @cached_property
    def partner(self) -> Partner:
        return get_object_or_404(Partner.objects.select_related("cycle"), uuid=self.kwargs["uuid"])

    @cached_property
    def cycle(self) -> Cycle:
        return self.partner.cycle

    def crumbs(self):
        return [*super().crumbs(), (_("Partners"), reverse("webinars:partners", args=[self.cycle.slug]))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "has_logo": bool(self.partner.logo)}

    def get_initial(self):
        funds = "yes" if self.partner.is_funder else "no"
        return {"name": self.partner.name, "is_funder": funds, "position": self.partner.position}


@require_POST
def partner_remove(request, uuid):
    if not permissions.can_manage_webinars(request.user):
        raise PermissionDenied
    partner = get_object_or_404(Partner.objects.select_related("cycle"), uuid=uuid)
    partners.remove_partner(partner, by=request.user)
    messages.success(request, _("%(name)s was removed.") % {"name": partner.name})
    return redirect("webinars:partners", partner.cycle.slug)


@login_not_required
@require_safe
def partner_logo(request, uuid):
    """The picture, of cycles that the reader may see."""
    cycles = Cycle.objects.visible_to(request.user)
    partner = get_object_or_404(Partner.objects.filter(cycle__in=cycles), uuid=uuid)
    if not partner.logo or not partner.logo.storage.exists(partner.logo.name):
        raise Http404
    return FileResponse(partner.logo.open("rb"), content_type="image/png", headers={"Cache-Control": "private, max-age=300"})
