"""A coordinator's page of a webinar's recording and slides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import View

from network_portal.common.errors import DomainError
from network_portal.common.kept import NoRoom
from network_portal.common.views import RuleRequiredMixin
from webinars.errors import ChangedMeanwhile
from webinars.models import Recording, Slides, Webinar
from webinars.permissions import can_manage_webinars
from webinars.recording_forms import RecordingForm, SlidesForm, initial_of
from webinars.services import after, recordings, slides
from webinars.versions import OF_RECORDING, last_editor


@method_decorator(never_cache, name="dispatch")
class RecordingEditView(RuleRequiredMixin, View):
    """The video with its captions, chapters and transcript; the slides below; publishing beside it."""

    rule = can_manage_webinars

    def get(self, request, slug):
        return _page(request, _webinar(slug))

    def post(self, request, slug):
        webinar = _webinar(slug)
        recording = _recording(webinar)
        form = _form(webinar, recording, request.POST)
        if not form.is_valid():
            return _page(request, webinar, form=form)
        if request.POST.get("seen", "") != _seen(recording):
            return _conflict(request, webinar, form)
        return self._save(request, webinar, recording, form)

    def _save(self, request, webinar, recording, form):
        try:
            recordings.save_recording(webinar, by=request.user, seen=recording and recording.changed_at, **form.answers())
        except ChangedMeanwhile:
            return _conflict(request, _webinar(webinar.slug), form)
        except DomainError as error:
            form.add_error(None, str(error))
            return _page(request, webinar, form=form)
        messages.success(request, _("The recording was saved."))
        return redirect("webinars:recording_edit", webinar.slug)


@require_POST
def recording_publish(request, slug):
    """Show the recording to everybody; write to those who had a place unless that was unticked."""
    recording = _recording_for(request, slug)
    try:
        recordings.publish_recording(recording, by=request.user, tell="tell" in request.POST)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("webinars:recording_edit", slug)
    messages.success(request, _("The recording is published."))
    return redirect(recording.webinar)


@require_POST
def recording_take_back(request, slug):
    """Hide the recording again."""
    recordings.take_back_recording(_recording_for(request, slug), by=request.user)
    messages.success(request, _("The recording is no longer public."))
    return redirect("webinars:recording_edit", slug)


@require_POST
def slides_add(request, slug):
    """Keep one more file."""
    _check_may(request)
    webinar = _webinar(slug)
    form = SlidesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, webinar, slides_form=form)
    try:
        file, is_new = slides.add_slides(webinar, by=request.user, **form.answers())
    except DomainError as error:
        form.add_error("file", str(error))
        return _page(request, webinar, slides_form=form, status=503 if isinstance(error, NoRoom) else 200)
    text = _("“%(title)s” was added.") if is_new else _("This file is there already: “%(title)s”. It was kept once.")
    messages.success(request, text % {"title": file.title})
    return redirect("webinars:recording_edit", slug)


@require_POST
def slides_remove(request, uuid):
    """Delete a file."""
    _check_may(request)
    file = get_object_or_404(Slides.objects.select_related("webinar"), uuid=uuid)
    slides.remove_slides(file, by=request.user)
    messages.success(request, _("“%(title)s” was deleted.") % {"title": file.title})
    return redirect("webinars:recording_edit", file.webinar.slug)


def _check_may(request) -> None:
    if not can_manage_webinars(request.user):
        raise PermissionDenied


def _webinar(slug: str) -> Webinar:
    return get_object_or_404(Webinar.objects.select_related("cycle"), slug=slug)


def _recording(webinar: Webinar) -> Recording | None:
    recording = Recording.objects.filter(webinar=webinar).select_related("captions_checked_by").first()
    if recording:
        recording.webinar = webinar
    return recording


def _recording_for(request, slug: str) -> Recording:
    _check_may(request)
    return get_object_or_404(Recording.objects.select_related("webinar"), webinar__slug=slug)


def _seen(recording: Recording | None) -> str:
    """The version of the recording that a page shows; empty for none."""
    return recording.changed_at.isoformat() if recording else ""


def _form(webinar: Webinar, recording: Recording | None, data=None) -> RecordingForm:
    return RecordingForm(data, recording=recording, initial=initial_of(recording, language=webinar.language))


def _page(request, webinar: Webinar, *, form=None, slides_form=None, status=200, **context):
    recording = _recording(webinar)
    form = form or _form(webinar, recording)
    seen = request.POST.get("seen", _seen(recording)) if form.is_bound else _seen(recording)
    context = {
        "webinar": webinar,
        "recording": recording,
        "form": form,
        "slides_form": slides_form or SlidesForm(),
        "slides": webinar.slides.order_by("added_at", "pk"),
        "missing": recordings.missing_for_publishing(recording) if recording else [],
        "mails": after.mails_of_recording(webinar) if recording and recording.state != Recording.State.PUBLISHED else 0,
        "seen": seen,
        **context,
    }
    return render(request, "webinars/manage/recording.html", context, status=status)


def _conflict(request, webinar: Webinar, form: RecordingForm):
    """What was typed stays in the form; what is stored stands beside it. The next save is a decision."""
    recording = _recording(webinar)
    stored = _form(webinar, recording)
    differences = [
        (bound.label, stored[bound.name].value(), bound.value())
        for bound in form
        if _plain(stored[bound.name].value()) != _plain(bound.value())
    ]
    entry = last_editor(webinar, OF_RECORDING)
    return _page(request, webinar, form=form, differences=differences, entry=entry, is_conflict=True, seen=_seen(recording))


def _plain(value) -> str:
    return " ".join(str(value if value not in (None, False) else "").split())
