"""Pictures and documents of practices: for everybody once a published version names them, before that for who writes."""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from goodpractices.models import PracticeFile

DAY = 24 * 3600


@login_not_required
@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})
def file(request, uuid):
    """A document to be saved and never shown: what is in it came from people. Of a picture the widest."""
    kept = get_object_or_404(_visible(request), uuid=uuid)
    return _answer(kept, kept.content.name, as_attachment=True)


@login_not_required
@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})
def picture(request, uuid, width):
    """A picture at one of its widths, as we made it: nothing in it is from outside."""
    kept = get_object_or_404(_visible(request), uuid=uuid, kind=PracticeFile.Kind.PICTURE)
    if width not in kept.widths:
        raise Http404
    return _answer(kept, kept.name_of(width), as_attachment=False)


def _visible(request):
    return PracticeFile.objects.visible_to(request.user).select_related("practice")


def _answer(kept: PracticeFile, name: str, *, as_attachment: bool):
    """The file under its own name. Kept by browsers and proxies for a day when it is public, else by nobody."""
    try:
        content = default_storage.open(name)
    except FileNotFoundError as error:  # a backup was restored without its files
        raise Http404 from error
    answer = FileResponse(content, as_attachment=as_attachment, filename=kept.file_name, content_type=kept.content_type)
    if kept.is_public and kept.practice.is_readable:
        patch_cache_control(answer, public=True, max_age=DAY)
    else:
        patch_cache_control(answer, private=True, no_store=True)
    return answer
