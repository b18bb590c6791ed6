"""People of the bench: signed in by a session in the database, registering over HTTP as a browser would."""

import asyncio
import html
import re
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack

import aiohttp
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


async def crowd(stack: AsyncExitStack, port: int, sessions: list[str]) -> list["Person"]:
    """A person for each session, until ``stack`` is left."""
    return [await stack.enter_async_context(Person(port, session)) for session in sessions]


async def together(acts: list[Callable[[], Coroutine]], in_flight: int) -> list:
    """The results of all acts, with ``in_flight`` of them going on at any moment."""
    gate = asyncio.Semaphore(in_flight)

    async def one(act):
        async with gate:
            return await act()

    return await asyncio.gather(*(one(act) for act in acts))


class Person:
    """One browser: cookies, a connection that is kept, and the fields of the last form."""

    def __init__(self, port: int, session: str = ""):
        self.cookies = {settings.SESSION_COOKIE_NAME: session} if session else {}
        self.base, self.answers = f"http://127.0.0.1:{port}", {}

    async def __aenter__(self):
        jar = aiohttp.CookieJar(unsafe=True)  # "unsafe": of a host that has no name
        self.client = aiohttp.ClientSession(self.base, cookie_jar=jar, cookies=self.cookies)
        return self

    async def __aexit__(self, *error):
        await self.client.close()

    async def ask(self, method: str, path: str, fields=None) -> tuple[int, str, str]:
        """Send a request; gives the status, the page and where it leads."""
        async with self.client.request(method, path, data=fields, allow_redirects=False) as answer:
            return answer.status, await answer.text(), answer.headers.get("Location", "")

    async def answer(self, slug: str) -> list[int]:
        """Open the form and answer it, up to the check page; gives the status of each answer."""
        path = f"/webinars/{slug}/register/"
        first, page, _ = await self.ask("GET", path)
        answers = {
            "name": "Pessoa de Ensaio", "municipality": "Odemira", "role": _first_role(page), "consents_to_recording": "no",
        }  # fmt: skip
        second, page, _ = await self.ask("POST", path, {**hidden(page), **answers})
        self.answers = hidden(page)
        return [first, second]

    async def answer_again(self, slug: str) -> list[int]:
        """Who was here before finds the answers on the check page at once."""
        status, page, _ = await self.ask("GET", f"/webinars/{slug}/register/")
        self.answers = hidden(page)
        return [status]

    async def confirm(self, slug: str) -> list[int]:
        """Press the button of the check page and read the confirmation; gives the status of each answer."""
        first, _, location = await self.ask("POST", f"/webinars/{slug}/register/check/", self.answers)
        second, _, _ = await self.ask("GET", location or f"/webinars/{slug}/")
        return [first, second]

    async def register_on_the_floor(self) -> list[int]:
        """The form of the bare application, sent; its answer is the confirmation."""
        first, page, _ = await self.ask("GET", "/register")
        second, _, _ = await self.ask("POST", "/register", hidden(page))
        return [first, second]


def hidden(page: str) -> dict[str, str]:
    """The fields of a page's main form that are not shown."""
    main = page[page.index("<main") :]
    found = {}
    for field in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", main):
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)
        found[name[1]] = html.unescape(value[1]) if value else ""
    return found


def _first_role(page: str) -> str:
    field = re.search(r'<input[^>]*name="role"[^>]*>', page)
    return re.search(r'value="([^"]*)"', field[0])[1]
