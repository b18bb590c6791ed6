"""“Check your answers”: what is missing with the way there, or the whole text with what reviewers look at, and the button."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from goodpractices import services
from goodpractices.completeness import still_missing
from goodpractices.errors import NotReady, Problem, WrongState
from goodpractices.forms.whole import anchor_in
from goodpractices.grid import GRID
from goodpractices.people import focal_points
from goodpractices.permissions import can_send_practice, can_write_practice
from goodpractices.plain import parts_of
from goodpractices.sections import BY_CODE, Template
from goodpractices.services.projection import contents_of
from goodpractices.views.own import own_practice
from network_portal.vocabularies.reading import current


@method_decorator(never_cache, name="dispatch")
class SubmitView(View):
    """Everybody who writes may look; focal points and coordinators send."""

    def get(self, request, pk):
        practice = own_practice(request, pk, rule=can_write_practice)
        version = practice.work_version
        if version is None or not version.is_open:
            return redirect("goodpractices:history", practice.slug)
        return _page(request, practice)

    def post(self, request, pk):
        practice = own_practice(request, pk, rule=can_write_practice)
        if not can_send_practice(request.user, practice):
            raise PermissionDenied(_("A focal point of your municipality sends it for review."))
        try:
            services.submit(practice, by=request.user)
        except NotReady:
            return _page(request, practice)
        except WrongState as error:
            messages.error(request, str(error))
            return redirect("goodpractices:history", practice.slug)
        messages.success(request, _("It was sent for review. You hear of each step by e-mail."))
        return redirect("goodpractices:history", practice.slug)


def _page(request, practice):
    version = practice.work_version
    contents = contents_of(version)
    missing = still_missing(version.form, contents, to_publish=False)
    later = still_missing(version.form, contents, to_publish=True)
    context = {
        "practice": practice,
        "version": version,
        "missing": [_anchored(code, problems) for code, problems in missing.items()],
        "later": [_anchored(code, problems) for code, problems in later.items() if code not in missing],
        "parts": parts_of(version.form, contents, current()),
        "grid": GRID,
        "can_send": can_send_practice(request.user, practice),
        "focal_points": focal_points(practice.municipality),
        "is_again": version.reviews.exists(),
    }
    return render(request, "goodpractices/review/submit.html", context)


def _anchored(code: str, problems: list[Problem]) -> tuple[Template, list[tuple[str, str]]]:
    """The section, and for each problem the id of its field and the sentence."""
    return BY_CODE[code], [(anchor_in(code, problem.field), problem.sentence) for problem in problems]
