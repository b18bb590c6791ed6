"""The pages that join apps or belong to none."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from goodpractices.front import front_practices
from grants.models import Call
from municipalities.map import network_map
from network_portal.pages.style_guide import SampleForm
from webinars.axis import cycle_axis
from webinars.models import Cycle, Webinar
from webinars.stats import cycle_figures, public_figures

COMING = 5  # webinars shown on the home page
PRACTICES = 3
CALLS = 3  # open calls, those that close next


@method_decorator(login_not_required, name="dispatch")
class PublicPage(TemplateView):
    """A page that anybody may read; its template and title say what it is."""


class HomeView(PublicPage):
    template_name = "pages/home.html"

    def get_context_data(self, **kwargs):
        cycle = Cycle.objects.filter(is_published=True).current_first().first()
        webinars = _published_webinars(cycle)
        coming = [webinar for webinar in webinars if not webinar.is_past][:COMING]
        return super().get_context_data(
            cycle=cycle,
            figures=cycle and public_figures(cycle_figures(cycle)),
            axis=cycle and cycle_axis(cycle, [webinar for webinar in webinars if webinar.cycle_id == cycle.pk]),
            next_webinar=coming[0] if coming else None,
            coming=coming[1:],
            calls=list(Call.objects.in_phase("open").order_by("closes_at", "pk").without_texts()[:CALLS]),
            practices=front_practices(PRACTICES),
            **_members(),
            **kwargs,
        )


class AboutView(PublicPage):
    template_name = "pages/about.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**_members(), **kwargs)


class StyleGuideView(PublicPage):
    """Every component once, for those who develop; not there in production."""

    template_name = "pages/style_guide.html"

    def get_context_data(self, **kwargs):
        if not settings.DEBUG:
            raise Http404
        steps = [_("E-mail"), _("Code"), _("Your details"), _("Check and confirm")]
        form = SampleForm({"name": "Rita Quaresma", "places": "30", "format": "online"})
        return super().get_context_data(form=form, steps=steps, **kwargs)


def _published_webinars(cycle: Cycle | None) -> list[Webinar]:
    """The webinars of ``cycle`` and all that are still to come, the earliest first; one query."""
    published = Webinar.objects.filter(state=Webinar.State.PUBLISHED, cycle__is_published=True)
    shown = published.filter(Q(cycle=cycle) | Q(ends_at__gt=timezone.now())).with_places()
    return list(shown.select_related("cycle", "theme").order_by("starts_at", "pk"))


def _members() -> dict:
    """The network today: its map, its founders with the largest first, and how many belong to it; two queries."""
    drawn = network_map()
    founders = [membership.municipality for membership in drawn.founders]
    return {"map": drawn, "founders": founders, "later": drawn.joined_later, "members": len(founders) + drawn.joined_later}
