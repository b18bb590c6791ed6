"""Reading once a day what YouTube says about the recordings."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from network_portal.audit.services import record
from webinars.models import Recording
from webinars.services.recordings import published_day
from webinars.youtube_api import Video, YouTubeUnavailable, read_videos

logger = logging.getLogger(__name__)
DAILY = timedelta(hours=20)  # asked every hour, so that what a used-up quota left out follows as soon as it can
Privacy = Recording.Privacy


def read_youtube(*, now: datetime) -> int:
    """Ask about every recording that was not read for 20 hours; the number read. Without a key nothing is asked.

    What was read before YouTube stops answering is kept; the rest is asked at the next call.
    """
    if not settings.YOUTUBE_API_KEY:
        return 0
    due = list(Recording.objects.due_to_be_read(now - DAILY).values_list("video_id", flat=True))
    done = 0
    try:
        for batch in read_videos(due, key=settings.YOUTUBE_API_KEY, url=settings.YOUTUBE_API_URL):
            done += _keep(batch, now=now)
    except YouTubeUnavailable as error:
        logger.warning("YouTube did not answer (%s): %s of %s recordings were read", error, done, len(due))
    return done


@transaction.atomic
def _keep(batch: dict[str, Video], *, now: datetime) -> int:
    rows = Recording.objects.filter(video_id__in=batch).select_for_update(of=("self",)).select_related("webinar").order_by("pk")
    for recording in rows:
        video, before = batch[recording.video_id], recording.privacy
        _take_over(recording, video)
        recording.read_at = now
        recording.save(update_fields=["title", "privacy", "published_on", "seconds", "views", "has_captions", "read_at"])
        if recording.privacy != before:
            facts = {"video": recording.video_id, "before": before, "now": recording.privacy}
            record("webinar.recording_privacy", about=recording.webinar.mail_subject, **facts)
    return len(rows)


def _take_over(recording: Recording, video: Video) -> None:
    """What YouTube says; where it says nothing, what was known stays.

    Its day is the day of publishing only for a public video (else of the upload): a day entered by hand stays until then.
    """
    if video.privacy != Privacy.UNKNOWN:
        recording.privacy = video.privacy
    recording.title = video.title or recording.title
    if video.privacy == Privacy.PUBLIC and video.published_at:
        recording.published_on = published_day(video.published_at)
    for name in ("seconds", "views", "has_captions"):
        if getattr(video, name) is not None:
            setattr(recording, name, getattr(video, name))
