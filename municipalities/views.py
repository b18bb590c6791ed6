"""Public pages of the register and of the network's members, and the coordinator's page of memberships."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView, FormView, TemplateView

from municipalities import permissions, services
from municipalities.errors import MembershipDatesWrong
from municipalities.forms import ContactForm, EndMembershipForm, MembershipForm
from municipalities.map import network_map, town_map
from municipalities.models import Membership, Municipality
from network_portal.common.errors import DomainError
from network_portal.common.text import clean_line, fold
from network_portal.common.views import RuleRequiredMixin

MAX_QUERY = 100  # characters
SUGGESTED = 10
FOUND = 50


@method_decorator(login_not_required, name="dispatch")
class MunicipalityListView(TemplateView):
    """Who belongs to the network, and a search in the whole register."""

    template_name = "municipalities/municipality_list.html"

    def get_context_data(self, **kwargs):
        memberships = list(Membership.objects.current().select_related("municipality"))
        text = _query(self.request)
        found = list(Municipality.objects.matching(text)[: FOUND + 1]) if fold(text) else []
        return super().get_context_data(
            map=network_map(memberships),
            groups=_groups(memberships),
            query=text,
            found=found[:FOUND],
            has_more=len(found) > FOUND,
            **kwargs,
        )


def _groups(memberships: list[Membership]) -> list[dict]:
    """Members and observers; the founders stand beside the map."""
    kinds = Membership.Kind
    members = [m for m in memberships if m.kind == kinds.MEMBER]
    observers = [m for m in memberships if m.kind == kinds.OBSERVER]
    groups = [
        {
            "title": _("Members"),
            "text": _("Municipalities that joined after the foundation."),
            "nothing": _("No other municipality has joined yet."),
            "rows": members,
        }
    ]
    if observers:
        groups.append({"title": _("Observers"), "text": _("They follow the work without being members."), "rows": observers})
    return groups


@method_decorator(login_not_required, name="dispatch")
class MunicipalityDetailView(DetailView):
    template_name = "municipalities/municipality_detail.html"
    model = Municipality

    def get_context_data(self, **kwargs):
        memberships = self.object.memberships.order_by("-since", "-pk")
        return super().get_context_data(map=town_map(self.object), memberships=memberships, **kwargs)


@login_not_required
@require_safe
def municipality_search(request):
    """What the municipality field asks while a name is typed; sets no cookie."""
    text = _query(request)
    found = list(Municipality.objects.matching(text)[: SUGGESTED + 1]) if fold(text) else []
    results = [{"value": town.label, "name": town.name, "note": town.district} for town in found[:SUGGESTED]]
    return JsonResponse({"results": results, "status": _status(len(found))})


def _query(request) -> str:
    return clean_line(request.GET.get("q", "")[:MAX_QUERY].replace("\0", " "))


def _status(count: int) -> str:
    if not count:
        return _("No municipality has this name.")
    if count > SUGGESTED:
        return _("More than %(shown)s municipalities. Type more letters.") % {"shown": SUGGESTED}
    return ngettext("%(count)s municipality", "%(count)s municipalities", count) % {"count": count}


class MembershipListView(RuleRequiredMixin, FormView):
    """The coordinator's list of memberships, with the form that adds one."""

    rule = permissions.can_manage_memberships
    form_class = MembershipForm
    template_name = "municipalities/membership_list.html"

    def get_context_data(self, **kwargs):
        rows = Membership.objects.select_related("municipality").order_by("municipality__name_folded", "-since", "-pk")
        ended = [row for row in rows if row.until]
        return super().get_context_data(open=[row for row in rows if not row.until], ended=ended, **kwargs)

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
        services.leave_network(membership.municipality, until=form.cleaned_data["until"], by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The membership of %(name)s has an end.") % {"name": membership.municipality.label})
    return redirect("municipalities:memberships")
