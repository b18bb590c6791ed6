"""Public pages of the register and of the network's members."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, TemplateView

from municipalities import permissions
from municipalities.map import network_map, town_map
from municipalities.models import Membership, Municipality
from network_portal.common.templatetags.portal import thousands
from network_portal.common.text import clean_line, fold

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
    """What the register says, what the town says of itself, and for its people the ways to their own pages."""

    template_name = "municipalities/municipality_detail.html"
    queryset = Municipality.objects.select_related("presentation")

    def get_context_data(self, **kwargs):
        user, town = self.request.user, self.object
        return super().get_context_data(
            map=town_map(town),
            memberships=town.memberships.order_by("-since", "-pk"),
            presentation=getattr(town, "presentation", None),
            can_see_colleagues=user.is_authenticated and permissions.can_see_colleagues(user, town),
            can_present=user.is_authenticated and permissions.can_present(user, town),
            **kwargs,
        )


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
    return ngettext("%(count)s municipality", "%(count)s municipalities", count) % {"count": thousands(count)}
