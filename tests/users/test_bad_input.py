"""Bad input of bad-input.md, rows 1-6, 14, 15 and 86."""

import pytest

from network_portal.mail.models import OutboxMail
from network_portal.users.fields import is_email_address
from network_portal.users.models import User
from tests.users.conftest import Visitor, newest_code

LOGIN, PROFILE, CHANGE = "/en/account/login/", "/en/account/profile/", "/en/account/e-mail/"
FORMAT = "Enter an e-mail address in the correct format, like name@example.pt"
# tests/recipient_validation of notifications-utils (Crown Copyright, MIT), and those of our own table
BAD_ADDRESSES = [
    "email@123.123.123.123",
    "email@[123.123.123.123]",
    "plainaddress",
    "@no-local-part.com",
    "Outlook Contact <outlook-contact@domain.com>",
    "no-at.domain.com",
    "no-tld@domain",
    ";beginning-semicolon@domain.co.uk",
    "middle-semicolon@domain.co;uk",
    "trailing-semicolon@domain.com;",
    '"email+leading-quotes@domain.com',
    'email+middle"-quotes@domain.com',
    '"quoted-local-part"@domain.com',
    '"quoted@domain.com"',
    "lots-of-dots@domain..gov..uk",
    "two-dots..in-local@domain.com",
    "multiple@domains@domain.com",
    "spaces in local@domain.com",
    "spaces-in-domain@dom ain.com",
    "underscores-in-domain@dom_ain.com",
    "pipe-in-domain@example.com|gov.uk",
    "comma,in-local@gov.uk",
    "comma-in-domain@domain,gov.uk",
    "pound-sign-in-local£@domain.com",
    "local-with-’-apostrophe@domain.com",
    "local-with-”-quotes@domain.com",
    "domain-starts-with-a-dot@.domain.com",
    "brackets(in)local@domain.com",
    "incorrect-punycode@xn---something.com",
    "a@xn---x.pt",
    "x@[1.2.3.4]",
    "Outlook <a@x.pt>",
    "a,b@x.pt",
    "a@x.pt;",
    "a@b@c.pt",
    "ana@x.pt\r\nBcc: all@x.pt",
    "ana@x.pt\nBcc: all@x.pt",
    "a\x00na@x.pt",
]
GOOD_ADDRESSES = [
    "email@domain.com",
    "email@domain.COM",
    "firstname.lastname@domain.com",
    "firstname.o'lastname@domain.com",
    "email@subdomain.domain.com",
    "firstname+lastname@domain.com",
    "1234567890@domain.com",
    "email@domain-one.com",
    "_______@domain.com",
    "email@domain.name",
    "email@domain.superlongtld",
    "email@domain.co.jp",
    "firstname-lastname@domain.com",
    "info@german-financial-services.vermögensberatung",
    "japanese-info@例え.テスト",
    "email@double--hyphen.com",
]


def errors_of(client, email):
    response = client.post(LOGIN, {"email": email})
    assert response.status_code == 200
    assert not OutboxMail.objects.exists()
    page = response.content.decode()
    assert page.split("<title>")[1].startswith("Error: ")
    (error,) = response.context["form"].errors["email"]
    assert page.count(error) == 2
    return error


@pytest.mark.parametrize("email", ["", "   ", "\u200b\u00a0"])
def test_row_1_no_address(visitor, email):
    assert errors_of(visitor, email) == "Enter an e-mail address"


@pytest.mark.parametrize("email", BAD_ADDRESSES)
def test_row_2_and_4_bad_address(visitor, email):
    assert errors_of(visitor, email) == FORMAT


@pytest.mark.parametrize("email", GOOD_ADDRESSES)
def test_good_address(email):
    assert is_email_address(email)


@pytest.mark.parametrize("email", [" \t\u200bana@cm-x.pt\u200b\n", "\ufeffana@cm-x.pt\u00a0", "ana@\u200dcm-x.pt"])
def test_row_3_invisible_characters_are_dropped(visitor, email):
    visitor.post(LOGIN, {"email": email})

    assert OutboxMail.objects.get().to == "ana@cm-x.pt"


def test_row_5_address_too_long(visitor):
    assert errors_of(visitor, "a" * 309 + "@example.com") == "E-mail address must be 254 characters or fewer"


def test_row_6_capital_letters_make_no_second_account(visitor, ana):
    visitor.sign_in("ana@cm-x.pt")
    visitor.post("/account/logout/")
    visitor.post(LOGIN, {"email": "ANA@cm-x.pt"})
    visitor.type_code(newest_code("ana@cm-x.pt"))

    assert visitor.session["_auth_user_id"] == str(ana.pk)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil",
        "javascript:alert(1)",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil",
        "http:evil.example",
        "https://testserver@evil.example",
    ],
)
@pytest.mark.parametrize("way", ["query", "field"])
def test_row_14_next_leads_nowhere_else(visitor, target, way):
    if way == "query":
        page = visitor.get("/account/login/", {"next": target})
        assert page.context["next"] == "/"
    response = visitor.sign_in("rui@cm-z.pt", next=target)

    assert response.headers["Location"] == "/"


def test_row_14_next_on_this_site_is_kept_through_both_screens(visitor):
    page = visitor.get("/webinars/manage/")
    assert page.headers["Location"] == "/account/login/?next=/webinars/manage/"
    assert visitor.get(page.headers["Location"]).context["next"] == "/webinars/manage/"
    response = visitor.post("/account/login/", {"email": "rui@cm-z.pt", "next": "/webinars/manage/"})
    assert response.headers["Location"] == "/account/login/code/?next=%2Fwebinars%2Fmanage%2F"
    response = visitor.get(response.headers["Location"])
    assert '<input type="hidden" name="next" value="/webinars/manage/">' in response.content.decode()

    response = visitor.type_code(newest_code("rui@cm-z.pt"), next="/webinars/manage/")

    assert response.headers["Location"] == "/webinars/manage/"


def save_name(client, name):
    return client.post(PROFILE, {"name": name, "language": "pt"})


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("x" * 501, "Full name must be 200 characters or fewer"),
        ("", "Enter your name"),
        (" \t\u00a0 ", "Enter your name"),
        ("\u202e\u200b", "Enter your name"),
        ("Ana\x00Prata", "Your name contains a character that cannot be kept. Type it again"),
    ],
)
def test_row_15_name_refused(ana_signed_in, ana, name, error):
    response = save_name(ana_signed_in, name)

    assert response.context["form"].errors == {"name": [error]}
    assert response.content.decode().split("<title>")[1].startswith("Error: ")
    ana.refresh_from_db()
    assert ana.name == "Ana Prata"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Ana\u202e Prata", "Ana Prata"),
        ("  Ana\r\nBcc: all@x.pt ", "Ana Bcc: all@x.pt"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Mª Àngels O’Neill-d'Ávila", "Mª Àngels O’Neill-d'Ávila"),
    ],
)
def test_row_15_and_4_name_kept_clean(ana_signed_in, ana, name, kept):
    save_name(ana_signed_in, name)

    ana.refresh_from_db()
    assert ana.name == kept
    assert b"<script>alert(1)" not in ana_signed_in.get(PROFILE).content


def test_row_86_too_many_codes_for_one_address(visitor):
    for _ in range(3):
        visitor.post("/account/logout/")
        assert visitor.post(LOGIN, {"email": "rui@cm-z.pt"}).status_code == 302
    visitor.post("/account/logout/")

    response = visitor.post(LOGIN, {"email": "rui@cm-z.pt"})

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert "Try again in 1 minute." in response.content.decode()
    assert OutboxMail.objects.count() == 3
    assert visitor.post(LOGIN, {"email": "other@cm-z.pt"}).status_code == 302


def test_row_86_too_many_in_the_language_of_the_page(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "1/d/key"}
    visitor.ask_for_code("rui@cm-z.pt")

    response = visitor.post("/account/login/", {"email": "rui@cm-z.pt"})

    assert response.status_code == 429
    assert 80_000 < int(response.headers["Retry-After"]) <= 86_400
    assert b'<html lang="pt">' in response.content


def test_row_86_resending_counts_too(visitor):
    visitor.ask_for_code("rui@cm-z.pt")
    answers = [visitor.post("/account/login/code/", {"action": "resend"}).status_code for _ in range(3)]

    assert answers == [302, 302, 429]


def test_row_86_too_many_codes_typed(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    visitor.ask_for_code("rui@cm-z.pt")
    answers = [visitor.type_code("123").status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_row_86_too_many_new_addresses(ana_signed_in):
    for number in range(10):
        ana_signed_in.post(CHANGE, {"email": f"new{number}@cm-z.pt"})
        ana_signed_in.post(CHANGE, {"action": "start_again"})

    response = ana_signed_in.post(CHANGE, {"email": "one-more@cm-z.pt"})

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 80_000


def test_a_training_room_behind_one_address_gets_in(db):
    answers = {Visitor().ask_for_code(f"person{number}@cm-z.pt").status_code for number in range(40)}

    assert answers == {302}
