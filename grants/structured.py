"""A call as schema.org JSON-LD, for search engines."""

from django.conf import settings

from grants.models import Call
from network_portal.common.links import absolute


def call_data(call: Call) -> dict:
    """A ``MonetaryGrant``, of a loan a ``Grant``, with the stretch of time in which one may apply."""
    url = absolute(call.get_absolute_url())
    funder = {"@type": "Organization", "name": settings.NETWORK_NAME, "url": absolute("/")}
    data = {
        "@context": "https://schema.org",
        "@type": "Grant" if call.kind == Call.Kind.LOAN else "MonetaryGrant",
        "name": call.title,
        "description": call.summary,
        "url": url,
        "identifier": url,
        "funder": funder,
    }
    if call.budget is not None and call.kind != Call.Kind.LOAN:
        data["amount"] = {"@type": "MonetaryAmount", "currency": "EUR", "value": str(call.budget)}
    if call.state == Call.State.PUBLISHED:
        data["potentialAction"] = {
            "@type": "ApplyAction",
            "startTime": call.opens_local.isoformat(),
            "endTime": call.closes_local.isoformat(),
            "target": call.apply_url or url,
        }
    return data
