"""A person's own account."""

import pytest
from allauth.account.models import EmailAddress

from network_portal.audit.models import Entry
from network_portal.mail.models import AddressState, OutboxMail
from network_portal.users import services
from network_portal.users.models import User
from tests.users.conftest import Visitor, newest_code, wrong_code

PROFILE, CHANGE = "/en/account/profile/", "/en/account/e-mail/"


def change_to(client, email):
    client.post(CHANGE, {"email": email})
    return client.post(CHANGE, {"code": newest_code(email)})


def test_name_language_and_wishes_are_kept(ana_signed_in, ana):
    response = ana_signed_in.post(PROFILE, {"name": "Ana Maria", "language": "en", "wants_reminders": "on"})

    assert response.status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.language) == ("Ana Maria", "en")
    assert services.mail_wishes(ana) == {"wants_reminders": True, "wants_news": False}
    assert list(AddressState.objects.values_list("address", "category")) == [("ana@cm-x.pt", "bulk")]
    ana_signed_in.post(PROFILE, {"name": "Ana", "language": "en", "wants_reminders": "on", "wants_news": "on"})
    assert not AddressState.objects.exists()


def test_saving_wishes_leaves_a_refused_address_alone(ana):
    AddressState.objects.create(address=ana.email, category="", reason="550")

    services.save_profile(ana, name="Ana", language="pt", wants_reminders=True, wants_news=True)

    assert AddressState.objects.get().category == ""


def test_posted_roles_and_address_are_ignored(ana_signed_in, ana):
    posted = {"name": "Ana", "language": "pt", "is_administrator": "on", "is_coordinator": "1", "email": "x@y.pt"}
    ana_signed_in.post(PROFILE, posted)

    ana.refresh_from_db()
    assert (ana.email, ana.is_coordinator, ana.is_administrator) == ("ana@cm-x.pt", False, False)


def test_unknown_language_is_refused(ana_signed_in):
    response = ana_signed_in.post(PROFILE, {"name": "Ana", "language": "../xx"})

    assert response.context["form"].errors == {"language": ["Choose a language"]}


@pytest.mark.parametrize("path", [PROFILE, CHANGE])
def test_signed_out_people_are_asked_to_sign_in(visitor, path):
    assert visitor.get(path).headers["Location"] == f"/en/account/login/?next={path}"
    assert visitor.post(path, {"name": "x"}).headers["Location"].startswith("/en/account/login/")


def test_pages_cost_few_queries(ana_signed_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        ana_signed_in.get(PROFILE)
    with django_assert_max_num_queries(2):
        ana_signed_in.get(CHANGE)


def test_address_changes_with_the_code_that_went_to_the_new_one(ana_signed_in, ana):
    ana_signed_in.post(CHANGE, {"email": " ANA@nova.pt "})
    ana.refresh_from_db()
    assert ana.email == "ana@cm-x.pt"

    response = ana_signed_in.post(CHANGE, {"code": newest_code("ana@nova.pt")})

    assert response.headers["Location"] == PROFILE
    ana.refresh_from_db()
    assert ana.email == "ana@nova.pt"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("ana@nova.pt", True, True)]
    told = OutboxMail.objects.get(to="ana@cm-x.pt")
    assert (told.template, told.category) == ("users/email_changed", "security")
    assert "ana@nova.pt" not in told.text
    entry = Entry.objects.get(action="users.email_changed")
    assert (entry.about, entry.by, entry.detail) == (f"user:{ana.pk}", ana, {})


def test_address_change_ends_other_sessions_and_keeps_this_one(ana_signed_in, ana):
    other = Visitor()
    other.force_login(ana)

    change_to(ana_signed_in, "ana@nova.pt")

    assert ana_signed_in.get(PROFILE).status_code == 200
    assert other.get(PROFILE).status_code == 302


def test_after_the_change_the_new_address_signs_in_and_the_old_is_a_stranger(ana_signed_in, ana):
    change_to(ana_signed_in, "ana@nova.pt")
    new, old = Visitor(), Visitor()
    new.sign_in("ana@nova.pt")
    old.sign_in("ana@cm-x.pt")

    assert new.session["_auth_user_id"] == str(ana.pk)
    assert old.session["_auth_user_id"] != str(ana.pk)


def test_what_was_switched_off_stays_off_at_the_new_address(ana_signed_in, ana):
    AddressState.objects.create(address="ana@cm-x.pt", category="bulk")

    change_to(ana_signed_in, "ana@nova.pt")

    ana.refresh_from_db()
    assert services.mail_wishes(ana) == {"wants_reminders": True, "wants_news": False}


def test_address_of_another_account_is_told_only_to_who_reads_its_mail(ana_signed_in, ana):
    User.objects.create_user("bea@cm-x.pt")
    response = ana_signed_in.post(CHANGE, {"email": "bea@cm-x.pt"}, follow=True)
    assert b"Another account" not in response.content

    response = ana_signed_in.post(CHANGE, {"code": newest_code("bea@cm-x.pt")}, follow=True)

    assert b"Another account has this address." in response.content
    ana.refresh_from_db()
    assert ana.email == "ana@cm-x.pt"


def test_three_wrong_codes_end_the_change(ana_signed_in, ana):
    ana_signed_in.post(CHANGE, {"email": "ana@nova.pt"})
    right, wrong = newest_code("ana@nova.pt"), wrong_code("ana@nova.pt")
    for _ in range(3):
        ana_signed_in.post(CHANGE, {"code": wrong})
    ana_signed_in.post(CHANGE, {"code": right})

    ana.refresh_from_db()
    assert ana.email == "ana@cm-x.pt"


def test_change_can_be_started_again(ana_signed_in):
    ana_signed_in.post(CHANGE, {"email": "ana@typo.pt"})
    ana_signed_in.post(CHANGE, {"action": "start_again"})

    assert ana_signed_in.get(CHANGE).templates[0].name == "users/change_email.html"
