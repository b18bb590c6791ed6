"""Feeds of several apps: one language each, asked for in the address; their entries keep their ids for ever."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed

from network_portal.common.links import absolute


@dataclass(frozen=True)
class Frame:
    """What a feed is called, which page it is of, and its entries as ``Atom1Feed.add_item`` takes them."""

    title: str
    subtitle: str
    link: str
    entries: Iterable[dict]


def asked_language(request) -> str:
    """The language that the feed's address asks for, else the first."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def etag_of(*version) -> str:
    """A strong tag of everything that the answer depends on."""
    return f'"{md5(repr(version).encode(), usedforsecurity=False).hexdigest()}"'


def entry_id(kind: str, created_at: datetime, pk: int) -> str:
    """A tag address (RFC 4151) that stays when title and address change."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{created_at:%Y-%m-%d}:{kind}/{pk}"


def atom(request, describe: Callable[[], Frame]) -> HttpResponse:
    """The feed that ``describe`` gives, called in the language that is asked for."""
    language = asked_language(request)
    address = absolute(request.path) + ("" if language == settings.LANGUAGE_CODE else f"?language={language}")
    with translation.override(language):
        frame = describe()
        feed = Atom1Feed(
            title=frame.title,
            link=frame.link,
            description="",
            subtitle=frame.subtitle,
            language=language,
            author_name=settings.NETWORK_NAME,
            feed_url=address,
            feed_guid=address,
        )
        for entry in frame.entries:
            feed.add_item(**entry)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
