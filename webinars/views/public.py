"""Pages that anybody may read: the list, a cycle, a webinar."""

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.views.generic import DetailView
from django_filters.views import FilterView

from network_portal.common.youtube import EMBED_HOST, watch_url
from webinars.afterwards import figures_after, shown_recording
from webinars.axis import cycle_axis
from webinars.filters import WebinarFilter
from webinars.models import AgendaItem, Cycle, Registration, Webinar
from webinars.offers import offer_for
from webinars.poster import poster_of
from webinars.programme import split_agenda
from webinars.stats import cycle_figures, is_running, public_attendance, public_figures
from webinars.structured import event_data, video_data

PAGE = 20  # past webinars on a page
_framing = csp_update({"frame-src": [EMBED_HOST]})  # only pages with a recording may hold a frame


@method_decorator(login_not_required, name="dispatch")
class WebinarListView(FilterView):
    """What is coming, and what has been page by page. A filter value that does not exist filters nothing."""

    template_name = "webinars/webinar_list.html"
    filterset_class = WebinarFilter
    strict = False

    def get_queryset(self):
        public = Webinar.objects.exclude(state=Webinar.State.DRAFT).filter(cycle__is_published=True)
        return public.with_places().select_related("cycle", "theme")

    def get_context_data(self, **kwargs):
        found = self.filterset.qs
        page = Paginator(found.past(), PAGE).get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        query.pop("page", None)
        is_filtered = any(self.request.GET.get(name) for name in self.filterset.filters)
        return super().get_context_data(
            coming=list(found.upcoming()), page_obj=page, query=query.urlencode(), is_filtered=is_filtered, **kwargs
        )


@method_decorator(login_not_required, name="dispatch")
class CycleView(DetailView):
    """A cycle: its year, its four figures, its webinars."""

    template_name = "webinars/cycle_detail.html"
    context_object_name = "cycle"

    def get_queryset(self):
        return Cycle.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        rows = self.object.webinars.exclude(state=Webinar.State.DRAFT).with_places().with_came()
        webinars = list(rows.select_related("theme").order_by("starts_at", "pk"))
        held = [w for w in webinars if w.is_past and w.state == Webinar.State.PUBLISHED]
        shown = public_attendance({w.pk: (w.people_came, w.towns_came) for w in held})
        for webinar in webinars:
            webinar.people_came, webinar.towns_came = shown.get(webinar.pk, (None, None))
        coming = [w for w in webinars if not w.is_past and w.state == Webinar.State.PUBLISHED]
        return super().get_context_data(
            webinars=webinars,
            next_webinar=coming[0] if coming else None,
            axis=cycle_axis(self.object, webinars),
            is_over=not coming and not is_running(self.object),
            figures=public_figures(cycle_figures(self.object)),
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class WebinarDetailView(DetailView):
    """Everything about one webinar, and one button that follows its state and the reader's."""

    template_name = "webinars/webinar_detail.html"
    context_object_name = "webinar"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        shown = response.context_data["shown"]
        return _framing(lambda _request: response)(request) if shown and shown.is_watchable else response

    def get_queryset(self):
        found = Webinar.objects.visible_to(self.request.user).with_places().select_related("cycle", "theme")
        return found.with_practices_version().with_terms_version()

    def get_context_data(self, **kwargs):
        webinar, is_after = self.object, self.object.is_past and self.object.state == Webinar.State.PUBLISHED
        after = self._after() if is_after else {"shown": None}
        items = AgendaItem.objects.filter(webinar=webinar).in_order().select_related("practice__municipality")
        agenda = SimpleLazyObject(lambda: self._agenda(items, after["shown"]))  # read only when it is not kept
        return super().get_context_data(
            agenda=agenda,
            practices=SimpleLazyObject(lambda: _practices_of(agenda)),
            axes=webinar.axes.select_related("axis").order_by("axis__position", "pk"),
            mine=self._own_registration(),
            structured=event_data(webinar),
            is_after=is_after,
            **after,
            **kwargs,
        )

    def _after(self) -> dict:
        """What stays of a webinar that was held."""
        shown = shown_recording(self.object, self.request.user)
        return {
            "shown": shown,
            "video": video_data(shown) if shown and shown.is_watchable and shown.recording.published_on else None,
            "poster": poster_of(self.object),
            "figures": figures_after(self.object),
            "slides": self.object.slides.order_by("added_at", "pk"),
            "offer": offer_for(self.object, self.request.user),
        }

    def _agenda(self, items, shown) -> list:
        """Each item with its hour and, where a chapter says so, the second at which the recording shows it."""
        seconds = shown.seconds_by_item if shown and shown.is_watchable else {}
        rows = split_agenda(items, self.object.zone)
        for _hour, item in rows:
            item.second = seconds.get(item.pk)
            item.watch_url = "" if item.second is None else watch_url(shown.recording.video_id, item.second)
        return rows

    def _own_registration(self) -> Registration | None:
        if not self.request.user.is_authenticated:
            return None
        return self.object.registrations.live().with_queue_position().filter(person=self.request.user).first()


def _practices_of(agenda) -> list:
    """The practices of a programme that everybody may read, each once."""
    return list(dict.fromkeys(item.practice for _hour, item in agenda if item.practice and item.practice.is_public))


def public_webinar(slug: str) -> Webinar:
    """A webinar that everybody may see, or the page that says there is none."""
    public = Webinar.objects.exclude(state="draft").filter(cycle__is_published=True)
    return get_object_or_404(public.select_related("cycle"), slug=slug)
