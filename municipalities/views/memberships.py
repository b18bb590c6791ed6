"""The coordinator's page of memberships."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from municipalities import permissions, services
from municipalities.errors import MembershipDatesWrong, MembershipEnded
from municipalities.forms import ContactForm, EndMembershipForm, MembershipForm, RowForm
from municipalities.models import Membership
from network_portal.common.views import RuleRequiredMixin

TEMPLATE = "municipalities/membership_list.html"


class MembershipListView(RuleRequiredMixin, FormView):
    """The coordinator's list of memberships, with the form that adds one."""

    rule = permissions.can_manage_memberships
    form_class = MembershipForm
    template_name = TEMPLATE

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | _rows() | {"add": context["form"]}

    def form_valid(self, form):
        try:
            membership = services.join_network(**form.cleaned_data, by=self.request.user)
        except MembershipDatesWrong as error:
            form.add_error("since", str(error))
            return self.form_invalid(form)
        text = _("%(name)s belongs to the network as %(kind)s.")
        messages.success(self.request, text % {"name": membership.municipality.label, "kind": membership.get_kind_display()})
        return redirect("municipalities:memberships")


def _rows() -> dict:
    """What the page lists."""
    rows = Membership.objects.select_related("municipality").order_by("municipality__name_folded", "-since", "-pk")
    going = [row for row in rows if not row.has_ended]
    ended = [row for row in rows if row.has_ended]
    return {"open": going, "ended": ended, "towns": len({row.municipality_id for row in going})}


def _membership(request, pk: int) -> Membership:
    if not permissions.can_manage_memberships(request.user):
        raise PermissionDenied
    return get_object_or_404(Membership.objects.select_related("municipality"), pk=pk)


def _page(request, form: RowForm):
    """The list again: in the row of ``form`` what was typed, and what is wrong with it."""
    return render(request, TEMPLATE, {"form": form, "add": MembershipForm(), form.slot: form} | _rows())


@require_POST
def membership_contact(request, pk):
    """To whom the network writes in a municipality."""
    membership = _membership(request, pk)
    form = ContactForm(request.POST, membership=membership)
    if not form.is_valid():
        return _page(request, form)
    name, email = form.cleaned_data["contact_name"], form.cleaned_data["contact_email"]
    try:
        services.name_contact(membership, name=name, email=email, by=request.user)
    except MembershipEnded as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The contact of %(name)s is saved.") % {"name": membership.municipality.label})
    return redirect("municipalities:memberships")


@require_POST
def membership_end(request, pk):
    membership = _membership(request, pk)
    form = EndMembershipForm(request.POST, membership=membership)
    if not form.is_valid():
        return _page(request, form)
    try:
        services.leave_network(membership, until=form.cleaned_data["until"], by=request.user)
    except MembershipDatesWrong as error:
        form.add_error("until", str(error))
        return _page(request, form)
    except MembershipEnded as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The membership of %(name)s has an end.") % {"name": membership.municipality.label})
    return redirect("municipalities:memberships")
