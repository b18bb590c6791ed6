"""The page of a practice, of each of its published versions, and what goes with it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from goodpractices.card import card_of
from goodpractices.catalogue_index import moment_columns
from goodpractices.models import Practice, Version
from goodpractices.permissions import can_see_contact_person, can_write_practice
from goodpractices.reading import Sheet
from goodpractices.related import related_to
from goodpractices.structured import practice_data
from network_portal.vocabularies.reading import version_column

DAY = 24 * 3600


def whole(user):
    """The practices that ``user`` may see, with what their page needs."""
    found = Practice.objects.visible_to(user).exclude(state=Practice.State.DELETED)
    rows = found.select_related("municipality", "public_version", "work_version").prefetch_related("files")
    return rows.annotate(terms_version=version_column(), **moment_columns())


@method_decorator(login_not_required, name="dispatch")
class PracticeDetailView(DetailView):
    """Everything about one practice: its public version; for who writes it the one at work while nothing is public."""

    template_name = "goodpractices/practice_detail.html"
    context_object_name = "practice"

    def get_queryset(self):
        return whole(self.request.user)

    def get_context_data(self, **kwargs):
        practice = self.object
        version = practice.public_version or practice.work_version
        if version is None:  # withdrawn before anything was public
            raise Http404
        return super().get_context_data(**page_of(practice, version, self.request.user), **kwargs)


def page_of(practice: Practice, version: Version, user) -> dict:
    """What the page of ``version`` shows to ``user``."""
    is_known = user.is_authenticated
    version.practice = practice  # so that its address asks for nothing
    sheet = Sheet(practice, version)
    return {
        "practice": practice,
        "version": version,
        "sheet": sheet,
        "is_current": version.pk == practice.public_version_id,
        "is_hidden": not (practice.is_readable and version.was_public),
        "can_write": is_known and can_write_practice(user, practice),
        "sees_person": can_see_contact_person(user, practice),
        "structured": practice_data(sheet) if practice.is_public else None,
        "others": _earlier(practice),
        "related": related_to(practice) if practice.is_public else [],
    }


def _earlier(practice: Practice) -> list[Version]:
    """All versions that were public, the latest first; nothing is asked of who has one only."""
    latest = practice.public_version
    if latest is None or latest.number == 1:
        return []
    return list(practice.versions.filter(state__in=["published", "replaced"]).order_by("-number"))


@login_not_required
@require_safe
def practice_version(request, slug, number):
    """One version that was public, at the address that is cited: it stays as it was."""
    practice = get_object_or_404(whole(request.user), slug=slug)
    version = get_object_or_404(Version.objects.visible_to(request.user), practice=practice, number=number)
    if not version.was_public:
        raise Http404
    return render(request, "goodpractices/practice_detail.html", page_of(practice, version, request.user))


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAY)
def practice_card(request, slug):
    """The picture that other sites show beside a link to the practice."""
    practice = get_object_or_404(Practice.objects.readable().select_related("municipality"), slug=slug)
    return HttpResponse(card_of(practice), content_type="image/png")
