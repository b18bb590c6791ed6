"""What YouTube says is read in fifties, kept as far as it was read, and never guessed from an answer that is broken."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from network_portal.audit.models import Entry
from tests.factories import make_recording
from tests.webinars.youtube_server import RECORDED, YouTube, item
from webinars import tasks, youtube_api
from webinars.models import Recording
from webinars.services.youtube import read_youtube
from webinars.youtube_api import YouTubeUnavailable, duration, read_videos

pytestmark = pytest.mark.django_db
QUOTA = (403, json.dumps({"error": {"code": 403, "errors": [{"domain": "youtube.quota", "reason": "quotaExceeded"}]}}))
NOW = timezone.now()


@pytest.fixture
def youtube(settings, monkeypatch):
    monkeypatch.setattr(youtube_api, "PAUSES", (0, 0))
    with YouTube() as server:
        settings.YOUTUBE_API_KEY, settings.YOUTUBE_API_URL = "a-secret-key", server.url
        yield server


def fresh(recording: Recording) -> Recording:
    return Recording.objects.get(pk=recording.pk)


def test_the_recorded_answer(youtube):
    recording = make_recording(video_id="aBcDeFgHi_0", privacy="unknown", published_on=date(2024, 1, 1), seconds=None)
    youtube.videos["aBcDeFgHi_0"] = RECORDED["items"][0]
    assert read_youtube(now=NOW) == 1
    found = fresh(recording)
    assert (found.title, found.privacy, found.seconds, found.views) == ("Género e Saúde", "public", 10_692, 431)
    assert (found.published_on, found.has_captions, found.read_at) == (date(2024, 3, 20), False, NOW)
    assert found.changed_at == recording.changed_at  # whoever has the page open is not told that somebody wrote


def test_without_a_key_nothing_is_asked(youtube, settings):
    settings.YOUTUBE_API_KEY = ""
    recording = make_recording()
    assert read_youtube(now=NOW) == 0
    tasks.read_recordings()
    assert (youtube.calls, fresh(recording).read_at) == ([], None)


def test_fifty_a_call_with_the_key_in_no_address(youtube):
    for _n in range(101):
        recording = make_recording()
        youtube.videos[recording.video_id] = item(recording.video_id)
    assert read_youtube(now=NOW) == 101
    assert [len(call) for call in youtube.calls] == [50, 50, 1]
    assert set(youtube.keys) == {"a-secret-key"}
    assert not any("secret" in address for address in youtube.addresses)
    assert not Recording.objects.filter(read_at=None).exists()


def test_the_task_asks_once_a_day(youtube):
    recording = make_recording()
    youtube.videos[recording.video_id] = item(recording.video_id)
    tasks.read_recordings()
    tasks.read_recordings()
    assert len(youtube.calls) == 1
    read_youtube(now=timezone.now() + timedelta(hours=21))
    assert len(youtube.calls) == 2


def test_a_video_that_is_not_in_the_answer_is_private_or_deleted(youtube):
    gone, there = make_recording(), make_recording()
    youtube.videos[there.video_id] = item(there.video_id)
    read_youtube(now=NOW)
    assert (fresh(gone).privacy, fresh(gone).state, fresh(gone).seconds) == ("absent", "published", 9672)
    assert list(Recording.objects.counted()) == list(Recording.objects.watchable()) == [there]
    assert list(Recording.objects.lost()) == [gone]
    entry = Entry.objects.get(action="webinar.recording_privacy")
    assert (entry.about, entry.by, entry.detail["now"]) == (gone.webinar.mail_subject, None, "absent")
    youtube.videos[gone.video_id] = item(gone.video_id)
    read_youtube(now=NOW + timedelta(days=1))
    assert fresh(gone).privacy == "public"


@pytest.mark.parametrize("refusal", [QUOTA, (429, "{}")], ids=["quota", "too many"])
def test_a_quota_that_is_used_up_loses_nothing_and_is_not_asked_again(youtube, refusal):
    for _n in range(60):
        recording = make_recording()
        youtube.videos[recording.video_id] = item(recording.video_id)
    before = YouTube.answer
    youtube.script = []
    youtube.answer = lambda path, headers: refusal if youtube.calls else before(youtube, path, headers)
    assert read_youtube(now=NOW) == 50
    assert Recording.objects.filter(read_at=None).count() == 10
    assert len(youtube.calls) == 1
    youtube.answer = lambda path, headers: before(youtube, path, headers)
    assert read_youtube(now=NOW + timedelta(hours=1)) == 10  # only what was left out
    assert len(youtube.calls[-1]) == 10


def test_an_error_of_the_server_is_tried_again(youtube):
    recording = make_recording()
    youtube.videos[recording.video_id] = item(recording.video_id)
    youtube.script = [(503, "busy"), (500, "")]
    assert read_youtube(now=NOW) == 1
    assert len(youtube.calls) == 3


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", '"x"', "null", "{}", '{"items": {}}', '{"items": null}', '{"items": [', "\x00"]
)
def test_an_answer_that_is_broken_makes_no_video_look_deleted(youtube, body):
    recording = make_recording()
    youtube.script = [(200, body)] * 3
    assert read_youtube(now=NOW) == 0
    assert (fresh(recording).privacy, fresh(recording).read_at) == ("public", None)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"snippet": None, "status": [], "statistics": "x", "contentDetails": 3},
        {"snippet": {"title": None, "publishedAt": "yesterday"}, "status": {"privacyStatus": "secret"}},
        {"statistics": {"viewCount": "many"}, "contentDetails": {"duration": "P0D", "caption": "perhaps"}},
    ],
)
def test_what_an_answer_does_not_say_stays_as_it_was(youtube, broken):
    recording = make_recording(views=7, has_captions=True, title="Saúde")
    youtube.videos[recording.video_id] = {"id": recording.video_id, **broken}
    assert read_youtube(now=NOW) == 1
    found = fresh(recording)
    assert (found.privacy, found.title, found.views, found.seconds, found.has_captions) == ("public", "Saúde", 7, 9672, True)
    assert found.published_on == recording.published_on


@pytest.mark.parametrize(
    ("privacy", "expected"), [("public", date(2024, 3, 20)), ("unlisted", date(2024, 5, 5)), ("private", date(2024, 5, 5))]
)
def test_a_day_entered_by_hand_stays_until_the_video_is_public(youtube, privacy, expected):
    recording = make_recording(published_on=date(2024, 5, 5))
    youtube.videos[recording.video_id] = item(recording.video_id, privacy=privacy)
    read_youtube(now=NOW)
    assert (fresh(recording).privacy, fresh(recording).published_on) == (privacy, expected)


def test_nobody_answers(settings, monkeypatch):
    monkeypatch.setattr(youtube_api, "PAUSES", (0, 0))
    with YouTube() as server:
        url = server.url
    with pytest.raises(YouTubeUnavailable):
        list(read_videos(["aBcDeFgHi_0"], key="k", url=url))


def test_pauses_between_attempts(youtube, monkeypatch):
    monkeypatch.setattr(youtube_api, "PAUSES", (1.0, 4.0))
    youtube.script, waited = [(500, "")] * 3, []
    with pytest.raises(YouTubeUnavailable, match="HTTP 500"):
        list(read_videos(["aBcDeFgHi_0"], key="k", url=youtube.url, pause=waited.append))
    assert waited == [1.0, 4.0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT15M33S", 933),
        ("PT2H", 7200),
        ("P1DT1H", 90_000),
        ("PT2H58M12S", 10_692),
        ("P0D", None),
        ("", None),
        ("P1Y", None),
        (None, None),
        ({}, None),
    ],
)
def test_durations(text, seconds):
    assert duration(text) == seconds


def test_as_many_statements_for_five_as_for_fifty(youtube, django_assert_max_num_queries):
    for _n in range(50):
        recording = make_recording()
        youtube.videos[recording.video_id] = item(recording.video_id)
    with django_assert_max_num_queries(56):  # one row is written for each, and six more
        assert read_youtube(now=NOW) == 50
