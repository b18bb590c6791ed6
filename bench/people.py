"""People of the bench: signed in by a session in the database, registering over HTTP as a browser would."""

import html
import http.client
import re
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore


def sign_in(label: str, count: int) -> list[str]:
    """Make ``count`` people with a name and give the session key of each."""
    from network_portal.users.models import User

    User.objects.filter(email__startswith=f"{label}-", registrations=None).delete()
    people = [User(email=f"{label}-{n}-{id(label)}@bench.example", name=f"Pessoa {n}") for n in range(count)]
    for person in people:
        person.set_unusable_password()
    return [_session(person) for person in User.objects.bulk_create(people)]


def _session(person) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key


class Person:
    """One browser: a connection that is kept, cookies, and the fields of the last form."""

    def __init__(self, port: int, session: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {settings.SESSION_COOKIE_NAME: session}
        self.answers: dict[str, str] = {}

    def ask(self, method: str, path: str, fields=None) -> tuple[int, str, str]:
        """Send a request; gives the status, the page and where it leads."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, page, answer.headers.get("Location", "")

    def answer(self, slug: str) -> list[int]:
        """Open the form and answer it, up to the check page; gives the status of each answer."""
        path = f"/webinars/{slug}/register/"
        first, page, _ = self.ask("GET", path)
        answers = {
            "name": "Pessoa de Ensaio",
            "municipality": "Odemira",
            "role": _first_role(page),
            "consents_to_recording": "no",
        }
        second, page, _ = self.ask("POST", path, {**_hidden(page), **answers})
        self.answers = _hidden(page)
        return [first, second]

    def answer_again(self, slug: str) -> list[int]:
        """Who was here before finds the answers on the check page at once."""
        status, page, _ = self.ask("GET", f"/webinars/{slug}/register/")
        self.answers = _hidden(page)
        return [status]

    def confirm(self, slug: str) -> list[int]:
        """Press the button of the check page and read the confirmation; gives the status of each answer."""
        first, _, location = self.ask("POST", f"/webinars/{slug}/register/check/", self.answers)
        second, _, _ = self.ask("GET", location or f"/webinars/{slug}/")
        return [first, second]


def _hidden(page: str) -> dict[str, str]:
    main = page[page.index("<main") :]
    found = {}
    for field in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", main):
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)
        found[name[1]] = html.unescape(value[1]) if value else ""
    return found


def _first_role(page: str) -> str:
    field = re.search(r'<input[^>]*name="role"[^>]*>', page)
    return re.search(r'value="([^"]*)"', field[0])[1]
