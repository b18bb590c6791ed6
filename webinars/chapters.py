"""Chapters and durations as people write them: "1:14:09 Title", one on each line."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from network_portal.common.text import clean_line
from webinars.errors import ChapterRefused

LINE = re.compile(r"((?:\d{1,2}:)?\d{1,3}:\d{2})\s+(?:[-–—:]\s+)?(\S.*)", re.ASCII)
CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})", re.ASCII)
MOST = 100
TITLE = 200


@dataclass(frozen=True)
class ChapterLine:
    """A title at a second of the video."""

    second: int
    title: str


def seconds_of(text: str) -> int | None:
    """ "1:02:30" or "62:30" in seconds; None when it is neither. Of hours and minutes the minutes go up to 59."""
    match = CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    return None if seconds > 59 or (match[1] and minutes > 59) else hours * 3600 + minutes * 60 + seconds


def clock_of(seconds: int) -> str:
    """As YouTube writes it: "0:09", "1:14:09"."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def read_chapters(text: str, *, seconds: int | None) -> list[ChapterLine]:
    """One chapter a line, ascending, before the end of a video of ``seconds``; empty lines are left out.

    Raises ChapterRefused, which names the line.
    """
    found: list[ChapterLine] = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = clean_line(line)
        if line:
            chapter = _chapter(number, line)
            _check_place(number, chapter, found, seconds)
            found.append(chapter)
    if len(found) > MOST:
        raise ChapterRefused(_("Enter %(most)s chapters or fewer (you have %(n)s)") % {"most": MOST, "n": len(found)})
    return found


def _chapter(number: int, line: str) -> ChapterLine:
    match = LINE.fullmatch(line)
    second = seconds_of(match[1]) if match else None
    if second is None:
        raise ChapterRefused(_("Line %(line)s: write the time and the title, like 0:09 Opening") % {"line": number})
    if len(match[2]) > TITLE:
        raise ChapterRefused(_("Line %(line)s: the title must be %(most)s characters or fewer") % {"line": number, "most": TITLE})
    return ChapterLine(second, match[2])


def _check_place(number: int, chapter: ChapterLine, before: list[ChapterLine], seconds: int | None) -> None:
    if before and chapter.second <= before[-1].second:
        words = {"line": number, "time": clock_of(before[-1].second)}
        raise ChapterRefused(_("Line %(line)s: it must begin after the chapter before it (%(time)s)") % words)
    if seconds is not None and chapter.second >= seconds:
        words = {"line": number, "time": clock_of(seconds)}
        raise ChapterRefused(_("Line %(line)s: it must begin before the end of the video (%(time)s)") % words)


def written(chapters) -> str:
    """Rows with ``second`` and ``title`` as the lines that were typed."""
    return "\n".join(f"{clock_of(chapter.second)} {chapter.title}" for chapter in chapters)
