"""What every page needs to know about the network; no query."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language


def network(request):
    """Name, contact and switches of this installation, and this page's address in each other language."""
    here = request.get_full_path()
    return {
        "NETWORK_NAME": settings.NETWORK_NAME,
        "NETWORK_COORDINATOR": settings.NETWORK_COORDINATOR,
        "NETWORK_FUNDER": settings.NETWORK_FUNDER,
        "NETWORK_CONTACT_EMAIL": settings.NETWORK_CONTACT_EMAIL,
        "SITE_URL": settings.SITE_URL,
        "DEMO": settings.DEMO,
        "DEBUG": settings.DEBUG,
        "other_languages": [(c, n, translate_url(here, c)) for c, n in settings.LANGUAGES if c != get_language()],
    }
