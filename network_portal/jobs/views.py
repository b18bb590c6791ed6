"""The page on which a person watches long work, and the file that it made."""

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django.views.generic import View
from django_htmx.http import HttpResponseClientRedirect, HttpResponseStopPolling

from network_portal.jobs import files, services
from network_portal.jobs.models import Job


@method_decorator([never_cache, vary_on_headers("HX-Request")], name="dispatch")
class JobView(View):
    """How far the work is; asked by htmx every two seconds, it gives only what changes."""

    def get(self, request, uuid):
        job = _job(request, uuid)
        services.note_seen(job, by=request.user)
        if not request.htmx:
            return render(request, "jobs/job_detail.html", _context(job))
        if job.state == Job.State.DONE and job.url and not job.file_name:
            if job.message:
                messages.success(request, job.message)
            return HttpResponseClientRedirect(job.url)
        part = render(request, "jobs/_job_state.html", {**_context(job), "is_part": True})
        return HttpResponseStopPolling(part.content) if job.is_over else part


@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})
def job_file(request, uuid):
    """The file, to be saved and never shown: what it holds came from people."""
    job = _job(request, uuid)
    if files.size(job) is None:
        raise Http404
    return FileResponse(job.file.open("rb"), as_attachment=True, filename=job.file_name)


def _job(request, uuid) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.user).select_related("created_by"), uuid=uuid)


def _context(job: Job) -> dict:
    context = {"job": job, "file_size": files.size(job)}
    if job.file:
        context["file_expires_at"] = services.file_expires_at(job)
    return context
