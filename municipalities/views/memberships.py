"""The coordinator's page of memberships."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from municipalities import permissions, services
from municipalities.errors import MembershipDatesWrong
from municipalities.forms import ContactForm, EndMembershipForm, MembershipForm
from municipalities.models import Membership
from network_portal.common.errors import DomainError
from network_portal.common.views import RuleRequiredMixin


class MembershipListView(RuleRequiredMixin, FormView):
    """The coordinator's list of memberships, with the form that adds one."""

    rule = permissions.can_manage_memberships
    form_class = MembershipForm
    template_name = "municipalities/membership_list.html"

    def get_context_data(self, **kwargs):
        rows = Membership.objects.select_related("municipality").order_by("municipality__name_folded", "-since", "-pk")
        today = {
            "open": [row for row in rows if not row.has_ended],
            "ended": [row for row in rows if row.has_ended],
            "towns": len({row.municipality_id for row in rows if not row.has_ended}),
        }
        return super().get_context_data(**today, **kwargs)

    def form_valid(self, form):
        try:
            membership = services.join_network(**form.cleaned_data, by=self.request.user)
        except MembershipDatesWrong as error:
            form.add_error("since", str(error))
            return self.form_invalid(form)
        text = _("%(name)s belongs to the network as %(kind)s.")
        messages.success(self.request, text % {"name": membership.municipality.label, "kind": membership.get_kind_display()})
        return redirect("municipalities:memberships")


@require_POST
def membership_contact(request, pk):
    """To whom the network writes in a municipality."""
    if not permissions.can_manage_memberships(request.user):
        raise PermissionDenied
    membership = get_object_or_404(Membership.objects.select_related("municipality"), pk=pk)
    form = ContactForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("municipalities:memberships")
    name, email = form.cleaned_data["contact_name"], form.cleaned_data["contact_email"]
    services.name_contact(membership, name=name, email=email, by=request.user)
    messages.success(request, _("The contact of %(name)s is saved.") % {"name": membership.municipality.label})
    return redirect("municipalities:memberships")


@require_POST
def membership_end(request, pk):
    if not permissions.can_manage_memberships(request.user):
        raise PermissionDenied
    membership = get_object_or_404(Membership.objects.select_related("municipality"), pk=pk)
    form = EndMembershipForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["until"][0])
        return redirect("municipalities:memberships")
    try:
        services.leave_network(membership, until=form.cleaned_data["until"], by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The membership of %(name)s has an end.") % {"name": membership.municipality.label})
    return redirect("municipalities:memberships")
