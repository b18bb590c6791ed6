"""A Chromium, a server, and pages opened as somebody."""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.conftest import CHROMIUM


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all tests of a module."""
    from playwright.sync_api import sync_playwright

    # playwright's synchronous interface runs an event loop in this thread, which Django would take for asynchronous code
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Visitor:
    """A browser window of one person that notes what no page may do: complain, or ask another host."""

    def __init__(self, browser, address: str, person=None, language: str = "pt-PT", *, scripts: bool = True):
        self.context = browser.new_context(
            locale=language, reduced_motion="reduce", viewport={"width": 1280, "height": 900}, base_url=address,
            java_script_enabled=scripts,
        )  # fmt: skip
        self.address, self.complaints, self.elsewhere = address, [], []
        if person:
            self._sign_in(person)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda message: message.type == "error" and self._complain(message))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))

    def _sign_in(self, person):
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.address}])

    def _complain(self, message):
        self.complaints.append(f"{message.text} {message.location['url']}")

    def _note(self, url: str):
        if urlsplit(url).netloc not in {urlsplit(self.address).netloc, ""}:
            self.elsewhere.append(url)

    def close(self):
        self.context.close()


@pytest.fixture
def visit(browser, live_server):
    """``visit(person)`` opens a window, also one without scripts; all are closed at the end."""
    opened = []

    def open_window(person=None, *, scripts: bool = True) -> Visitor:
        opened.append(Visitor(browser, live_server.url, person, scripts=scripts))
        return opened[-1]

    yield open_window
    for visitor in opened:
        visitor.close()
