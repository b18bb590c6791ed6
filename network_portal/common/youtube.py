"""Addresses of YouTube videos: only the eleven characters of the video are ever kept."""

import html
import re
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _

from network_portal.common.errors import DomainError

HOSTS = {
    "youtube.com",
    "www.youtube.com",
    "m.youtube.com",
    "music.youtube.com",
    "youtube-nocookie.com",
    "www.youtube-nocookie.com",
}
SHORT_HOST = "youtu.be"
FOLDERS = {"embed", "v", "e", "live", "shorts"}  # youtube.com/embed/<video>
RESERVED = {"videoseries", "live_stream"}  # these have the shape of a video and are none
VIDEO = re.compile(r"[A-Za-z0-9_-]{11}", re.ASCII)
EMBED_HOST = "https://www.youtube-nocookie.com"  # the only host that a page of ours may frame


class NotAVideo(DomainError):
    """The address leads to no single video of YouTube."""


def video_of(address: str) -> str:
    """The id of the video that ``address`` leads to, as people copy it from the bar, the share button or a player.

    Raises NotAVideo for everything else: other hosts, playlists, channels, addresses that hide another, markup.
    """
    text = address.strip()
    found = _video_in(text) if text and not re.search(r"\s|[<>\"\\]", text) else ""
    if not VIDEO.fullmatch(found) or found in RESERVED:
        raise NotAVideo(_("Enter the address of a YouTube video, like https://www.youtube.com/watch?v=…"))
    return found


def _video_in(text: str) -> str:
    """What stands where a video should stand; empty when the address is none of YouTube's."""
    if text.startswith("//"):
        text = f"https:{text}"
    elif "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(html.unescape(text))
        is_plain = parts.scheme in {"http", "https"} and "@" not in parts.netloc and parts.port in {None, 80, 443}
    except ValueError:
        return ""
    host, path = (parts.hostname or ""), [part for part in parts.path.split("/") if part]
    if not is_plain:
        return ""
    if host == SHORT_HOST:
        return path[0] if len(path) == 1 else ""
    if host not in HOSTS:
        return ""
    if path == ["watch"]:
        return parse_qs(parts.query).get("v", [""])[0]
    return path[1] if len(path) == 2 and path[0] in FOLDERS else ""


def watch_url(video_id: str, second: int = 0) -> str:
    """The page of a video on YouTube, from ``second`` on."""
    return f"https://www.youtube.com/watch?v={video_id}" + (f"&t={second}s" if second else "")


def embed_url(video_id: str) -> str:
    """The player without cookies before the video is started."""
    return f"{EMBED_HOST}/embed/{video_id}"
