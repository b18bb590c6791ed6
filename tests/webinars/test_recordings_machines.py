"""What machines read of recordings: JSON-LD, the Atom feed, the picture."""

import io
import json
import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.factories import make_cycle, make_recording, make_webinar
from webinars.poster import poster_of
from webinars.structured import iso_duration

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def json_ld(page: str) -> list[dict]:
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)]


def test_what_a_machine_reads(client, recording):
    event, video = json_ld(client.get("/en/webinars/saude/").content.decode())
    assert (event["@type"], video["@type"], video["name"], video["inLanguage"]) == ("Event", "VideoObject", "Saúde", "pt")
    assert video["thumbnailUrl"] == ["https://portal.example.org/en/webinars/saude/poster.png"]
    assert datetime.fromisoformat(video["uploadDate"]).tzinfo
    assert (video["uploadDate"][:10], video["duration"]) == ("2026-06-03", "PT2H41M12S")
    assert video["embedUrl"] == "https://www.youtube-nocookie.com/embed/aBcDeFgHi_0"
    assert video["interactionStatistic"]["userInteractionCount"] == 389
    assert [(clip["startOffset"], clip["endOffset"]) for clip in video["hasPart"]] == [(9, 2285), (2285, 9672)]


@pytest.mark.parametrize(("seconds", "text"), [(9672, "PT2H41M12S"), (7200, "PT2H"), (59, "PT59S"), (61, "PT1M1S")])
def test_durations_for_machines(seconds, text):
    assert iso_duration(seconds) == text


def test_the_feed_is_atom(client, recording):
    response = client.get("/feeds/recordings.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}title").startswith("Gravações")
    assert feed.findtext(f"{ATOM}id") == "https://portal.example.org/feeds/recordings.atom"
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://portal.example.org/feeds/recordings.atom"
    assert links["alternate"] == "https://portal.example.org/webinars/recordings/"
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Saúde"
    assert entry.find(f"{ATOM}link").get("href") == "https://portal.example.org/webinars/saude/"
    assert entry.findtext(f"{ATOM}id") == f"tag:portal.example.org,{recording.created_at:%Y-%m-%d}:recordings/{recording.pk}"
    updated = {feed.findtext(f"{ATOM}updated"), entry.findtext(f"{ATOM}updated")}
    assert all(datetime.fromisoformat(moment).tzinfo for moment in updated)
    assert not response.cookies


def test_the_feed_in_another_language_and_in_one_that_is_none(client, recording):
    english = ElementTree.fromstring(client.get("/feeds/recordings.atom?language=en").content)
    assert english.findtext(f"{ATOM}title").startswith("Recordings")
    assert english.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert english.find(f"{ATOM}entry/{ATOM}link").get("href").startswith("https://portal.example.org/en/")
    other = ElementTree.fromstring(client.get("/feeds/recordings.atom?language=%00<x>").content)
    assert other.findtext(f"{ATOM}title").startswith("Gravações")


def test_a_reader_that_has_the_feed_is_told_so_until_something_changes(client, recording):
    first = client.get("/feeds/recordings.atom")
    again = client.get("/feeds/recordings.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.headers["Cache-Control"], again.status_code) == ("public, max-age=900", 304)
    make_recording()
    assert client.get("/feeds/recordings.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_picture_is_our_own_and_kept(client, recording):
    response = client.get("/webinars/saude/poster.png")
    picture = Image.open(io.BytesIO(response.content))
    assert (picture.format, picture.size) == ("PNG", (1280, 720))
    assert len(response.content) < 100_000
    again = client.get("/webinars/saude/poster.png", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    type(recording.webinar).objects.update(title="Outro")
    changed = client.get("/webinars/saude/poster.png", headers={"If-None-Match": response.headers["ETag"]})
    assert (changed.status_code, changed.content != response.content) == (200, True)


@pytest.mark.parametrize("title", ["S", "Saúde", "Género e responsabilidades: " * 7, "x" * 200, "A\tB"])
@pytest.mark.parametrize(("number", "target"), [(1, 5), (5, 5), (12, 5), (3, 100), (100, 0)])
def test_any_title_and_number_fits_the_poster(title, number, target):
    webinar = make_webinar(title=title[:200], number=number, cycle=make_cycle(target_webinars=target))
    poster = poster_of(webinar)
    assert len(poster.lines) <= 4
    assert all(poster.title_x + line.width <= 760 for line in poster.lines)  # the margin is left, in whatever font
    assert poster.number_width < poster.title_x - 30
    assert [bar.kind for bar in poster.bars].index("now") == number - 1
    assert len(poster.bars) == max(number, target)
    assert poster.bars[-1].x + poster.bars[-1].width <= 761
    assert min(line.y for line in poster.lines) - poster.title_size > 170
