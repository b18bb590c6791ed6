"""What YouTube says about videos: ``videos.list`` of its Data API v3, fifty videos a call (one unit of the daily quota each).

Videos that are private or deleted are simply not in the answer: absence is the only signal.
"""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

BATCH = 50
TIMEOUT = 15.0  # seconds
PAUSES = (1.0, 4.0)  # seconds before the second and the third attempt of a call
MOST_BYTES = 4 * 1024 * 1024
PARTS = "snippet,contentDetails,status,statistics"
DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)


class YouTubeUnavailable(Exception):
    """No answer that can be used: ask again later. Nothing follows from it about any video."""


@dataclass(frozen=True)
class Video:
    """What is known of a video; None where the answer says nothing."""

    privacy: str
    title: str = ""
    seconds: int | None = None
    views: int | None = None
    has_captions: bool | None = None
    published_at: datetime | None = None


ABSENT = Video(privacy="absent")


def read_videos(ids: list[str], *, key: str, url: str, pause=time.sleep) -> Iterator[dict[str, Video]]:
    """Each batch of ``ids`` with what YouTube says: a caller that stops keeps what came before.

    Raises YouTubeUnavailable when a batch cannot be read, after three attempts if trying again may help.
    """
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        items = _items(batch, key=key, url=url, pause=pause)
        yield {video_id: items.get(video_id, ABSENT) for video_id in batch}


def _items(batch: list[str], *, key: str, url: str, pause) -> dict[str, Video]:
    for wait in (*PAUSES, None):
        try:
            return _videos(_ask(batch, key=key, url=url))
        except HTTPError as error:
            reason = f"HTTP {error.code}"
            may_help = error.code >= 500
        except (URLError, TimeoutError, OSError, ValueError) as error:
            reason, may_help = type(error).__name__, True
        if not may_help or wait is None:
            break  # a quota that is used up (403, 429) comes back by itself, not by asking
        pause(wait)
    raise YouTubeUnavailable(reason)


def _ask(batch: list[str], *, key: str, url: str) -> dict:
    """The key goes in a header: addresses end up in logs."""
    query = urlencode({"part": PARTS, "id": ",".join(batch), "maxResults": BATCH})
    request = Request(f"{url}?{query}", headers={"X-Goog-Api-Key": key, "Accept": "application/json"})
    with urlopen(request, timeout=TIMEOUT) as answer:
        return json.loads(answer.read(MOST_BYTES))


def _videos(answer) -> dict[str, Video]:
    """By id. ValueError unless it is an answer about videos: an empty one would make every video look deleted."""
    if not isinstance(answer, dict) or not isinstance(answer.get("items"), list):
        raise ValueError("no list of videos")
    rows = [item for item in answer["items"] if isinstance(item, dict)]
    return {item["id"]: _video(item) for item in rows if isinstance(item.get("id"), str)}


def _video(item: dict) -> Video:
    snippet, content, status, counts = (_part(item, p) for p in ("snippet", "contentDetails", "status", "statistics"))
    privacy = status.get("privacyStatus")
    return Video(
        privacy=privacy if privacy in {"public", "unlisted", "private"} else "unknown",
        title=str(snippet.get("title") or "")[:200],
        seconds=duration(content.get("duration")),
        views=_number(counts.get("viewCount")),
        has_captions={"true": True, "false": False}.get(content.get("caption")),
        published_at=_moment(snippet.get("publishedAt")),
    )


def _part(item: dict, name: str) -> dict:
    part = item.get(name)
    return part if isinstance(part, dict) else {}


def duration(text) -> int | None:
    """ISO 8601 as YouTube writes it ("PT2H58M12S", "P1DT1H") in seconds; None for nothing and for a video not yet held."""
    match = DURATION.fullmatch(text) if isinstance(text, str) else None
    if not match:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return days * 86_400 + hours * 3600 + minutes * 60 + seconds or None


def _number(text) -> int | None:
    """Counts come as text; one that no column holds is left out."""
    value = int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 16 else None
    return None if value is None else min(value, 2_147_483_647)


def _moment(text) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
