"""Files of calls: what may be one, what a public call asks for, and that no row is ever without its file."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants import files, tasks
from grants.errors import ReasonMissing, TooManyFiles
from grants.models import CallFile
from network_portal.common import kept
from network_portal.common.files import TYPES, check
from tests.factories import make_coordinator, make_user
from tests.grants.calls import make_call, make_draft, make_follower, queued, whole
from tests.office import PDF, example, office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def coordinator(client):
    person = make_coordinator()
    client.force_login(person)
    return person


def on_disk(media) -> list[str]:
    return sorted(path.name for path in Path(media).rglob("*") if path.is_file())


def add(call, *, content=PDF, name="aviso.pdf", by=None, **fields):
    checked = check(ContentFile(content), name=name, size=len(content), kinds=files.KINDS, limit=files.LIMIT)
    return files.add_file(call, by=by or make_coordinator(), file=ContentFile(content), checked=checked, title="Aviso", **fields)


def post(client, call, content, name="aviso.pdf", **data):
    file = SimpleUploadedFile(name, content, content_type="application/octet-stream")
    return client.post(f"/en/calls/manage/{call.slug}/files/{data.pop('query', '')}", {"file": file, "title": "Aviso"} | data)


@pytest.mark.parametrize("kind", files.KINDS)
def test_each_kind_is_kept_under_a_name_of_ours(client, coordinator, media, kind):
    call = make_draft()
    assert post(client, call, example(kind), f"../../O aviso.{kind.upper()}", is_accessible="on").status_code == 302
    file = call.files.get()
    assert (file.file_name, file.content_type) == (f"O aviso.{kind}", TYPES[kind])
    assert file.is_accessible == (kind == "pdf")
    assert on_disk(media) == [str(file.uuid)]


REFUSED = {
    "none": (None, "", "Select the file"),
    "empty": (b"", "a.pdf", "The selected file is empty"),
    "big": (PDF + b" " * files.LIMIT, "a.pdf", "The selected file must be smaller than 10 MB"),
    "program": (b"MZ" + b"0" * 100, "a.pdf", "The selected file must be a PDF, DOCX, ODT, XLSX or ODS"),
    "page": (b"<html></html>", "a.pdf", "The selected file must be a PDF, DOCX, ODT, XLSX or ODS"),
    "other name": (PDF, "a.docx", "The selected file must be a PDF, DOCX, ODT, XLSX or ODS"),
    "slides": (office("pptx"), "a.pptx", "The selected file must be a PDF, DOCX, ODT, XLSX or ODS"),
    "macros": (office("xlsx", {"xl/vbaProject.bin": "x"}), "a.xlsx", "contains macros or other programs"),
    "password": (PDF.replace(b"trailer<<", b"trailer<</Encrypt 5 0 R "), "a.pdf", "The selected file is password protected"),
    "cut": (PDF[:20], "a.pdf", "could not be read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_said_and_kept_nowhere(client, coordinator, media, name):
    content, file_name, sentence = REFUSED[name]
    call, url = make_draft(), "/en/calls/manage/{}/files/"
    if content is None:
        response = client.post(url.format(call.slug), {"title": "O meu título"})
    else:
        response = post(client, call, content, file_name, title="O meu título")
    page = response.content.decode()
    assert sentence in page
    assert '<a href="#id_file">' in page
    assert 'value="O meu título"' in page
    assert not CallFile.objects.exists()
    assert on_disk(media) == []


def test_the_same_file_twice_is_kept_once(client, coordinator, media):
    call = make_draft()
    post(client, call, PDF)
    response = client.get(post(client, call, PDF, "outro.pdf").url)
    assert "This file is there already" in response.content.decode()
    assert call.files.count() == len(on_disk(media)) == 1
    assert add(call)[1] is False


def test_a_document_of_a_public_call_is_a_correction(client, coordinator, media):
    call = make_call("open")
    follower, before = make_follower(call), whole(call)
    refused = post(client, call, PDF)
    assert "Say what you change and why" in refused.content.decode()
    with pytest.raises(ReasonMissing):
        add(call)
    assert whole(call) == before
    assert on_disk(media) == []
    post(client, call, PDF, notice="Junta-se o formulário.")
    event = call.events.get(kind="corrected")
    assert (event.text, event.detail) == ("Junta-se o formulário.", {"files": ["", "Aviso"]})
    assert queued("call:") == [f"call:{call.pk}:{event.pk}:{follower.pk}"]


def test_a_file_goes_after_a_question_and_with_a_notice_when_the_call_is_public(
    client, coordinator, media, django_capture_on_commit_callbacks
):
    call = make_call("open")
    file = add(call, notice="Aviso.")[0]
    url = f"/en/calls/manage/files/{file.uuid}/remove/"
    assert "Delete this file?" in client.get(url).content.decode()
    assert "Say what you correct and why" in client.post(url).content.decode()
    with pytest.raises(ReasonMissing):
        files.remove_file(CallFile.objects.get(), by=coordinator)
    assert on_disk(media) == [str(file.uuid)]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"notice": "Estava errado."})
    assert not CallFile.objects.exists()
    assert on_disk(media) == []
    assert call.events.order_by("-pk").first().detail == {"files": ["Aviso", ""]}


def test_a_file_of_the_result_waits_for_it_without_a_notice(client, coordinator):
    call = make_call("closed")
    assert post(client, call, PDF, query="?kind=result").status_code == 302
    assert call.files.get().kind == "result"
    assert not call.events.filter(kind="corrected").exists()
    ended = make_call("resolved")
    response = post(client, ended, PDF, query="?kind=result")
    assert "cannot be done" in response.content.decode()
    assert not ended.files.exists()


def test_a_call_has_a_limited_number_of_files(monkeypatch, media):
    monkeypatch.setattr(files, "MOST", 1)
    call = make_draft()
    add(call)
    with pytest.raises(TooManyFiles):
        add(call, content=PDF + b"\n")
    assert len(on_disk(media)) == 1


@pytest.mark.parametrize("broken", ["save", "note", "disk"])
def test_a_crash_leaves_no_row_without_a_file_and_no_file_without_a_row(client, coordinator, monkeypatch, media, broken):
    def crash(*args, **kwargs):
        raise OSError("No space left on device")

    call = make_draft()
    target = {"save": (CallFile, "save"), "note": (files, "_tell"), "disk": (kept, "_reach_the_disk")}[broken]
    monkeypatch.setattr(*target, crash)
    response = post(client, call, PDF, title="Aviso de abertura")
    assert response.status_code == 503
    assert "The file could not be kept on the server" in response.text
    assert 'value="Aviso de abertura"' in response.text
    assert not CallFile.objects.exists()
    assert on_disk(media) == []


def test_what_a_crash_left_goes_after_a_day_and_nothing_else(media):
    file = add(make_draft())[0]
    lost, young = Path(media, "calls", "4b1d8ac4-8be3-4f83-9d4f-1f2a3b4c5d6e"), Path(media, "calls", "young")
    lost.write_bytes(b"x")
    young.write_bytes(b"x")
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for path in (lost, Path(default_storage.path(file.content.name))):
        os.utime(path, (old, old))
    tasks.remove_lost_files()
    assert on_disk(media) == sorted([str(file.uuid), "young"])


def test_who_does_not_coordinate_finds_no_page_of_a_file(client):
    file = add(make_draft())[0]
    client.force_login(make_user())
    url = f"/en/calls/manage/files/{file.uuid}/remove/"
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]
    assert CallFile.objects.exists()
