"""A practice as data for machines: schema.org, and as a citation."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goodpractices.reading import Sheet
from network_portal.common.links import absolute

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC BY 4.0"


def author_of(sheet: Sheet) -> str:
    return _("Municipality of %(town)s") % {"town": sheet.town.label}


def practice_data(sheet: Sheet) -> dict:
    """schema.org CreativeWork (https://schema.org/CreativeWork) of a published version."""
    practice, version = sheet.practice, sheet.version
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": absolute(version.get_absolute_url()),
        "url": absolute(practice.get_absolute_url()),
        "name": sheet.title,
        "abstract": sheet.summary,
        "inLanguage": sheet.language,
        "version": str(version.number),
        "datePublished": timezone.localdate(practice.first_published_at).isoformat(),
        "dateModified": timezone.localdate(version.published_at).isoformat(),
        "author": {"@type": "GovernmentOrganization", "name": author_of(sheet), "identifier": sheet.town.code},
        "publisher": {"@type": "Organization", "name": settings.NETWORK_NAME},
        "license": LICENCE,
        "keywords": [*(label for _code, label in sheet.themes), *sheet.groups, *(axis.label for axis in sheet.axes)],
        "image": absolute(reverse("goodpractices:card", args=[practice.slug])),
        "isAccessibleForFree": True,
    }
    return data | ({"temporalCoverage": _coverage(sheet)} if sheet.starts_on else {})


def _coverage(sheet: Sheet) -> str:
    """An interval of ISO 8601; open while it runs."""
    return f"{sheet.starts_on:%Y-%m}/{f'{sheet.ends_on:%Y-%m}' if sheet.ends_on else '..'}"
