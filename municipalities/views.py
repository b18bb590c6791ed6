"""Public pages of the register and of the network's members, and the coordinator's page of memberships."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from municipalities.models import Municipality
from network_portal.common.text import clean_line, fold

MAX_QUERY = 100  # characters
SHOWN = 10


@login_not_required
@require_safe
def municipality_search(request):
    """What the municipality field asks while a name is typed; sets no cookie."""
    text = clean_line(request.GET.get("q", "")[:MAX_QUERY])
    found = list(Municipality.objects.matching(text)[: SHOWN + 1]) if fold(text) else []
    towns = found[:SHOWN]
    results = [{"value": town.label, "name": town.name, "note": town.district} for town in towns]
    return JsonResponse({"results": results, "status": _status(len(found))})


def _status(count: int) -> str:
    if not count:
        return _("No municipality has this name.")
    if count > SHOWN:
        return _("More than %(shown)s municipalities. Type more letters.") % {"shown": SHOWN}
    return ngettext("%(count)s municipality", "%(count)s municipalities", count) % {"count": count}
