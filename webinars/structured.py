"""A webinar and its recording as schema.org JSON-LD, for search engines."""

from datetime import datetime, time
from itertools import zip_longest

from django.conf import settings
from django.urls import reverse

from network_portal.common.links import absolute
from network_portal.common.youtube import embed_url, watch_url
from webinars.afterwards import Shown
from webinars.models import Chapter, Recording, Webinar

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


def video_data(shown: Shown) -> dict:
    """A ``VideoObject`` of schema.org. The picture is the portal's own: nothing is loaded from YouTube to show a link."""
    recording, webinar = shown.recording, shown.recording.webinar
    url = absolute(webinar.get_absolute_url())
    day = datetime.combine(recording.published_on, time(12), tzinfo=webinar.zone)
    data = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": webinar.title,
        "description": webinar.summary or webinar.title,
        "thumbnailUrl": [absolute(reverse("webinars:poster", args=[webinar.slug]))],
        "uploadDate": day.isoformat(),
        "embedUrl": embed_url(recording.video_id),
        "url": url,
        "inLanguage": recording.language,
    }
    if recording.seconds:
        data["duration"] = iso_duration(recording.seconds)
    if recording.views is not None:
        data["interactionStatistic"] = {
            "@type": "InteractionCounter",
            "interactionType": {"@type": "WatchAction"},
            "userInteractionCount": recording.views,
        }
    if shown.chapters:
        data["hasPart"] = [_clip(recording, *pair) for pair in zip_longest(shown.chapters, shown.chapters[1:])]
    return data


def _clip(recording: Recording, chapter: Chapter, following: Chapter | None) -> dict:
    end = following.second if following else recording.seconds
    clip = {
        "@type": "Clip",
        "name": chapter.title,
        "startOffset": chapter.second,
        "url": watch_url(recording.video_id, chapter.second),
    }
    return clip | ({"endOffset": end} if end else {})


def iso_duration(seconds: int) -> str:
    """As "PT2H41M12S"."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return "PT" + "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minute, "M"), (second, "S")) if n)
