"""What each mail is rendered with in tests: its category, and what makes its context. A new mail is added here."""

from network_portal.users.models import User


def code():
    return {"code": "482913", "minutes": 30}


def account():
    return {"person": User(email="ana@example.org", name="Ana Sequeira")}


SAMPLES = {
    "users/email_changed": ("security", account),
    "users/new_address_code": ("security", code),
    "users/sign_in_code": ("security", code),
}
