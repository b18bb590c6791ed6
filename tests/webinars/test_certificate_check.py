"""The public page that says whether a certificate is valid, and nothing else of the person."""

import pytest
from django.conf import settings

from tests.factories import make_coordinator, make_user
from tests.webinars.certifying import cycle_with, held, issued
from tests.webinars.registering import text_of
from webinars.models import Certificate
from webinars.services import certificates
from webinars.services.forgetting import forget_person

pytestmark = pytest.mark.django_db
FORM = "/en/certificates/"


@pytest.fixture
def certificate():
    return issued(held(title="Saúde à porta"), make_user("rita@cm-x.example", name="Rita da Cunha Quaresma"))


def page(certificate) -> str:
    return f"/en/certificates/{certificate.shown_code}/"


def test_valid_shows_initials_title_date_and_hours_alone(client, certificate):
    response = client.get(page(certificate))
    said = text_of(response)
    for words in ("This certificate is valid", "R. C. Q.", "Saúde à porta", "16\xa0May\xa02024", "3\xa0hours"):
        assert words in said
    for secret in ("Quaresma", "Cunha", "rita@", f"/{certificate.pk}/", certificate.record.uuid.hex):
        assert secret not in said
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in said


def test_a_cycle_says_how_many_webinars(client):
    rita = make_user(name="Rita Quaresma")
    cycle, _records = cycle_with(3, rita, title="Ciclo 2024")
    said = text_of(client.get(page(certificates.issue_for_cycle(cycle, person=rita))))
    assert "Ciclo 2024" in said
    assert "9\xa0hours" in said
    assert "<dd>3</dd>" in said


def test_corrected_tells_of_a_newer_one_without_naming_it(client, certificate):
    new = certificates.correct_name(certificate, name="Rita Quaresma", by=make_coordinator())
    said = text_of(client.get(page(certificate)))
    assert "This certificate was corrected" in said
    assert new.shown_code not in said
    assert "This certificate is valid" in text_of(client.get(page(new)))


def test_revoked_tells_when_and_not_why(client, certificate):
    certificates.revoke(certificate, reason="Ana pediu em nome da Rita", by=make_coordinator())
    said = text_of(client.get(page(certificate)))
    assert "This certificate was revoked" in said
    assert "Ana pediu" not in said


def test_valid_still_when_the_name_is_no_longer_stored(client, certificate):
    forget_person(certificate.person)
    said = text_of(client.get(page(certificate)))
    assert "This certificate is valid" in said
    assert "name no longer stored" in said
    assert "R. C." not in said


def test_a_reason_goes_with_the_name(certificate):
    certificates.revoke(certificate, reason="Ana pediu em nome da Rita", by=make_coordinator())
    forget_person(certificate.person)
    row = Certificate.objects.get()
    assert (row.name, row.person, row.reason) == ("", None, "–")


@pytest.mark.parametrize("code", ["ABCD-EFGH", "x", "K7QM-2W4U", "a%00b", "%F0%9F%98%80", "..", "é" * 300])
def test_an_unknown_code_is_a_page_that_helps(client, certificate, code):
    response = client.get(f"/en/certificates/{code}/")
    assert response.status_code == 404
    assert "No certificate has this code" in text_of(response)
    assert settings.NETWORK_CONTACT_EMAIL in text_of(response)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies


def test_the_form_leads_to_the_page_however_the_code_is_typed(client, certificate):
    Certificate.objects.filter(pk=certificate.pk).update(code="K0QM1W4P")
    for typed in ("K0QM-1W4P", " koqm iw4p ", "k0qm\u2011LW4P", "K0QM1W4P"):
        response = client.get(FORM, {"code": typed})
        assert (response.status_code, response.url) == (302, "/en/certificates/K0QM-1W4P/")
    assert "This certificate is valid" in text_of(client.get("/en/certificates/koqm1w4p/"))  # the address too


@pytest.mark.parametrize(
    ("typed", "error"), [("", "Enter the code of the certificate"), ("abc", "Enter the 8 letters and digits"), ("\x00", "kept")]
)
def test_the_form_says_what_is_wrong(client, typed, error):
    response = client.get(FORM, {"code": typed})
    assert response.status_code == 200
    assert error in text_of(response)


def test_the_form_sets_no_cookie_and_asks_for_nothing_more(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(FORM)
    assert not response.cookies
    assert "csrf" not in text_of(response)


def test_codes_are_not_to_be_tried_out(client, certificate, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "certificate_check": "2/m/ip"}
    assert [client.get("/en/certificates/AAAA-AAAA/").status_code for _n in range(3)] == [404, 404, 429]
    response = client.get(page(certificate))
    assert (response.status_code, "Retry-After" in response) == (429, True)
    assert client.get(page(certificate), REMOTE_ADDR="203.0.113.9").status_code == 200
