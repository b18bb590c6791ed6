from django.urls import path

from webinars.views import certificates

app_name = "certificates"
urlpatterns = [
    path("", certificates.check, name="check"),
    path("<str:code>/", certificates.check_detail, name="detail"),  # where the QR code of a certificate leads
]
