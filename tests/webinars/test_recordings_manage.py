"""The coordinator's page of a recording."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories import make_coordinator, make_recording, make_registration, make_user, make_webinar
from tests.webinars.registering import text_of
from webinars.models import Recording
from webinars.services.recordings import save_recording

pytestmark = pytest.mark.django_db
URL = "/en/webinars/manage/care/recording/"
PARTS = ["publish/", "take-back/"]


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator(name="Carla Osório", language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def webinar():
    return make_webinar(slug="care", title="Sharing care", starts_at=timezone.now() - timedelta(days=9))


@pytest.fixture
def typed():
    return {
        "seen": "", "address": "https://youtu.be/aBcDeFgHi_0?si=x", "language": "pt", "privacy": "public",
        "published_on": "2026-06-03", "seconds": "2:41:12", "views": "389", "captions_checked": "on",
        "chapters": "0:00 Opening\n0:09 Care", "transcript": "Good morning.",
    }  # fmt: skip


def test_only_coordinators(client, webinar):
    make_recording(webinar)
    slides = SimpleUploadedFile("a.pdf", b"x")
    for who in (None, make_user(), make_user(is_administrator=True)):
        if who:
            client.force_login(who)
        expected = 403 if who else 302
        assert client.get(URL).status_code == client.post(URL).status_code == expected
        assert {client.post(URL + part).status_code for part in PARTS} == {expected}
        assert client.post("/en/webinars/manage/care/slides/add/", {"slides-file": slides}).status_code == expected
    assert Recording.objects.get().state == "published"


def test_no_such_webinar_and_no_recording(client, coordinator, webinar):
    assert client.get(URL.replace("care", "cure")).status_code == 404
    assert client.post(URL + "publish/").status_code == 404


def test_the_language_of_galicia_has_its_name(client, coordinator, webinar):
    page = client.get("/webinars/manage/care/recording/", headers={"Accept-Language": "pt"}).content.decode()
    assert ">Galego</option>" in page  # Django's own catalogue has another word


def test_the_title_comes_before_the_state(client, coordinator, webinar):
    page = client.get("/en/webinars/manage/care/recording/").content.decode()
    assert page.index("<h1") < page.index("recording-manage__aside")


def test_from_nothing_to_published(client, coordinator, webinar, typed):
    make_registration(webinar)
    assert "No recording yet" in text_of(client.get(URL))
    page = text_of(client.post(URL, typed, follow=True))
    assert "The recording was saved." in page
    assert "Write to 1 person who had a place" in page
    assert "Marked by Carla Osório" in page
    found = Recording.objects.get()
    assert (found.video_id, found.seconds, found.views, found.published_on) == ("aBcDeFgHi_0", 9672, 389, date(2026, 6, 3))
    assert found.chapters.count() == 2
    response = client.post(URL + "publish/", {"tell": "on"}, follow=True)
    assert response.redirect_chain == [("/en/webinars/care/", 302)]
    assert "The recording is published." in text_of(response)
    assert "It counts towards the target of the cycle, from 3 June 2026." in text_of(client.get(URL)).replace("\u00a0", " ")
    assert "no longer public" in text_of(client.post(URL + "take-back/", follow=True))
    assert Recording.objects.get().state == "draft"


def test_what_is_stored_is_what_the_form_shows(client, coordinator, webinar, typed):
    client.post(URL, typed)
    response = client.get(URL)
    shown = {name: response.context["form"][name].value() for name in typed if name != "seen"}
    assert shown["chapters"] == "0:00 Opening\n0:09 Care"
    assert 'value="2:41:12"' in text_of(response)
    seen = response.context["seen"]
    assert client.post(URL, typed | {"seen": seen}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"address": ""}, "Enter the address of a YouTube video, like"),
        ({"address": "https://youtube.com.evil.example/watch?v=aBcDeFgHi_0"}, "Enter the address of a YouTube video, like"),
        ({"address": "\0"}, "Enter the address of a YouTube video, like"),
        ({"language": "xx"}, "Choose a language"),
        ({"privacy": ""}, "Choose who can see it"),
        ({"privacy": "absent"}, "Choose who can see it"),
        ({"published_on": "2199-01-01"}, "The day of publication cannot be in the future"),
        ({"published_on": "31/02/2026"}, "This day does not exist in that month"),
        ({"seconds": "soon"}, "Enter the duration as hours, minutes and seconds"),
        ({"seconds": "0:00"}, "Enter the duration as hours, minutes and seconds"),
        ({"seconds": "99:00:00"}, "Enter the duration as hours, minutes and seconds"),
        ({"views": "-1"}, "Enter a whole number between 0 and"),
        ({"views": "99999999999"}, "Enter a whole number between 0 and"),
        ({"chapters": "9 Care"}, "Line 1: write the time and the title"),
        ({"chapters": "0:09 Care\n0:05 Opening"}, "Line 2: it must begin after"),
        ({"chapters": "3:00:00 Care"}, "Line 1: it must begin before the end of the video (2:41:12)"),
        ({"chapters": "\0"}, "The text contains a character that cannot be kept"),
        ({"transcript": "\0"}, "The text contains a character that cannot be kept"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(client, coordinator, webinar, typed, wrong, message):
    response = client.post(URL, typed | wrong)
    page = text_of(response)
    assert response.status_code == 200
    assert message in page
    assert "Error:" in page
    if "address" not in wrong:
        assert "https://youtu.be/aBcDeFgHi_0?si=x" in page
    if "transcript" not in wrong:
        assert "Good morning." in page
    assert not Recording.objects.exists()


def test_a_video_of_another_webinar(client, coordinator, webinar, typed):
    make_recording(make_webinar(title="Taken", starts_at=timezone.now() - timedelta(days=9)), video_id="aBcDeFgHi_0")
    page = text_of(client.post(URL, typed))
    assert "This video is already the recording of “Taken”" in page
    assert "Error:" in page


def test_two_people_editing(client, coordinator, webinar, typed):
    client.post(URL, typed)
    seen = client.get(URL).context["seen"]
    first, other = Recording.objects.get(), make_coordinator(name="Ana Luz")
    save_recording(
        webinar, by=other, seen=first.changed_at, video_id="aBcDeFgHi_0", captions_checked=True, chapters=[], views=1000,
        published_on=first.published_on, privacy="public", transcript="From Ana",
    )  # fmt: skip
    response = client.post(URL, typed | {"seen": seen, "transcript": "From Carla"})
    page = text_of(response)
    assert "Ana Luz changed this page" in page
    assert "From Ana" in page
    assert "From Carla" in page
    assert Recording.objects.get().transcript == "From Ana"
    assert client.post(URL, typed | {"seen": response.context["seen"], "transcript": "From Carla"}).status_code == 302
    assert Recording.objects.get().transcript == "From Carla"


def test_two_people_who_begin(client, coordinator, webinar, typed):
    client.post(URL, typed)
    assert "changed this page" in text_of(client.post(URL, typed | {"transcript": "Mine"}))
    assert Recording.objects.get().transcript == "Good morning."


def test_with_a_key_what_was_read_is_shown_and_not_entered(client, coordinator, webinar, typed, settings):
    settings.YOUTUBE_API_KEY = "key"
    recording = make_recording(
        webinar, video_id="aBcDeFgHi_0", read_at=timezone.now(), title="Care on YouTube", views=12, state="draft", seconds=60
    )
    page = text_of(client.get(URL))
    assert "Care on YouTube" in page
    assert "It is read again every day" in page
    assert 'name="views"' not in page
    fields = ("address", "language", "captions_checked")
    posted = {name: typed[name] for name in fields} | {"seen": recording.changed_at.isoformat(), "chapters": "0:30 Care"}
    client.post(URL, posted | {"views": "999999", "privacy": "private", "published_on": "1999-01-01"})
    found = Recording.objects.get()
    assert (found.views, found.privacy, found.published_on) == (12, "public", recording.published_on)
    assert found.chapters.get().second == 30
    page = text_of(client.post(URL, posted | {"seen": found.changed_at.isoformat(), "chapters": "1:30 Care"}))
    assert "before the end of the video (1:00)" in page
    client.post(URL, posted | {"seen": found.changed_at.isoformat(), "address": "https://youtu.be/aBcDeFgHi_1", "chapters": ""})
    found = Recording.objects.get()
    assert (found.video_id, found.privacy, found.read_at) == ("aBcDeFgHi_1", "unknown", None)
    assert 'name="views"' in text_of(client.get(URL))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "captions", "captions_checked_at": None}, "Nobody has checked the captions."),
        ({"state": "draft", "published_on": None}, "The day on which the video was published on YouTube is not known."),
        ({"privacy": "unlisted"}, "On YouTube only who has the address sees it."),
        ({"privacy": "unknown"}, "It is not known whether it is public on YouTube."),
        ({"privacy": "absent"}, "On YouTube it is private or deleted"),
        ({"state": "draft", "privacy": "unknown"}, "It counts towards the target once it is public on YouTube, too."),
    ],
)
def test_the_page_says_what_is_missing(client, coordinator, webinar, fields, words):
    make_recording(webinar, **fields)
    assert words in text_of(client.get(URL))


def test_publishing_too_early_says_why(client, coordinator, webinar):
    make_recording(webinar, state="captions", captions_checked_at=None)
    assert "Nobody has checked the captions." in text_of(client.post(URL + "publish/", follow=True))
    assert Recording.objects.get().state == "captions"


def test_a_video_that_went_private_is_on_the_overview(client, coordinator, webinar):
    recording = make_recording(webinar)
    assert "cannot be watched" not in text_of(client.get("/en/webinars/manage/"))
    Recording.objects.update(privacy="absent")
    page = text_of(client.get("/en/webinars/manage/"))
    assert "The recording of webinar" in page
    assert f'href="{URL}"' in page
    assert recording.webinar.title in page
