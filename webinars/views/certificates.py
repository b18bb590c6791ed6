"""A person's own certificates, and the public page that says whether one is valid."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from network_portal.common.errors import DomainError
from network_portal.users import limits
from webinars.certificate_forms import CertificateNameForm, CodeForm
from webinars.certificates import code_from, document, initials, length_in_words, logos_of
from webinars.models import AttendanceRecord, Certificate, Cycle
from webinars.services import certificates


@never_cache
@require_safe
def certificate(request, slug):
    """The file of one webinar; whoever did not attend learns nothing."""
    return _file(certificates.issue, _own_record(request, slug), by=request.user)


@never_cache
@require_safe
def cycle_certificate(request, slug):
    """The file of everything that the person attended in a cycle."""
    return _file(certificates.issue_for_cycle, _own_cycle(request, slug), person=request.user)


def _own_record(request, slug: str) -> AttendanceRecord:
    rows = AttendanceRecord.objects.attended().filter(person=request.user, webinar__attendance_closed_at__isnull=False)
    return get_object_or_404(rows.select_related("webinar"), webinar__slug=slug)


def _own_cycle(request, slug: str) -> Cycle:
    closed = AttendanceRecord.objects.attended().filter(person=request.user, webinar__attendance_closed_at__isnull=False)
    return get_object_or_404(Cycle.objects.filter(pk__in=closed.values("webinar__cycle")), slug=slug)


def _file(issue, about, **who) -> HttpResponse:
    try:
        issued = issue(about, **who)
    except DomainError as error:
        raise Http404 from error
    row = Certificate.objects.select_related("cycle", "webinar").get(pk=issued.pk)
    name = _("certificate") + f"-{row.shown_code}.pdf"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(document(row, logos_of(row.cycle)), content_type="application/pdf", headers=headers)


@method_decorator(never_cache, name="dispatch")
class NameView(FormView):
    """What correcting the name on one's own certificates shares: the name changes, nothing else can."""

    form_class = CertificateNameForm
    template_name = "webinars/certificate_name.html"
    back_url = ""

    def get_initial(self):
        return {"name": self.shown_name()}

    def form_valid(self, form):
        try:
            corrected = certificates.correct_name(self.issued(), name=form.cleaned_data["name"], by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The certificate is in the name of %(name)s.") % {"name": corrected.name})
        return redirect(self.back_url)


class CertificateNameView(NameView):
    """Of the certificate of one webinar."""

    @cached_property
    def record(self) -> AttendanceRecord:
        return _own_record(self.request, self.kwargs["slug"])

    @property
    def back_url(self):
        return f"{self.record.webinar.get_absolute_url()}#certificate"

    def shown_name(self) -> str:
        last = self.record.certificates.valid().first()
        return last.name if last else self.record.name

    def issued(self) -> Certificate:
        return certificates.issue(self.record, by=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.record.webinar, back_url=self.back_url, **kwargs)


class CycleCertificateNameView(NameView):
    """Of the certificate of a cycle."""

    @cached_property
    def cycle(self) -> Cycle:
        return _own_cycle(self.request, self.kwargs["slug"])

    @property
    def back_url(self):
        return f"{reverse('pages:my_page')}#certificates"

    def shown_name(self) -> str:
        return certificates.name_in(self.cycle, self.request.user)

    def issued(self) -> Certificate:
        return certificates.issue_for_cycle(self.cycle, person=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.cycle, back_url=self.back_url, **kwargs)


@login_not_required
@never_cache
@require_safe
def check(request):
    """Where the code on a paper is typed."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        return redirect("certificates:detail", f"{code[:4]}-{code[4:]}")
    return _unlisted(render(request, "webinars/certificate_check.html", {"form": form}))


@login_not_required
@never_cache
@require_safe
def check_detail(request, code):
    """Whether a certificate is valid: initials, title, date and hours, and nothing else of the person."""
    too_many = limits.refusal(request, "certificate_check", reads=True, template="webinars/certificate_too_many.html")
    if too_many:
        return _unlisted(too_many)
    found = Certificate.objects.select_related("cycle", "webinar").filter(code=code_from(code) or "").first()
    if found is None:
        return _unlisted(render(request, "webinars/certificate_unknown.html", {"form": CodeForm()}, status=404))
    context = {"certificate": found, "initials": initials(found.name), "length": length_in_words(found.minutes)}
    return _unlisted(render(request, "webinars/certificate_state.html", context))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Search engines keep no page about somebody's certificate."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
