"""Recordings for everybody: the list, the feed, and what stands beside a video: transcript, slides, picture."""

from datetime import datetime, time
from hashlib import md5

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django_filters.views import FilterView

from network_portal.common.feeds import Frame, asked_language, atom, entry_id, etag_of
from network_portal.common.links import absolute
from webinars.filters import RecordingFilter
from webinars.models import Recording, Slides, Webinar
from webinars.poster import png_of, poster_of
from webinars.views.public import public_webinar

PAGE = 12
FED = 50  # recordings in the feed
DAY = 24 * 3600


def public_recordings():
    """Those that everybody can watch, the latest first; a recording alone makes nothing public."""
    public = Recording.objects.watchable().filter(webinar__cycle__is_published=True).exclude(webinar__state=Webinar.State.DRAFT)
    return public.select_related("webinar__cycle", "webinar__theme").defer("transcript").order_by("-published_on", "-pk")


@method_decorator(login_not_required, name="dispatch")
class RecordingListView(FilterView):
    """Every published recording, newest first; a theme that does not exist narrows nothing."""

    template_name = "webinars/recordings.html"
    filterset_class = RecordingFilter
    strict = False

    def get_queryset(self):
        return public_recordings()

    def get_context_data(self, **kwargs):
        page = Paginator(self.filterset.qs, PAGE).get_page(self.request.GET.get("page"))
        for recording in page.object_list:
            recording.poster = poster_of(recording.webinar)
        theme = self.filterset.form["theme"].value()
        is_filtered = theme in dict(self.filterset.form.fields["theme"].choices) and bool(theme)
        query = f"theme={theme}" if is_filtered else ""
        return super().get_context_data(page_obj=page, is_filtered=is_filtered, query=query, **kwargs)


def feed_etag(request) -> str:
    rows = public_recordings().values_list("pk", "changed_at", "webinar__changed_at", "published_on")[:FED]
    return etag_of(asked_language(request), list(rows))


@login_not_required
@require_safe
@cache_control(public=True, max_age=900)
@condition(etag_func=feed_etag)
def recordings_feed(request):
    """The latest recordings as Atom; titles are in the language of each webinar, the frame in that of ``?language=``."""
    return atom(request, _frame)


def _frame() -> Frame:
    return Frame(
        title=_("Recordings – %(network)s") % {"network": settings.NETWORK_NAME},
        subtitle=_("Recordings of the webinars, with checked captions."),
        link=absolute(reverse("webinars:recordings")),
        entries=map(_entry, public_recordings()[:FED]),
    )


def _entry(recording: Recording) -> dict:
    webinar = recording.webinar
    return {
        "title": webinar.title,
        "link": absolute(webinar.get_absolute_url()),
        "description": webinar.summary,
        "unique_id": entry_id("recordings", recording.created_at, recording.pk),
        "pubdate": datetime.combine(recording.published_on, time(12), tzinfo=webinar.zone),
        "updateddate": recording.changed_at,
        "categories": [str(webinar.theme)],
    }


@login_not_required
@require_safe
def transcript(request, slug):
    """Everything that is said, to be read in place of the video."""
    recordings = Recording.objects.visible_to(request.user).select_related("webinar__cycle")
    recording = get_object_or_404(recordings.exclude(transcript=""), webinar__slug=slug)
    return render(request, "webinars/recording_transcript.html", {"recording": recording, "webinar": recording.webinar})


@login_not_required
@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})
def slides_file(request, slug, uuid):
    """A file to be saved and never shown: what is in it came from people."""
    visible = Webinar.objects.visible_to(request.user)
    slides = get_object_or_404(Slides.objects.filter(webinar__in=visible), webinar__slug=slug, uuid=uuid)
    try:
        file = slides.content.open("rb")
    except FileNotFoundError as error:  # a backup was restored without its files
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=slides.file_name, content_type=slides.content_type)


def poster_etag(request, slug) -> str:
    webinar = public_webinar(slug)
    facts = (webinar.title, webinar.number, webinar.cycle.target_webinars, webinar.starts_at, webinar.time_zone, webinar.language)
    return f'"{md5(repr(facts).encode(), usedforsecurity=False).hexdigest()}"'


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAY)
@condition(etag_func=poster_etag)
def poster(request, slug):
    """The picture of a webinar for those who link to it; drawn once for each change of what it shows."""
    key = f"poster:{poster_etag(request, slug)}"
    picture = caches["fragments"].get(key)
    if picture is None:
        picture = png_of(public_webinar(slug))
        caches["fragments"].set(key, picture, DAY)
    return HttpResponse(picture, content_type="image/png")
