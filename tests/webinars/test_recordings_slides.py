"""Slides: what is kept, what is refused, and that no row is without its file."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from network_portal.audit.models import Entry
from network_portal.common import kept
from tests.factories import make_coordinator, make_user, make_webinar
from tests.office import PDF, office
from tests.webinars.registering import text_of
from webinars import tasks
from webinars.models import Slides
from webinars.services import slides as service

pytestmark = pytest.mark.django_db
ADD = "/en/webinars/manage/care/slides/add/"


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator(language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def webinar():
    return make_webinar(slug="care", starts_at=timezone.now() - timedelta(days=9))


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def add(client, content=PDF, name="Género e saúde.pdf", **fields):
    typed = {"title": "Care", "author": "Inês Falcão", **fields}
    posted = {f"slides-{key}": value for key, value in typed.items()}
    return client.post(ADD, posted | {"slides-file": SimpleUploadedFile(name, content, "text/html")}, follow=True)


def files_on_disk() -> list[str]:
    folder = Path(settings.MEDIA_ROOT) / "slides"
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def test_added_shown_and_downloaded_as_an_attachment(client, coordinator, webinar):
    assert "“Care” was added." in text_of(add(client, is_accessible="on"))
    slides = Slides.objects.get()
    assert files_on_disk() == [str(slides.uuid)]
    assert (slides.file_name, slides.content_type, slides.size) == ("Género e saúde.pdf", "application/pdf", len(PDF))
    assert Entry.objects.get(action="webinar.slides_added").by == coordinator
    client.logout()
    page = text_of(client.get("/en/webinars/care/"))
    assert "PDF, accessible" in page
    assert "Inês Falcão" in page
    response = client.get(f"/webinars/care/slides/{slides.uuid}/")
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    disposition = response.headers["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''G%C3%A9nero%20e%20sa%C3%BAde.pdf"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow" not in policy


@pytest.mark.parametrize("hidden", ["draft", "cycle"])
def test_a_file_is_there_only_while_its_webinar_is_visible(client, coordinator, webinar, hidden):
    add(client)
    address = f"/webinars/care/slides/{Slides.objects.get().uuid}/"
    client.force_login(make_user())
    assert client.get(address).status_code == 200
    assert client.get(address.replace("care", make_webinar().slug)).status_code == 404
    if hidden == "draft":
        type(webinar).objects.update(state="draft")
    else:
        type(webinar.cycle).objects.update(is_published=False)
    assert client.get(address).status_code == 404


def test_a_row_of_a_backup_without_its_file_is_a_page_not_found(client, coordinator, webinar):
    add(client)
    slides = Slides.objects.get()
    Path(slides.content.path).unlink()
    assert client.get(f"/webinars/care/slides/{slides.uuid}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.pdf", "The selected file is empty"),
        (b"MZ" + b"\0" * 900, "a.pdf", "The selected file must be a PDF, PPTX, ODP, DOCX or ODT"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 900, "a.png", "The selected file must be a PDF, PPTX, ODP, DOCX or ODT"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 900, "a.jpg", "The selected file must be a PDF, PPTX, ODP, DOCX or ODT"),
        (PDF + b"%" * 10 * 1024 * 1024, "a.pdf", "The selected file must be smaller than 10 MB"),
        (office("pptx", {"ppt/vbaProject.bin": "x"}), "a.pptx", "contains macros"),
        (PDF.replace(b"<</Root", b"<</Encrypt 5 0 R/Root"), "a.pdf", "password protected"),
    ],
)
def test_what_is_refused_leaves_nothing(client, coordinator, webinar, content, name, message):
    response = add(client, content, name)
    page = text_of(response)
    assert response.status_code == 200
    assert message in page
    assert "Error:" in page
    assert 'value="Care"' in page
    assert 'href="#id_slides-file"' in page
    assert (Slides.objects.count(), files_on_disk()) == (0, [])


def test_no_file_and_no_title(client, coordinator, webinar):
    page = text_of(client.post(ADD, {"slides-title": "\u200b"}))
    assert "Select the file" in page
    assert "Enter the title" in page
    assert not Slides.objects.exists()


def test_the_same_file_twice_is_kept_once(client, coordinator, webinar):
    add(client)
    assert "This file is there already: “Care”. It was kept once." in text_of(add(client, title="Again", name="other.pdf"))
    assert len(files_on_disk()) == Slides.objects.count() == 1
    other = make_webinar(starts_at=timezone.now() - timedelta(days=9))
    client.post(ADD.replace("care", other.slug), {"slides-title": "Too", "slides-file": SimpleUploadedFile("a.pdf", PDF)})
    assert Slides.objects.count() == 2


def test_thirty_are_enough(client, coordinator, webinar, monkeypatch):
    monkeypatch.setattr(service, "MOST", 1)
    add(client)
    assert "A webinar has at most 1 files." in text_of(add(client, PDF + b"%x"))
    assert len(files_on_disk()) == Slides.objects.count() == 1


@pytest.mark.parametrize("broken", ["save", "record", "disk"])
def test_a_crash_leaves_no_row_without_a_file_and_no_file_without_a_row(client, coordinator, webinar, monkeypatch, broken):
    def crash(*args, **kwargs):
        raise OSError("No space left on device")

    target = {"save": (Slides, "save"), "record": (service, "record"), "disk": (kept, "_reach_the_disk")}[broken]
    monkeypatch.setattr(*target, crash)
    response = add(client)
    assert response.status_code == 503
    assert "The file could not be kept on the server" in text_of(response)
    assert 'value="Inês Falcão"' in response.text
    assert (Slides.objects.count(), files_on_disk()) == (0, [])


def test_what_a_killed_process_left_is_taken_away_after_a_day(client, coordinator, webinar, media):
    add(client)
    kept = files_on_disk()
    lost, fresh, odd = (media / "slides" / name for name in ("9f0c7f6e-7a52-4a5c-9a53-000000000001", "x" * 36, "other.txt"))
    for path in (lost, fresh, odd):
        path.write_bytes(b"x")
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for path in (lost, odd, media / "slides" / kept[0]):
        os.utime(path, (old, old))
    tasks.remove_lost_slides()
    assert files_on_disk() == sorted([*kept, fresh.name])


def test_without_a_folder_there_is_nothing_to_take_away():
    assert service.remove_lost_files(now=timezone.now()) == 0


def test_deleted_with_its_file(client, coordinator, webinar, django_capture_on_commit_callbacks):
    add(client)
    slides = Slides.objects.get()
    address = f"/en/webinars/manage/slides/{slides.uuid}/remove/"
    with django_capture_on_commit_callbacks(execute=True):
        assert "“Care” was deleted." in text_of(client.post(address, follow=True))
    assert (Slides.objects.count(), files_on_disk()) == (0, [])
    assert Entry.objects.get(action="webinar.slides_removed").detail["title"] == "Care"
    assert client.post(address).status_code == 404
