"""An upload that no form can want is refused before it is read."""

import pytest

from network_portal.common.uploads import MOST
from tests.factories import make_coordinator, make_webinar
from tests.office import PDF

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


def test_more_fields_than_any_form_has_are_not_read(client):
    client.force_login(make_coordinator())
    fields = {f"x{number}": "" for number in range(1_001)}
    response = client.post(f"/webinars/manage/{make_webinar().slug}/slides/add/", fields)
    assert response.status_code == 400
    assert "Não foi possível ler o endereço ou o formulário" in response.text


def test_what_a_browser_says_of_a_file_counts_for_nothing(client, settings, tmp_path):
    """Neither a wrong type nor none: the content decides."""
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_coordinator())
    webinar = make_webinar()
    for number, type_line in enumerate((b"", b"Content-Type: image/png\r\n")):
        head = b'--x\r\nContent-Disposition: form-data; name="slides-file"; filename="a.pdf"\r\n' + type_line + b"\r\n"
        title = b'\r\n--x\r\nContent-Disposition: form-data; name="slides-title"\r\n\r\nCare\r\n--x--\r\n'
        address = f"/webinars/manage/{webinar.slug}/slides/add/"
        body = head + PDF + b"%" * number + title
        assert client.generic("POST", address, body, content_type="multipart/form-data; boundary=x").status_code == 302
    assert set(webinar.slides.values_list("content_type", flat=True)) == {"application/pdf"}


def test_a_file_of_which_the_end_did_not_arrive_is_kept_nowhere(client):
    """Even one that could be read as far as it came; what was typed before it is still there."""
    client.force_login(make_coordinator())
    webinar = make_webinar()
    title = b'--x\r\nContent-Disposition: form-data; name="slides-title"\r\n\r\nCare\r\n'
    file = b'--x\r\nContent-Disposition: form-data; name="slides-file"; filename="a.pdf"\r\n\r\n' + PDF
    address = f"/webinars/manage/{webinar.slug}/slides/add/"
    response = client.generic("POST", address, title + file, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 200
    assert 'value="Care"' in response.text
    assert not webinar.slides.exists()
