"""Bad input 81 and 82: a form whose session or token is gone is given back."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from tests.users.conftest import Visitor, newest_code, wrong_code

OWN = {"headers": {"Origin": "http://testserver"}}
PROFILE = "/en/account/profile/"
WRITTEN = {"name": 'Ana "Nova" <Prata>', "language": "en", "wants_news": "on"}


def hidden(response, name="carried"):
    return re.search(f'name="{name}" value="([^"]*)"', response.content.decode())[1]


def test_form_of_a_signed_out_person_comes_back_after_signing_in(visitor, ana):
    response = visitor.post(PROFILE, WRITTEN, **OWN)
    assert response.status_code == 403
    assert "Sign in again to continue; nothing you wrote is lost." in response.content.decode()

    response = visitor.post("/en/account/login/", {"email": "ana@cm-x.pt", "carried": hidden(response)})
    assert "account/confirm_code.html" in [template.name for template in response.templates]
    response = visitor.post("/en/account/login/code/", {"code": newest_code("ana@cm-x.pt"), "carried": hidden(response)})

    page = response.content.decode()
    assert f'<form method="post" action="{PROFILE}"' in page
    for name, value in WRITTEN.items():
        assert f'<input type="hidden" name="{name}" value="{escape(value)}">' in page
    visitor.post(PROFILE, WRITTEN)
    ana.refresh_from_db()
    assert ana.name == WRITTEN["name"]


def test_carried_form_survives_wrong_codes_and_another_code(visitor):
    token = hidden(visitor.post(PROFILE, WRITTEN, **OWN))
    token = hidden(visitor.ask_for_code("rui@cm-z.pt", carried=token))
    token = hidden(visitor.post("/account/login/code/", {"action": "resend", "carried": token}))
    for _ in range(3):
        token = hidden(visitor.type_code(wrong_code("rui@cm-z.pt"), carried=token))
    token = hidden(visitor.ask_for_code("rui@cm-z.pt", carried=token))

    response = visitor.type_code(newest_code("rui@cm-z.pt"), carried=token)

    assert response.templates[0].name == "account/go_on.html"


def test_carried_form_survives_an_expired_code(visitor):
    token = hidden(visitor.post(PROFILE, WRITTEN, **OWN))

    response = visitor.type_code("123456", carried=token)

    assert response.status_code == 403
    assert hidden(response) == token


@pytest.mark.parametrize("token", ["", "x", "eyJwYXRoIjoiLyJ9:1abc:forged"])
def test_altered_form_is_not_given_back(visitor, token):
    visitor.ask_for_code("rui@cm-z.pt")

    assert visitor.type_code(newest_code("rui@cm-z.pt"), carried=token).headers["Location"] == "/my/"


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_form_of_another_site_is_not_carried(visitor, headers):
    response = visitor.post(PROFILE, WRITTEN, headers=headers)

    assert response.headers["Location"] == f"/en/account/login/?next={PROFILE}"


def test_stale_token_gives_the_form_back_to_a_signed_in_person(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    response = client.post(PROFILE, WRITTEN, **OWN)

    assert response.status_code == 403
    assert response.templates[0].name == "account/go_on.html"
    token = hidden(response, "csrfmiddlewaretoken")
    response = client.post(PROFILE, WRITTEN | {"csrfmiddlewaretoken": token}, **OWN)
    assert response.status_code == 302


def test_stale_token_asks_a_signed_out_person_to_sign_in(db):
    response = Visitor(enforce_csrf_checks=True).post(PROFILE, WRITTEN, **OWN)

    assert response.status_code == 403
    assert hidden(response)


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}])
def test_forged_form_is_refused_and_not_given_back(ana, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    response = client.post(PROFILE, WRITTEN, headers=headers)

    assert response.status_code == 403
    assert b"Nova" not in response.content
    ana.refresh_from_db()
    assert ana.name == "Ana Prata"


def test_code_and_token_are_never_carried(db):
    client = Visitor(enforce_csrf_checks=True)

    response = client.post("/account/login/code/", {"code": "123456", "csrfmiddlewaretoken": "x", "next": "/"}, **OWN)

    assert response.status_code == 403
    assert b"123456" not in response.content


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Host": "testserver, evil.example"}])
def test_row_82_other_hosts_are_refused(visitor, headers):
    assert visitor.get("/account/login/", headers=headers).status_code == 400


def test_row_82_forwarded_host_changes_nothing(visitor):
    response = visitor.get("/webinars/manage/", headers={"X-Forwarded-Host": "evil.example"})

    assert response.headers["Location"] == "/account/login/?next=/webinars/manage/"
