"""In Chromium: the certificate is downloaded, its code is checked by somebody else, the name is corrected."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.factories import make_user
from tests.webinars.certifying import attended, held
from webinars.models import Certificate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rita():
    return make_user("rita@cm-x.example", name="Rita da Cunha Quaresma")


def download(page) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the certificate (PDF)").click()
    return Path(waiting.value.path()).read_bytes()


def address_on(content: bytes) -> str:
    """Where the file leads, without the host."""
    with pikepdf.open(BytesIO(content)) as file:
        assert file.Root.MarkInfo.Marked
        return str(file.pages[0].Annots[0].A.URI).partition("://")[2].partition("/")[2]


def test_from_the_download_to_the_public_check(visit, rita):
    rita.language = "en"
    rita.save()
    webinar = held(title="Saúde à porta", slug="saude")
    attended(webinar, rita, source="file", minutes=172)
    person, anybody = visit(rita), visit()

    person.page.goto("/en/webinars/saude/#certificate")
    address = address_on(download(person.page))
    code = Certificate.objects.get().shown_code
    assert address == f"en/certificates/{code}/"

    check = anybody.page
    check.goto("/en/certificates/")
    check.get_by_label("Code of the certificate").fill(code.lower().replace("-", " "))
    check.get_by_role("button", name="Check the certificate").click()
    expect(check).to_have_url(f"{anybody.address}/{address}")
    expect(check.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    expect(check.locator("main")).to_contain_text("R. C. Q.")
    expect(check.locator("main")).not_to_contain_text("Quaresma")
    assert anybody.context.cookies() == []

    person.page.reload()
    person.page.get_by_role("link", name="Correct the name").click()
    person.page.get_by_label("Name on the certificate").fill("Rita Quaresma")
    person.page.get_by_role("button", name="Correct the name").click()
    expect(person.page.locator("#certificate")).to_contain_text("Rita Quaresma")
    new = address_on(download(person.page))
    assert new != address

    check.reload()
    expect(check.get_by_role("heading", level=1)).to_have_text("This certificate was corrected")
    check.goto(f"/{new}")
    expect(check.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    check.goto("/en/certificates/AAAA-AAAA/")
    expect(check.get_by_role("heading", level=1)).to_have_text("No certificate has this code")
    assert (person.complaints, person.elsewhere, anybody.elsewhere) == ([], [], [])
