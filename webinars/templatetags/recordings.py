"""What templates need to write of recordings: addresses on YouTube, moments of a video, kinds of files."""

from django import template

from network_portal.common import youtube
from webinars import chapters

register = template.Library()
NBSP = "\u00a0"


@register.filter
def watch_url(video_id: str, second: int = 0) -> str:
    """The video on YouTube itself."""
    return youtube.watch_url(video_id, second)


@register.filter
def embed_url(video_id: str) -> str:
    """The address of the player, for the script that opens it."""
    return youtube.embed_url(video_id)


@register.filter
def clock_of(seconds: int) -> str:
    """As "1:14:09"."""
    return chapters.clock_of(seconds)


@register.filter
def duration_in_words(seconds: int) -> str:
    """As "2 h 41 min"; under a minute as "40 s"."""
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [(hours, "h"), (minutes, "min")] if seconds >= 60 else [(seconds, "s")]
    return NBSP.join(f"{n}{NBSP}{unit}" for n, unit in parts if n)


@register.filter
def minute_of(seconds: int) -> int:
    """The minute that begins there, counted from 0."""
    return seconds // 60


@register.filter
def extension(file_name: str) -> str:
    """As "PDF"."""
    return file_name.rpartition(".")[2].upper()
