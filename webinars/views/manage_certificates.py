"""The coordinator's pages about the certificates of a webinar."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from network_portal.common.errors import DomainError
from webinars import permissions
from webinars.certificate_forms import CertificateNameForm, RevokeForm
from webinars.certificates import code_from
from webinars.models import AttendanceRecord, Certificate, Webinar
from webinars.services import certificate_files, certificates
from webinars.views.people import PAGE, PeoplePage

State = Certificate.State


class CertificatesView(PeoplePage, TemplateView):
    """Everybody who attended, with the certificate that they have or may ask for."""

    template_name = "webinars/manage/certificates.html"

    def get_context_data(self, **kwargs):
        known = Prefetch("certificates", Certificate.objects.newest_first(), to_attr="issued")
        people = self.webinar.attendance.filter(Q(attended=True) | Q(certificates__isnull=False)).distinct()
        rows = people.select_related("municipality").prefetch_related(known).order_by("name", "pk")
        counts = self.webinar.certificates.aggregate(
            valid=Count("pk", filter=Q(state=State.VALID)), revoked=Count("pk", filter=Q(state=State.REVOKED))
        )
        page_obj = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page_obj, counts=counts, **kwargs)


@require_POST
def certificates_zip(request, slug):
    """Queue the work that puts all certificates into one file, and show how far it is."""
    if not permissions.can_see_people(request.user):
        raise PermissionDenied
    webinar = get_object_or_404(Webinar, slug=slug)
    back_url = reverse("webinars:certificates", args=[slug])
    return redirect(certificate_files.ask_for_zip(webinar, by=request.user, back_url=back_url))


class CertificatePage(PeoplePage, FormView):
    """A coordinator's form about one certificate."""

    @cached_property
    def certificate(self) -> Certificate:
        return _certificate(self.kwargs["code"])

    @cached_property
    def webinar(self) -> Webinar:
        return self.certificate.webinar

    def get_context_data(self, **kwargs):
        return super().get_context_data(certificate=self.certificate, back_url=self.back_url, **kwargs)

    def crumbs(self):
        return [*super().crumbs(), (_("Certificates"), self.back_url)]

    @property
    def back_url(self) -> str:
        return reverse("webinars:certificates", args=[self.webinar.slug])

    def form_valid(self, form):
        try:
            text = self.do(form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, text)
        return redirect(self.back_url)


class RenameView(CertificatePage):
    """Another name, and with it another code."""

    form_class = CertificateNameForm
    template_name = "webinars/manage/certificate_rename.html"

    def get_initial(self):
        return {"name": self.certificate.name}

    def do(self, data) -> str:
        corrected = certificates.correct_name(self.certificate, name=data["name"], by=self.request.user)
        return _("The certificate is in the name of %(name)s.") % {"name": corrected.name}


class RevokeView(CertificatePage):
    """Not valid from now on."""

    form_class = RevokeForm
    template_name = "webinars/manage/certificate_revoke.html"

    def do(self, data) -> str:
        certificates.revoke(self.certificate, reason=data["reason"], by=self.request.user)
        return _("The certificate of %(name)s is revoked.") % {"name": self.certificate.name}


@require_POST
def certificate_again(request, code):
    """A new certificate for somebody whose last one was revoked."""
    if not permissions.can_see_people(request.user):
        raise PermissionDenied
    revoked = _certificate(code)
    record = get_object_or_404(AttendanceRecord, pk=revoked.record_id)
    try:
        issued = certificates.issue(record, by=request.user, again=True)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The new certificate has the code %(code)s.") % {"code": issued.shown_code})
    return redirect("webinars:certificates", revoked.webinar.slug)


def _certificate(code: str) -> Certificate:
    """Of a webinar; those of cycles follow from attendance."""
    rows = Certificate.objects.select_related("cycle", "webinar", "person").exclude(webinar=None)
    return get_object_or_404(rows, code=code_from(code) or "")
