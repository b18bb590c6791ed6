"""Signing in by code: one way for known and unknown addresses."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_portal.mail.models import OutboxMail
from network_portal.users.models import User
from tests.users.conftest import Visitor, is_signed_in, newest_code, wrong_code

LOGIN, CODE, MY_PAGE = "/account/login/", "/account/login/code/", "/my/"


def test_first_sign_in_makes_the_account_with_a_proved_address(visitor):
    assert visitor.ask_for_code("rui@cm-z.pt").headers["Location"] == CODE
    assert not User.objects.exists()

    response = visitor.type_code(newest_code("rui@cm-z.pt"))

    assert response.headers["Location"] == MY_PAGE
    assert is_signed_in(visitor)
    person = User.objects.get()
    assert (person.email, person.language, person.has_usable_password()) == ("rui@cm-z.pt", "pt", False)
    assert EmailAddress.objects.filter(user=person, email="rui@cm-z.pt", verified=True, primary=True).count() == 1


def test_known_person_signs_in_to_the_one_account_however_the_address_is_typed(visitor, ana):
    visitor.ask_for_code("ANA@CM-x.pt")
    visitor.type_code(newest_code("ana@cm-x.pt"))

    assert visitor.session["_auth_user_id"] == str(ana.pk)
    assert User.objects.count() == 1


def test_signs_in_again_after_the_first_time(visitor):
    visitor.sign_in("rui@cm-z.pt")
    again = Visitor()
    again.sign_in("rui@cm-z.pt")

    assert again.session["_auth_user_id"] == visitor.session["_auth_user_id"]


def test_account_is_made_in_the_language_of_the_page(visitor):
    visitor.prefix = "/en"
    visitor.sign_in("rui@cm-z.pt")

    assert User.objects.get().language == "en"
    assert OutboxMail.objects.get().language == "en"


def test_known_and_unknown_address_get_the_same_answer(db, ana):
    seen = []
    for email in ("ana@cm-x.pt", "bea@cm-x.pt"):
        client = Visitor()
        with CaptureQueriesContext(connection) as queries:
            response = client.ask_for_code(email)
        page = client.get(CODE).content.decode().replace(email, "")
        page = page.replace(client.cookies["csrftoken"].value, "")
        mail = OutboxMail.objects.get(to=email)
        seen.append((response.status_code, response.headers["Location"], len(queries), len(page), mail.template))

    assert seen[0] == seen[1]
    assert User.objects.count() == 1


def test_code_mail_is_urgent_and_useless_after_30_minutes(visitor):
    visitor.ask_for_code("rui@cm-z.pt")

    mail = OutboxMail.objects.get()
    code = newest_code("rui@cm-z.pt")
    assert (mail.category, mail.priority, mail.template) == ("security", 0, "users/sign_in_code")
    assert timedelta(minutes=29) < mail.send_before - timezone.now() <= timedelta(minutes=30)
    assert mail.subject.startswith(code)
    assert code in mail.text
    assert code in mail.html


def test_another_code_takes_the_place_of_the_first(visitor):
    visitor.ask_for_code("rui@cm-z.pt")
    first = newest_code("rui@cm-z.pt")
    response = visitor.post(CODE, {"action": "resend"}, follow=True)
    second = newest_code("rui@cm-z.pt")

    assert [mail.state for mail in OutboxMail.objects.order_by("pk")] == ["cancelled", "queued"]
    assert response.context["process"].resends == 1
    if first != second:
        visitor.type_code(first)
        assert not is_signed_in(visitor)
    visitor.type_code(second)
    assert is_signed_in(visitor)


@pytest.mark.parametrize("written", ["{0} {1}", " {0}{1}\n", "{0}-{1}", "\u200b{0}\u00a0{1}\ufeff"])
def test_code_may_be_copied_with_spaces(visitor, written):
    visitor.ask_for_code("rui@cm-z.pt")
    code = newest_code("rui@cm-z.pt")

    visitor.type_code(written.format(code[:3], code[3:]))

    assert is_signed_in(visitor)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567", "12345\x00"])
def test_what_is_no_code_costs_no_attempt(visitor, typed):
    visitor.ask_for_code("rui@cm-z.pt")
    for _ in range(4):
        response = visitor.type_code(typed)

    errors = response.context["form"].errors["code"]
    assert response.status_code == 200
    assert len(errors) >= 1
    visitor.type_code(newest_code("rui@cm-z.pt"))
    assert is_signed_in(visitor)


def test_three_wrong_codes_end_the_attempt(visitor):
    visitor.ask_for_code("rui@cm-z.pt")
    right, wrong = newest_code("rui@cm-z.pt"), wrong_code("rui@cm-z.pt")
    for _ in range(2):
        assert visitor.type_code(wrong).context["form"].was_a_guess

    response = visitor.type_code(wrong)

    assert response.templates[0].name == "account/request_code.html"
    assert response.context["form"]["email"].value() == "rui@cm-z.pt"
    visitor.type_code(right)
    assert not is_signed_in(visitor)
    assert not User.objects.exists()


def test_wrong_code_shows_an_error_page(visitor):
    visitor.prefix = "/en"
    visitor.ask_for_code("rui@cm-z.pt")

    page = visitor.type_code(wrong_code("rui@cm-z.pt")).content.decode()

    assert page.split("<title>")[1].startswith("Error: ")
    assert "There is a problem" in page
    assert page.count("Code is wrong or already used") == 2


def test_code_of_another_address_does_not_sign_in(visitor, ana):
    attacker = Visitor()
    attacker.ask_for_code("eva@evil.example")
    visitor.ask_for_code("ana@cm-x.pt")
    code = newest_code("eva@evil.example")
    if code != newest_code("ana@cm-x.pt"):
        visitor.type_code(code)
        assert not is_signed_in(visitor)


def test_code_expires_after_30_minutes(visitor):
    with time_machine.travel(timezone.now() - timedelta(minutes=31), tick=True):
        visitor.ask_for_code("rui@cm-z.pt")

    response = visitor.type_code(newest_code("rui@cm-z.pt"), next="/en/webinars/")

    assert response.headers["Location"] == f"{LOGIN}?again=expired&next=%2Fen%2Fwebinars%2F"
    assert not is_signed_in(visitor)


def test_code_works_for_29_minutes(visitor):
    with time_machine.travel(timezone.now() - timedelta(minutes=29), tick=True):
        visitor.ask_for_code("rui@cm-z.pt")

    visitor.type_code(newest_code("rui@cm-z.pt"))

    assert is_signed_in(visitor)


def test_code_works_once(visitor):
    visitor.ask_for_code("rui@cm-z.pt")
    code = newest_code("rui@cm-z.pt")
    visitor.type_code(code)
    visitor.post("/account/logout/")

    response = visitor.type_code(code)

    assert response.headers["Location"].startswith(LOGIN)
    assert not is_signed_in(visitor)


def test_pending_code_leads_to_its_page_and_another_address_can_be_used(visitor):
    visitor.ask_for_code("rui@cm-z.pt")
    assert visitor.get(LOGIN, {"next": "/webinars/"}).headers["Location"] == f"{CODE}?next=%2Fwebinars%2F"

    response = visitor.post("/account/logout/", {"next": LOGIN})

    assert response.headers["Location"] == LOGIN
    assert "Clear-Site-Data" not in response.headers
    assert visitor.get(LOGIN).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "labels"),
    [
        ("/webinars/a-webinar/register/", 4),
        ("/webinars/a-webinar/", 0),
        ("/no/such/page/", 0),
        ("/my/", 0),
    ],
)
def test_on_the_way_to_a_registration_signing_in_is_its_first_steps(visitor, wanted, labels):
    assert len(visitor.get(LOGIN, {"next": wanted}).context["steps"]) == labels


def test_code_field_helps_phones_to_fill_it_in(visitor):
    visitor.ask_for_code("rui@cm-z.pt")
    page = visitor.get(CODE).content.decode()

    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
