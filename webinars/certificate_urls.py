from django.urls import path

from webinars.views import certificates, manage_certificates, partners

urlpatterns = [
    # coordinators
    path("manage/<slug:slug>/certificates/", manage_certificates.CertificatesView.as_view(), name="certificates"),
    path("manage/<slug:slug>/certificates/zip/", manage_certificates.certificates_zip, name="certificates_zip"),
    path("manage/certificates/<str:code>/name/", manage_certificates.RenameView.as_view(), name="certificate_rename"),
    path("manage/certificates/<str:code>/revoke/", manage_certificates.RevokeView.as_view(), name="certificate_revoke"),
    path("manage/certificates/<str:code>/again/", manage_certificates.certificate_again, name="certificate_again"),
    path("manage/cycles/<slug:slug>/partners/", partners.PartnersView.as_view(), name="partners"),
    path("manage/partners/<uuid:uuid>/", partners.PartnerEditView.as_view(), name="partner_edit"),
    path("manage/partners/<uuid:uuid>/remove/", partners.partner_remove, name="partner_remove"),
    path("partners/<uuid:uuid>/logo.png", partners.partner_logo, name="partner_logo"),
    # a person's own
    path("cycles/<slug:slug>/certificate.pdf", certificates.cycle_certificate, name="cycle_certificate"),
    path("cycles/<slug:slug>/certificate/", certificates.CycleCertificateNameView.as_view(), name="cycle_certificate_name"),
    path("<slug:slug>/certificate.pdf", certificates.certificate, name="certificate"),
    path("<slug:slug>/certificate/", certificates.CertificateNameView.as_view(), name="certificate_name"),
]
