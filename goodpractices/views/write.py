"""Where people of a municipality write its practices: their list, a new one, the list of its sections, how it will look."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, ListView

from goodpractices import services
from goodpractices.forms.start import FormChoice, StartForm
from goodpractices.models import Practice, Version
from goodpractices.models.versions import WORKING
from goodpractices.people import focal_points
from goodpractices.permissions import can_send_practice, can_start_practices, can_write_practice
from goodpractices.reading import Sheet
from goodpractices.steps import next_step
from goodpractices.tasklist import TaskList
from goodpractices.views.own import own_practice
from municipalities.models import Municipality
from network_portal.common.errors import DomainError
from network_portal.users.permissions import is_coordinator


def practice_to_write(request, pk: int) -> Practice:
    """A practice for who writes for its municipality."""
    there = Practice.objects.written_by(request.user).exclude(state=Practice.State.DELETED)
    return own_practice(request, pk, rule=can_write_practice, among=there)


def practice_written_in(request, pk: int) -> Practice:
    """The same for what was typed in a page that was open: also one that a colleague deleted meanwhile."""
    try:
        return practice_to_write(request, pk)
    except Http404:
        return own_practice(request, pk, rule=can_write_practice, among=Practice.objects.deleted_from(request.user))


@method_decorator(never_cache, name="dispatch")
class MyPracticesView(ListView):
    """The practices of one's municipalities and those one began, each with its state and what comes next."""

    template_name = "goodpractices/write/mine.html"
    paginate_by = 20

    def get_queryset(self):
        return Practice.objects.of_person(self.request.user).select_related("municipality", "work_version", "public_version")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(can_start=can_start_practices(self.request.user), **kwargs)
        context["has_deleted"] = Practice.objects.deleted_of(self.request.user).exists()
        context["rows"] = [(practice, next_step(practice, self.request.user)) for practice in context["object_list"]]
        return context


@method_decorator(never_cache, name="dispatch")
class StartView(FormView):
    """A new draft of one of the person's municipalities."""

    template_name = "goodpractices/write/new.html"
    form_class = StartForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not can_start_practices(request.user):
            return render(request, "goodpractices/write/not_yet.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def towns(self) -> list[Municipality]:
        """Those that the person belongs to."""
        return list(Municipality.objects.with_staff(self.request.user).order_by("name_folded", "pk"))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"towns": None if is_coordinator(self.request.user) else self.towns}

    def get_initial(self):
        one = self.towns[0] if len(self.towns) == 1 else None
        chosen = one if is_coordinator(self.request.user) else one and one.slug
        return {"municipality": chosen, "form": Version.Form.FULL, "language": self.request.user.language}

    def form_valid(self, form):
        data = form.cleaned_data
        practice = services.start_practice(
            data["municipality"], by=self.request.user, form=data["form"], language=data["language"]
        )
        return redirect("goodpractices:write", practice.pk)


@require_safe
@never_cache
def write(request, pk):
    """The list of the sections; while nobody may write, what goes on instead."""
    practice = practice_to_write(request, pk)
    version = practice.work_version
    context = {"practice": practice, "version": version, "step": next_step(practice, request.user)}
    if version is None or not version.is_open:
        is_under_way = version is not None and version.state in WORKING
        return render(request, "goodpractices/write/closed.html", context | {"is_under_way": is_under_way})
    can_send = can_send_practice(request.user, practice)
    context |= {
        "list": TaskList(practice, request.user),
        "form": FormChoice(initial={"form": version.form}),
        "can_send": can_send,
        "focal_points": [] if can_send else focal_points(practice.municipality),
    }
    return render(request, "goodpractices/write/tasks.html", context)


@require_POST
def choose_form(request, pk):
    """Snapshot or full form; what was written stays."""
    practice, form = practice_to_write(request, pk), FormChoice(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("goodpractices:write", pk)
    try:
        services.choose_form(practice, form.cleaned_data["form"], by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The form was changed. Everything that you wrote is still there."))
    return redirect("goodpractices:write", pk)


@require_POST
def new_version(request, pk):
    """Begin to write anew what is published, or was declined or withdrawn."""
    practice = practice_to_write(request, pk)
    try:
        services.start_version(practice, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("goodpractices:write", pk)


@require_safe
@never_cache
def preview(request, pk):
    """How the version at work will look."""
    practice = practice_to_write(request, pk)
    if practice.work_version is None:
        return redirect("goodpractices:write", pk)
    context = {"practice": practice, "version": practice.work_version, "sheet": Sheet(practice, practice.work_version)}
    return render(request, "goodpractices/write/preview.html", context | {"is_hidden": True, "sees_person": True})
