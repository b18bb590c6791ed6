"""The recording in Chromium: before the button is pressed nothing is asked of anybody else; then only the player's host."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_pages import look
from tests.factories import make_coordinator, make_recording, make_webinar
from tests.office import PDF
from webinars.models import AgendaItem, Chapter, Recording, Slides

pytestmark = pytest.mark.django_db(transaction=True)
PLAYER = "www.youtube-nocookie.com"
PAGE = "/en/webinars/care/"
BUTTON = "Watch on YouTube (sends data to Google)"


@pytest.fixture
def recording():
    webinar = make_webinar(slug="care", title="Sharing care", language="en", starts_at=timezone.now() - timedelta(days=9))
    item = AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at, title="Debate")
    recording = make_recording(webinar, video_id="aBcDeFgHi_0", views=12, transcript="Good morning.")
    Chapter.objects.create(recording=recording, second=0, title="Opening")
    Chapter.objects.create(recording=recording, second=90, title="Debate", agenda_item=item)
    return recording


def watch(visitor) -> list[str]:
    """Every request that leaves the portal, answered here: the tests reach no other host."""
    asked = []

    def answer(route):
        asked.append(route.request)
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Player</title>")

    here = urlsplit(visitor.address).netloc
    visitor.page.route(lambda url: urlsplit(url).netloc != here, answer)
    return asked


def test_nothing_is_asked_of_google_before_the_button_is_pressed(visit, recording):
    visitor = visit()
    asked, page = watch(visitor), visitor.page
    page.goto(PAGE)
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 2000)
    page.get_by_role("button", name=BUTTON).hover()
    page.get_by_role("link", name="1:30 Debate").focus()
    assert page.locator("iframe, video, link[rel=preconnect], link[rel=dns-prefetch]").count() == 0
    assert (asked, visitor.elsewhere) == ([], [])

    page.get_by_role("button", name=BUTTON).click()
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", f"https://{PLAYER}/embed/aBcDeFgHi_0?autoplay=1&rel=0&start=0")
    expect(frame).to_have_attribute("title", "Recording: Sharing care")
    expect(frame).to_have_attribute("referrerpolicy", "strict-origin-when-cross-origin")
    expect(frame).to_be_focused()
    page.wait_for_load_state("networkidle")
    assert {urlsplit(request.url).netloc for request in asked} == {PLAYER}
    assert [request.headers.get("referer") for request in asked] == [f"{visitor.address}/"]
    assert page.context.cookies() == []
    assert visitor.complaints == []


def test_a_chapter_starts_at_its_second(visit, recording):
    visitor = visit()
    asked, page = watch(visitor), visitor.page
    page.goto(PAGE)
    page.get_by_role("link", name="1:30 Debate").click()
    expect(page.locator("iframe")).to_have_attribute("src", f"https://{PLAYER}/embed/aBcDeFgHi_0?autoplay=1&rel=0&start=90")
    expect(page.get_by_role("link", name="1:30 Debate")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="0:00 Opening").click()
    expect(page.locator("iframe")).to_have_attribute("src", f"https://{PLAYER}/embed/aBcDeFgHi_0?autoplay=1&rel=0&start=0")
    page.goto(PAGE)
    page.get_by_role("link", name="Watch at minute 1").click()
    expect(page.locator("iframe")).to_have_attribute("src", f"https://{PLAYER}/embed/aBcDeFgHi_0?autoplay=1&rel=0&start=90")
    expect(page.locator("iframe")).to_be_in_viewport()
    assert {urlsplit(request.url).netloc for request in asked} == {PLAYER}


def test_a_frame_of_another_host_is_refused_by_the_page(visit, recording):
    """Negative control: the policy lets in the player alone."""
    visitor = visit()
    asked, page = watch(visitor), visitor.page
    page.goto(PAGE)
    page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://www.youtube.com/x'}))"
    )
    page.wait_for_timeout(300)
    assert asked == []
    assert any("frame-src" in complaint for complaint in visitor.complaints)


def test_without_javascript_everything_is_a_link(browser, live_server, recording):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto(PAGE)
    expect(page.get_by_role("link", name=BUTTON)).to_have_attribute("href", "https://www.youtube.com/watch?v=aBcDeFgHi_0")
    expect(page.get_by_role("link", name="1:30 Debate")).to_have_attribute(
        "href", "https://www.youtube.com/watch?v=aBcDeFgHi_0&t=90s"
    )
    assert page.get_by_role("button", name=BUTTON).count() == 0
    page.get_by_role("link", name="Read the transcript instead of watching").click()
    expect(page.locator("main")).to_contain_text("Good morning.")
    context.close()


def test_written_with_slides_and_published(visit, tmp_path, settings):
    """A coordinator's way from nothing to a public recording, and what each step looks like."""
    settings.MEDIA_ROOT = tmp_path / "media"
    make_webinar(slug="care", title="Sharing care", starts_at=timezone.now() - timedelta(days=9))
    file = tmp_path / "Care.pdf"
    file.write_bytes(PDF)
    visitor = visit(make_coordinator(language="en"))
    page = visitor.page
    page.goto("/en/webinars/manage/care/recording/")
    page.get_by_role("button", name="Save the recording").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the address of a YouTube video")
    wrong = look(visitor, "with errors")
    page.get_by_label("Address on YouTube").fill("https://youtu.be/aBcDeFgHi_0")
    page.get_by_label("public: everybody").check()
    page.get_by_label("Published on YouTube on").fill(timezone.localdate().isoformat())
    page.get_by_label("Chapters").fill("0:00 Opening\n1:30 Debate")
    page.get_by_role("button", name="Save the recording").click()
    expect(page.get_by_text("Nobody has checked the captions.")).to_be_visible()
    wrong += look(visitor, "waiting for captions")
    page.get_by_label("The captions are checked").check()
    page.get_by_role("button", name="Save the recording").click()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Title", exact=True).fill("Slides about care")
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_role("status")).to_contain_text("was added")
    wrong += look(visitor, "ready")
    page.get_by_role("button", name="Publish the recording").click()
    expect(page.get_by_role("heading", name="Chapters")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Slides about care").click()
    assert download.value.suggested_filename == "Care.pdf"
    assert (Recording.objects.get().state, Slides.objects.count()) == ("published", 1)
    assert (wrong, visitor.complaints, visitor.elsewhere) == ([], [], [])
