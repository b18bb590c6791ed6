"""All addresses. The first language has no prefix; feeds, tokens and machine addresses have none either."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

handler400 = "network_portal.pages.errors.bad_request"
handler403 = "network_portal.pages.errors.permission_denied"
handler404 = "network_portal.pages.errors.page_not_found"
handler429 = "network_portal.pages.errors.too_many_requests"  # allauth asks for it
handler500 = "network_portal.pages.errors.server_error"

urlpatterns = [
    path("", include("network_portal.pages.machine_urls")),
    path("", include("webinars.feed_urls")),
    path("", include("grants.feed_urls")),
    path("", include("goodpractices.feed_urls")),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    *i18n_patterns(
        path("", include("network_portal.pages.urls")),
        path("account/", include("network_portal.users.urls")),
        path("account/", include("network_portal.users.sign_in_urls")),
        path("municipalities/", include("municipalities.urls")),
        path("practices/", include("goodpractices.urls")),
        path("webinars/", include("webinars.urls")),
        path("certificates/", include("webinars.check_urls")),
        path("calls/", include("grants.urls")),
        path("reports/", include("network_portal.reports.urls")),
        path("vocabularies/", include("network_portal.pages.vocabularies.urls")),
        path("jobs/", include("network_portal.jobs.urls")),
        path("mail/", include("network_portal.mail.urls")),
        prefix_default_language=False,
    ),
]
if settings.DEMO:
    urlpatterns += [path("demo/mail/", include("network_portal.mail.demo_urls"))]
