"""What the tests of signing in share: a person at a browser, and the mails that came to an address."""

import re

import pytest
from django.test import Client

from network_portal.mail.models import OutboxMail
from network_portal.users.models import User


class Visitor(Client):
    """A browser that reads its mail, on the pages of one language."""

    prefix = ""

    def ask_for_code(self, email, **extra):
        return self.post(f"{self.prefix}/account/login/", {"email": email, **extra})

    def type_code(self, code, **extra):
        return self.post(f"{self.prefix}/account/login/code/", {"code": code, **extra})

    def sign_in(self, email, **extra):
        self.ask_for_code(email, **extra)
        return self.type_code(newest_code(email), **extra)


def newest_code(email: str) -> str:
    mail = OutboxMail.objects.filter(to=email, category="security").latest("pk")
    return re.match(r"\d{6}", mail.subject)[0]


def wrong_code(email: str) -> str:
    return "000000" if newest_code(email) != "000000" else "111111"


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def visitor(db):
    return Visitor()


@pytest.fixture
def ana(db):
    return User.objects.create_user("ana@cm-x.pt", name="Ana Prata")


@pytest.fixture
def ana_signed_in(ana):
    client = Visitor()
    client.force_login(ana)
    return client
