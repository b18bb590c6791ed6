"""Settings of production: clean when given, refused when something is missing, strict in what they answer."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings

from network_portal.common import checks
from tests.architecture.source import ROOT

GIVEN = {
    "SECRET_KEY": "kR7pX2vN9qL4wT8zB3mC6yH1jD5fG0sA-eU_iO.rQbVnWxZtPlKc",
    "SITE_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
}
ANSWER = """
import json, django
from django.core.management import call_command
django.setup()
call_command("setup_portal", verbosity=0)
from django.test import Client
client = Client(headers={"host": "portal.example.org"})
page = client.get("/account/login/", secure=True)
plain = client.get("/account/login/")
cookies = {name: {"secure": bool(c["secure"]), "httponly": bool(c["httponly"]), "samesite": c["samesite"], "path": c["path"],
           "domain": c["domain"]} for name, c in page.cookies.items()}
print(json.dumps({"status": page.status_code, "headers": dict(page.headers), "cookies": cookies,
                  "plain": [plain.status_code, plain.headers.get("Location", "")],
                  "demo": client.get("/demo/mail/", secure=True).status_code,
                  "health": client.get("/health").status_code}))
"""


def in_production(tmp_path, *command: str, **changes: str) -> subprocess.CompletedProcess:
    """A command with the settings of production, apart from ``changes``, with a database and static files of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3", "DEMO": "0", "DEBUG": "0", "LOG_LEVEL": "ERROR"}
    files = {"STATIC_ROOT": f"{tmp_path}/static"}  # another worker's portal may start at the same time
    variables = {**kept, **database, **files, **GIVEN, **changes, "DJANGO_SETTINGS_MODULE": "network_portal.settings"}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    result = in_production(tmp_path_factory.mktemp("production"), "-c", ANSWER)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def test_the_check_before_going_live_is_clean(tmp_path):
    result = in_production(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("SECRET_KEY", "", "portal.E002"),
        ("SECRET_KEY", "short", "portal.E002"),
        ("SECRET_KEY", "a" * 80, "portal.E002"),
        ("SECRET_KEY", settings.DEVELOPMENT_KEY, "portal.E002"),
        ("SITE_URL", "", "portal.E003"),
        ("SITE_URL", "http://portal.example.org", "portal.E003"),
    ],
)
def test_production_is_refused(tmp_path, variable, value, code):
    result = in_production(tmp_path, "manage.py", "check", **{variable: value})
    assert result.returncode != 0
    assert code in result.stderr or (variable == "SECRET_KEY" and not value)


def test_the_portal_is_not_set_up_with_a_weak_key(tmp_path):
    result = in_production(tmp_path, "manage.py", "setup_portal", SECRET_KEY="short")
    assert result.returncode != 0
    assert not (tmp_path / "portal.sqlite3").exists()


@pytest.mark.parametrize(("options", "errors"), [({}, ["portal.E001"]), ({"transaction_mode": "IMMEDIATE"}, [])])
def test_sqlite_without_immediate_transactions_is_an_error(monkeypatch, options, errors):
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": "x", "OPTIONS": options}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": database}))
    assert [e.id for e in checks.sqlite_takes_its_lock_at_once(None)] == errors


def test_headers_of_production(answer):
    headers = answer["headers"]
    assert answer["status"] == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Permissions-Policy"].startswith("camera=()")


def test_security_policy_of_production(answer):
    policy = dict(part.strip().split(" ", 1) for part in answer["headers"]["Content-Security-Policy"].split(";") if part.strip())
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in answer["headers"]["Content-Security-Policy"]


def test_cookies_of_production(answer):
    assert set(answer["cookies"]) <= {"__Host-csrftoken", "__Host-sessionid"}
    assert "__Host-csrftoken" in answer["cookies"]
    for cookie in answer["cookies"].values():
        assert cookie == {"secure": True, "httponly": True, "samesite": "Lax", "path": "/", "domain": ""}


def test_plain_http_goes_to_https_except_the_health_check(answer):
    assert answer["plain"] == [301, "https://portal.example.org/account/login/"]
    assert answer["health"] == 200


def test_the_mailbox_of_the_demonstration_is_not_there(answer):
    assert answer["demo"] == 404
