"""What a coordinator may do with a recording, and what follows from it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from network_portal.audit.models import Entry
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_recording, make_registration, make_webinar
from webinars import services
from webinars.chapters import ChapterLine, clock_of, read_chapters, seconds_of, written
from webinars.errors import ChangedMeanwhile, ChapterRefused, RecordingNotReady, VideoTaken
from webinars.models import AgendaItem, Recording
from webinars.services import recordings
from webinars.services.recordings import missing_for_publishing, publish_recording, save_recording, take_back_recording

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def webinar():
    return make_webinar(starts_at=timezone.now() - timedelta(days=3))


@pytest.fixture
def coordinator():
    return make_coordinator(name="Carla Osório")


def save(webinar, by, *, seen=None, **fields) -> Recording:
    defaults = {"video_id": "aBcDeFgHi_0", "captions_checked": True, "chapters": [], "privacy": "public", "published_on": DAY}
    return save_recording(webinar, by=by, seen=seen, **defaults | fields)


# --- writing


def test_saved_with_chapters_and_who_checked_the_captions(webinar, coordinator):
    chapters = [ChapterLine(0, "Abertura"), ChapterLine(549, "Saúde")]
    recording = save(webinar, coordinator, chapters=chapters, transcript="Bom dia.")
    assert (recording.state, recording.captions_checked_by) == ("draft", coordinator)
    assert written(recording.chapters.order_by("second")) == "0:00 Abertura\n9:09 Saúde"
    entry = Entry.objects.get(action="webinar.recording")
    assert (entry.by, entry.about, entry.detail["video"]) == (coordinator, webinar.mail_subject, "aBcDeFgHi_0")


def test_it_waits_for_its_captions_once_the_video_is_online(webinar, coordinator):
    recording = save(webinar, coordinator, captions_checked=False, published_on=None)
    assert recording.state == "draft"
    recording = save(webinar, coordinator, seen=recording.changed_at, captions_checked=False)
    assert recording.state == "captions"
    recording = save(webinar, coordinator, seen=recording.changed_at)
    assert recording.state == "draft"
    assert missing_for_publishing(recording) == []


def test_who_checked_the_captions_stays_and_goes_with_the_mark(webinar, coordinator):
    recording = save(webinar, coordinator)
    first = recording.captions_checked_at
    recording = save(webinar, make_coordinator(), seen=recording.changed_at)
    assert (recording.captions_checked_by, recording.captions_checked_at) == (coordinator, first)
    recording = save(webinar, coordinator, seen=recording.changed_at, captions_checked=False)
    assert (recording.captions_checked_by, recording.captions_checked_at) == (None, None)


def test_another_video_brings_nothing_of_the_first(webinar, coordinator):
    recording = save(webinar, coordinator)
    Recording.objects.update(read_at=timezone.now(), views=9, seconds=60, title="Saúde")
    recording = save_recording(
        webinar, by=coordinator, seen=recording.changed_at, video_id="aBcDeFgHi_1", captions_checked=False, chapters=[]
    )
    assert (recording.read_at, recording.views, recording.seconds, recording.title) == (None, None, None, "")
    assert (recording.privacy, recording.published_on) == ("unknown", None)


@pytest.mark.parametrize("seen", [None, timezone.now()])
def test_nothing_is_written_over_what_somebody_else_wrote(webinar, coordinator, seen):
    recording = save(webinar, coordinator)
    with pytest.raises(ChangedMeanwhile, match="Nothing was overwritten"):
        save(webinar, make_coordinator(), seen=seen, transcript="Other")
    assert Recording.objects.get() == recording
    assert Recording.objects.get().transcript == ""


def test_two_who_begin_at_once(webinar, coordinator):
    save(webinar, coordinator)
    with pytest.raises(ChangedMeanwhile):
        save(webinar, coordinator, seen=None)


def test_a_video_is_the_recording_of_one_webinar(webinar, coordinator):
    taken = make_recording(video_id="aBcDeFgHi_0")
    with pytest.raises(VideoTaken, match=taken.webinar.title):
        save(webinar, coordinator)
    assert Recording.objects.count() == 1


@pytest.mark.parametrize("change", [{"video_id": "aBcDeFgHi_1"}, {"captions_checked": False}, {"published_on": None}])
def test_what_is_published_keeps_its_video_date_and_captions(webinar, coordinator, change):
    recording = publish_recording(save(webinar, coordinator), by=coordinator)
    with pytest.raises(RecordingNotReady, match=r"[Tt]ake"):
        save(webinar, coordinator, seen=recording.changed_at, **change)
    found = Recording.objects.get()
    assert (found.state, found.video_id, found.published_on) == ("published", "aBcDeFgHi_0", DAY)


# --- publishing


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"captions_checked": False}, "Nobody has checked the captions"),
        ({"published_on": None}, "The day on which the video was published"),
        ({"privacy": "private"}, "private or deleted"),
    ],
)
def test_what_is_missing_is_said(webinar, coordinator, change, missing):
    recording = save(webinar, coordinator, **change)
    with pytest.raises(RecordingNotReady, match=missing):
        publish_recording(recording, by=coordinator)
    assert Recording.objects.get().state != "published"


def test_not_before_the_webinar_is_over_or_without_it(coordinator):
    coming = save(make_webinar(), coordinator)
    draft = save(make_webinar(state="draft", starts_at=timezone.now() - timedelta(days=3)), coordinator, video_id="aBcDeFgHi_1")
    assert missing_for_publishing(coming) == ["The webinar is not over."]
    assert missing_for_publishing(draft) == ["The webinar itself is not published."]


@pytest.mark.parametrize(("privacy", "counts"), [("public", True), ("unlisted", False), ("unknown", False)])
def test_published_counts_only_when_public(webinar, coordinator, privacy, counts):
    publish_recording(save(webinar, coordinator, privacy=privacy), by=coordinator)
    assert Recording.objects.counted().exists() is counts
    assert Recording.objects.watchable().exists()


@pytest.mark.parametrize("tell", [True, False])
def test_publishing_tells_those_who_had_a_place_unless_unticked(webinar, coordinator, tell):
    make_registration(webinar)
    recording = publish_recording(save(webinar, coordinator), by=coordinator, tell=tell)
    assert recording.state == "published"
    assert OutboxMail.objects.count() == int(tell)
    again = publish_recording(recording, by=coordinator, tell=tell)
    assert (again.changed_at, OutboxMail.objects.count()) == (recording.changed_at, int(tell))
    assert Entry.objects.filter(action="webinar.recording_published").count() == 1


def test_taken_back_it_is_seen_no_more_and_its_mails_do_not_go(webinar, coordinator):
    make_registration(webinar)
    recording = publish_recording(save(webinar, coordinator), by=coordinator)
    assert take_back_recording(recording, by=coordinator).state == "draft"
    assert take_back_recording(recording, by=coordinator).state == "draft"
    assert not OutboxMail.objects.filter(state="queued").exists()
    assert not Recording.objects.visible_to(make_registration(webinar).person).exists()
    assert Entry.objects.filter(action="webinar.recording_taken_back").count() == 1


# --- chapters


def test_a_chapter_belongs_to_the_item_with_its_title_also_when_the_programme_is_written_anew(webinar, coordinator):
    AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at, title="Saúde: abertura")
    save(webinar, coordinator, chapters=[ChapterLine(9, "saude  ABERTURA"), ChapterLine(90, "Debate")])
    linked = Recording.objects.get().chapters.order_by("second").values_list("agenda_item__title", flat=True)
    assert list(linked) == ["Saúde: abertura", None]
    items = [services.ProgrammeItem(webinar.starts_at, title) for title in ("Saúde: abertura", "Debate")]
    services.save_programme(webinar, by=coordinator, items=items, axes=[])
    assert list(linked.all()) == ["Saúde: abertura", "Debate"]
    assert recordings.published_day(None) is None


def test_lines():
    text = "0:00 Opening\r\n\n  9:10   Género, saúde  \n1:02:30 – Debate\n"
    found = [ChapterLine(0, "Opening"), ChapterLine(550, "Género, saúde"), ChapterLine(3750, "Debate")]
    assert read_chapters(text, seconds=None) == found
    assert read_chapters(written(found), seconds=3751) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Opening", "Line 1: write the time"),
        ("0:00 Opening\n9 Debate", "Line 2: write the time"),
        ("0:00", "Line 1: write the time"),
        ("0:75 Opening", "Line 1: write the time"),
        ("1:75:00 Opening", "Line 1: write the time"),
        ("٠:٠٩ Opening", "Line 1: write the time"),
        ("0:09 A\n\n0:09 B", r"Line 3: it must begin after the chapter before it \(0:09\)"),
        ("5:00 A\n4:00 B", r"Line 2: it must begin after .* \(5:00\)"),
        ("0:00 A\n10:00 B", r"Line 2: it must begin before the end of the video \(10:00\)"),
        (f"0:01 {'x' * 201}", "Line 1: the title must be 200"),
        (
            "\n".join(f"0:{n:02} x" for n in range(60)) + "\n" + "\n".join(f"1:{n:02} x" for n in range(41)),
            "100 chapters or fewer",
        ),
    ],
)
def test_lines_that_are_refused(text, words):
    with pytest.raises(ChapterRefused, match=words):
        read_chapters(text, seconds=600)


@pytest.mark.parametrize(
    ("text", "seconds"), [("0:09", 9), ("62:30", 3750), ("1:02:30", 3750), ("1:2:30", 3750), ("9", None), ("", None)]
)
def test_clocks(text, seconds):
    assert seconds_of(text) == seconds
    assert seconds is None or seconds_of(clock_of(seconds)) == seconds
