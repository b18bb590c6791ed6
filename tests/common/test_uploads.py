"""An upload that no form can want is refused before it is read."""

import pytest

from network_portal.common.uploads import MOST
from tests.factories import make_coordinator, make_webinar

pytestmark = pytest.mark.django_db
BODY = b'--x\r\nContent-Disposition: form-data; name="slides-title"\r\n\r\nCare\r\n--x--\r\n'


def post(client, webinar, length: int):
    address = f"/webinars/manage/{webinar.slug}/slides/add/"
    return client.generic("POST", address, BODY, content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(length))


def test_two_gigabytes_are_not_read(client):
    client.force_login(make_coordinator())
    webinar = make_webinar()
    assert post(client, webinar, len(BODY)).status_code == 200  # the form with its errors
    assert post(client, webinar, MOST + 1).status_code == 400
    assert post(client, webinar, 2 * 1024**3).status_code == 400
