"""The coordinator's pages about the people of a webinar."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from municipalities.models import Municipality
from municipalities.services import towns_of_addresses
from network_portal.audit.services import record
from network_portal.common import exports as files
from network_portal.common.errors import DomainError
from network_portal.common.text import fold
from network_portal.common.views import RuleRequiredMixin
from network_portal.users import recent
from webinars import exports, permissions, services
from webinars.models import Registration, Webinar
from webinars.people_forms import AddPersonForm, PeopleFilterForm

PAGE = 100  # people on a page
KINDS = {"csv": (files.to_csv, files.CSV_TYPE), "xlsx": (files.to_xlsx, files.XLSX_TYPE)}


class PeoplePage(RuleRequiredMixin):
    """A coordinator's page about the webinar of the address; browsers keep no copy of it."""

    rule = permissions.can_see_people

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    @cached_property
    def webinar(self) -> Webinar:
        return get_object_or_404(Webinar, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        can_add = self.webinar.state == Webinar.State.PUBLISHED and not self.webinar.is_past
        return super().get_context_data(webinar=self.webinar, can_add=can_add, crumbs=self.crumbs(), **kwargs)

    def crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("Manage webinars"), reverse("webinars:manage")),
            (self.webinar.title, reverse("webinars:edit", args=[self.webinar.slug])),
        ]

    def back(self):
        return redirect("webinars:people", self.webinar.slug)


class PeopleView(PeoplePage, TemplateView):
    """Who is registered, narrowed by a form, page by page."""

    template_name = "webinars/manage/people.html"

    def get_context_data(self, **kwargs):
        counts, towns = _tally(self.webinar)
        form = PeopleFilterForm(self.request.GET, towns=towns)
        found = form.narrow(self.webinar.registrations.for_the_list())
        rows = found.with_queue_position().with_belonging().select_related("person", "municipality", "role")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        _mark_other_towns(page.object_list)
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            counts=counts,
            form=form,
            is_filtered=any(form.cleaned_data.values()),
            page_obj=page,
            query=query.urlencode(),
            **kwargs,
        )


def _mark_other_towns(rows) -> None:
    """``other_town`` where the municipality is only declared and the address is one of another; one query."""
    declared = [row for row in rows if row.person and row.municipality_id and not row.belongs]
    towns = towns_of_addresses(row.person.email for row in declared)
    for row in declared:
        town = towns.get(row.person.email)
        row.other_town = town if town and town.pk != row.municipality_id else None


def _tally(webinar: Webinar) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """How many people in each status, and the municipalities they come from, in one query."""
    fields = ["status", *(f"municipality__{name}" for name in ("pk", "name", "district", "code", "has_namesake"))]
    counts, towns = dict.fromkeys(Registration.Status.values, 0), {}
    for status, pk, *about, people in webinar.registrations.order_by().values_list(*fields, Count("pk")):
        counts[status] += people
        if pk:
            towns[str(pk)] = Municipality(**dict(zip(("name", "district", "code", "has_namesake"), about, strict=True))).label
    return counts, sorted(towns.items(), key=lambda town: fold(town[1]))


class PeopleAddView(PeoplePage, FormView):
    """Somebody who wrote or called instead of registering."""

    form_class = AddPersonForm
    template_name = "webinars/manage/people_add.html"

    def crumbs(self):
        return [*super().crumbs(), (_("People"), reverse("webinars:people", args=[self.webinar.slug]))]

    def form_valid(self, form):
        email = form.cleaned_data["email"]
        was_there = self.webinar.registrations.live().filter(person__email=email).exists()
        try:
            registration = services.add_by_hand(self.webinar, by=self.request.user, **form.answers())
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        tell = messages.info if was_there else messages.success
        tell(self.request, _outcome(registration, was_there=was_there))
        return self.back()


def _outcome(registration: Registration, *, was_there: bool) -> str:
    if was_there:
        text = _("%(name)s was already registered. Nothing changed.")
    elif registration.status == Registration.Status.WAITING:
        text = _("%(name)s is number %(position)s on the waiting list.")
    else:
        text = _("%(name)s has a place. The confirmation goes out by e-mail.")
    return text % {"name": registration.name, "position": registration.queue_position}


class PersonRemoveView(PeoplePage, TemplateView):
    """The GET asks, the POST does it."""

    template_name = "webinars/manage/person_remove.html"

    @cached_property
    def registration(self) -> Registration:
        rows = Registration.objects.with_queue_position().select_related("webinar", "person", "municipality", "role")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def webinar(self) -> Webinar:
        return self.registration.webinar

    def crumbs(self):
        return [*super().crumbs(), (_("People"), reverse("webinars:people", args=[self.webinar.slug]))]

    def get(self, request, *args, **kwargs):
        if self.registration.status == Registration.Status.CANCELLED:
            messages.info(request, _("This registration is cancelled already."))
            return self.back()
        if self.registration.anonymised_at:
            messages.info(request, _("The name of this person was removed when its time was over: only the figure is left."))
            return self.back()
        return super().get(request, *args, registration=self.registration)

    def post(self, request, **kwargs):
        try:
            services.cancel_registration(self.registration, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("%(name)s was removed from the webinar.") % {"name": self.registration.name})
        return self.back()


class PeopleExportView(PeoplePage, View):
    """Everybody as a file, for who typed a code within five minutes; the log says who took it."""

    http_method_names = ["get"]

    def get(self, request, slug, kind):
        if kind not in KINDS:
            raise Http404
        if not recent.is_recent(request):
            return recent.confirm_first(request)
        write, content_type = KINDS[kind]
        content = write(exports.people_header(), exports.people_rows(self.webinar))
        record("people.exported", about=self.webinar.mail_subject, by=request.user, kind=kind)
        headers = {"Content-Disposition": f'attachment; filename="{self.webinar.slug}.{kind}"'}
        return HttpResponse(content, content_type=content_type, headers=headers)
