"""A webinar as schema.org JSON-LD, for search engines."""

from django.conf import settings

from network_portal.common.links import absolute
from webinars.models import Webinar

STATUS = {"published": "EventScheduled", "draft": "EventScheduled", "cancelled": "EventCancelled"}
MODE = {"online": "OnlineEventAttendanceMode", "on_site": "OfflineEventAttendanceMode", "hybrid": "MixedEventAttendanceMode"}


def event_data(webinar: Webinar) -> dict:
    """An ``Event`` of schema.org. ``webinar`` is annotated by ``with_places``."""
    url = absolute(webinar.get_absolute_url())
    online = {"@type": "VirtualLocation", "url": url}
    is_free = webinar.places_left and not webinar.people_waiting
    place = {"@type": "Place", "name": webinar.place, "address": webinar.place}
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": webinar.title,
        "description": webinar.summary,
        "inLanguage": webinar.language,
        "startDate": webinar.starts_local.isoformat(),
        "endDate": webinar.ends_local.isoformat(),
        "eventStatus": f"https://schema.org/{STATUS[webinar.state]}",
        "eventAttendanceMode": f"https://schema.org/{MODE[webinar.mode]}",
        "location": {"online": online, "on_site": place, "hybrid": [online, place]}[webinar.mode],
        "organizer": {"@type": "Organization", "name": settings.NETWORK_NAME, "url": absolute("/")},
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": webinar.capacity,
        "offers": {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "EUR",
            "availability": f"https://schema.org/{'InStock' if is_free else 'SoldOut'}",
            "url": url,
        },
    }
