"""A full disk is no fault of a page: the answer says to try again."""

import errno

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from tests.factories import make_coordinator, make_webinar

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 503), (errno.EDQUOT, 503), (errno.EIO, 500)])
def test_a_large_upload_that_finds_no_room(client, monkeypatch, number, status):
    def full(self, raw_data, start):
        raise OSError(number, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    client.force_login(make_coordinator())
    client.raise_request_exception = False
    file = SimpleUploadedFile("a.pdf", b"x" * 3_000_000)
    response = client.post(f"/webinars/manage/{make_webinar().slug}/slides/add/", {"slides-file": file})
    assert response.status_code == status
    assert "Alguma coisa falhou do nosso lado" in response.text
