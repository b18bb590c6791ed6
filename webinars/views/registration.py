"""A person's way to a place: the form, the check, the confirmation; the calendar entry; cancelling."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.models import Municipality
from municipalities.services import suggest_for_email
from network_portal.common.errors import DomainError
from webinars import calendars, links, permissions, services
from webinars.forms import RegistrationForm, unmistakable
from webinars.models import Registration, Webinar
from webinars.services import survey

OWN = 200  # a person's latest registrations, among which are those to come
STEPS = [gettext_lazy("E-mail"), gettext_lazy("Code"), gettext_lazy("Your details"), gettext_lazy("Check and confirm")]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request, slug):
    """The form; what is valid goes on to the check page. Who was here before starts at the check page."""
    webinar = _webinar(request, slug)
    own = list(request.user.registrations.select_related("webinar", "municipality").order_by("-created_at", "-pk")[:OWN])
    if answer := _no_form_for(request, webinar, own):
        return answer
    latest = own[0] if own else None
    if request.method == "POST" and not {"change", "suggested"} & set(request.POST):
        form = RegistrationForm(request.POST, webinar=webinar)
    elif request.method == "POST":
        form = RegistrationForm(initial=_typed(request.POST), webinar=webinar)
    elif latest and "change" not in request.GET:
        form = RegistrationForm(_known(request.user, latest), webinar=webinar)
        if not form.is_valid():
            form = RegistrationForm(initial=_first_values(request.user, latest), webinar=webinar)
    else:
        form = RegistrationForm(initial=_first_values(request.user, latest), webinar=webinar)
    return _check_page(request, webinar, form, own) if form.is_valid() else _form_page(request, webinar, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_check(request, slug):
    """The answers of the check page become a registration."""
    webinar = _webinar(request, slug, places=False)
    if request.method != "POST":
        return redirect("webinars:register", slug)
    form = RegistrationForm(request.POST, webinar=webinar)
    if not form.is_valid():
        return _form_page(request, _webinar(request, slug), form)
    try:
        registration = services.register(webinar, person=request.user, by=request.user, **form.answers())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(webinar)
    if not hasattr(registration, "is_new"):
        messages.info(request, _("You are already registered"))
    return redirect(registration)


def _webinar(request, slug: str, *, places: bool = True) -> Webinar:
    """With its ``places`` for pages that show them. A draft has no registration, for coordinators neither."""
    rows = Webinar.objects.visible_to(request.user).exclude(state=Webinar.State.DRAFT)
    return get_object_or_404(rows.select_related("cycle").with_places() if places else rows, slug=slug)


def _no_form_for(request, webinar: Webinar, own: list[Registration]):
    """Where to go instead of the form: who is registered to the place, and all when registration is closed."""
    if live := next((r for r in own if r.webinar_id == webinar.pk and r.status != Registration.Status.CANCELLED), None):
        messages.info(request, _("You are already registered"))
        return redirect(live)
    try:
        services.check_open(webinar)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(webinar)
    return None


def _known(person, latest: Registration) -> dict:
    """The answers of last time as a posted form; the recording and the needs are asked each time."""
    return {
        "name": person.name or latest.name,
        "municipality": unmistakable(latest.municipality),
        "no_municipality": "" if latest.municipality else "on",
        "organisation": latest.organisation,
        "role": latest.role_id,
    }


def _first_values(person, latest: Registration | None) -> dict:
    if latest is None:
        towns = list(Municipality.objects.with_staff(person)[:2])
        return {"name": person.name, "municipality": towns[0] if len(towns) == 1 else None}
    return _known(person, latest) | {"municipality": latest.municipality, "no_municipality": latest.municipality is None}


def _typed(posted) -> dict:
    """What was typed, to be shown again without judging it."""
    typed = posted.get("suggested") or posted.get("municipality_choice") or posted.get("municipality", "")
    towns = Municipality.objects.called(typed)[:2] if "\x00" not in typed else []
    initial = {name: posted.get(name, "") for name in ("name", "organisation", "role", "needs", "consents_to_recording")}
    return initial | {
        "municipality": towns[0] if len(towns) == 1 else typed,
        "no_municipality": bool(posted.get("no_municipality")) and "suggested" not in posted,
    }


def _form_page(request, webinar: Webinar, form: RegistrationForm):
    suggestion = suggest_for_email(request.user.email) if not form["municipality"].value() else None
    context = {"webinar": webinar, "form": form, "suggestion": suggestion, "steps": STEPS}
    return render(request, "webinars/registration_form.html", context)


def _check_page(request, webinar: Webinar, form: RegistrationForm, own: list[Registration]):
    """Nothing is stored yet: the answers travel in hidden fields."""
    context = {
        "webinar": webinar,
        "form": form,
        "answers": form.cleaned_data,
        "overlap": _overlap(webinar, own),
        "steps": STEPS,
    }
    return render(request, "webinars/registration_check.html", context)


def _overlap(webinar: Webinar, own: list[Registration]) -> Registration | None:
    """Another registration of the same person at the same time."""
    for registration in own:
        other = registration.webinar
        is_live = registration.status != Registration.Status.CANCELLED and other.state == Webinar.State.PUBLISHED
        if is_live and other != webinar and other.starts_at < webinar.ends_at and other.ends_at > webinar.starts_at:
            return registration
    return None


@never_cache
@require_safe
def registration(request, uuid):
    """The confirmation: the place or the position, what comes next, and the way out."""
    return render(request, "webinars/registration_detail.html", _place(_registration(request, uuid)))


@never_cache
@require_safe
def registration_calendar(request, uuid):
    """The entry for one's own calendar, the same as in the mail; only who has a place gets it."""
    place = _registration(request, uuid)
    if place.status != Registration.Status.CONFIRMED:
        raise Http404
    text = calendars.invitation(place, method="REQUEST")
    headers = {"Content-Disposition": f'attachment; filename="{place.webinar.slug}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8; method=REQUEST", headers=headers)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_cancel(request, uuid):
    """The GET asks, the POST does it."""
    place = _registration(request, uuid)
    if not permissions.can_cancel_registration(request.user, place):
        raise Http404
    if request.method != "POST" and place.status != Registration.Status.CANCELLED:
        return render(request, "webinars/registration_cancel.html", _place(place))
    try:
        services.cancel_registration(place, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The registration was cancelled."))
    return redirect(place)


def _registration(request, uuid) -> Registration:
    rows = Registration.objects.visible_to(request.user).with_queue_position().with_attended()
    return get_object_or_404(rows.select_related("webinar__cycle", "person", "municipality", "role"), uuid=uuid)


def _place(registration: Registration) -> dict:
    is_live = registration.status != Registration.Status.CANCELLED
    webinar = registration.webinar
    return {
        "registration": registration,
        "webinar": webinar,
        "token": links.token_for(registration),
        "can_cancel": is_live and timezone.now() < webinar.starts_at,
        "is_asked": survey.is_owed(registration),
    }
