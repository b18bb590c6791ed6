"""Sessions: how one begins and ends, and which pages of allauth exist at all."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import NoReverseMatch, reverse

from network_portal.users.models import User
from tests.users.conftest import is_signed_in, newest_code

LOGIN, CODE, MY_PAGE = "/account/login/", "/account/login/code/", "/my/"


def test_session_key_changes_at_sign_in(visitor):
    visitor.ask_for_code("rui@cm-z.pt")
    before = visitor.session.session_key
    visitor.type_code(newest_code("rui@cm-z.pt"))

    assert visitor.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_sign_out_by_button_only(ana_signed_in):
    assert ana_signed_in.get("/account/logout/").status_code == 200
    assert is_signed_in(ana_signed_in)

    response = ana_signed_in.post("/account/logout/")

    assert response.headers["Location"] == "/"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(ana_signed_in)


def test_closed_account_gets_no_session(visitor, ana):
    User.objects.update(is_active=False)

    response = visitor.sign_in("ana@cm-x.pt")

    assert response.headers["Location"] == "/account/inactive/"
    assert not is_signed_in(visitor)
    assert visitor.get("/account/inactive/").status_code == 403


def test_closing_an_account_ends_its_sessions(ana_signed_in):
    User.objects.update(is_active=False)

    assert ana_signed_in.get("/account/profile/").headers["Location"].startswith(LOGIN)


def test_signed_in_person_is_led_on(ana_signed_in):
    assert ana_signed_in.get(LOGIN).headers["Location"] == MY_PAGE
    assert ana_signed_in.get(CODE, {"next": "/webinars/"}).headers["Location"] == "/webinars/"


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "account_request_login_code",
        "account_email_verification_sent",
    ],
)
def test_pages_of_allauth_that_nobody_needs_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("page", ["signup", "password/reset", "password/change", "email", "confirm-email", "3rdparty"])
def test_addresses_of_allauth_that_nobody_needs_are_unknown(client, db, page):
    assert client.get(f"/account/{page}/").status_code == 404


def test_sign_in_page_costs_no_query_and_little_more_with_a_session(visitor, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        visitor.get(LOGIN)
    visitor.ask_for_code("rui@cm-z.pt")
    with django_assert_max_num_queries(5):
        visitor.get(CODE)


@pytest.mark.parametrize("path", [LOGIN, "/en/account/login/"])
def test_sign_in_page_sets_no_session(visitor, path):
    visitor.get(path)

    assert list(visitor.cookies) == ["csrftoken"]


def test_pages_of_signing_in_are_never_stored(visitor):
    assert "no-store" in visitor.get(LOGIN).headers["Cache-Control"]
    visitor.ask_for_code("rui@cm-z.pt")
    assert "no-store" in visitor.get(CODE).headers["Cache-Control"]
