"""Whatever form the address of a video has, eleven characters are kept; everything else is refused."""

import csv
from pathlib import Path

import pytest

from network_portal.common.youtube import NotAVideo, embed_url, video_of, watch_url

with Path(__file__).with_name("youtube_urls.csv").open(newline="", encoding="utf-8") as file:
    CASES = [(row["url"], row["expected_id_or_empty"], row["note"]) for row in csv.DictReader(file)]


def test_the_table_is_whole():
    assert (len(CASES), sum(bool(video) for _, video, _ in CASES)) == (79, 36)


@pytest.mark.parametrize(("address", "video", "note"), CASES, ids=[f"{n}: {note}" for n, (_, _, note) in enumerate(CASES, 2)])
def test_address(address, video, note):
    if video:
        assert video_of(address) == video
    else:
        with pytest.raises(NotAVideo, match="endereço de um vídeo do YouTube"):
            video_of(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://youtube.com.evil.example/watch?v=aBcDeFgHi_0",
        "https://[::1",
        "https://youtu.be:x/aBcDeFgHi_0",
        "\0",
        "https://youtu.be/" + "a" * 5000,
    ],
)
def test_other_addresses(address):
    with pytest.raises(NotAVideo):
        video_of(address)


def test_addresses_that_the_portal_writes():
    assert watch_url("aBcDeFgHi_0") == "https://www.youtube.com/watch?v=aBcDeFgHi_0"
    assert video_of(watch_url("aBcDeFgHi_0", 62)) == "aBcDeFgHi_0"
    assert embed_url("aBcDeFgHi_0") == "https://www.youtube-nocookie.com/embed/aBcDeFgHi_0"
