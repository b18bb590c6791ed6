"""What every test may use, and the switch that turns skipped tests into failures."""

import os
import shutil
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.utils import translation

from network_portal.vocabularies import reading

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
NO_CHROMIUM = "There is no Chromium: the tests in the browser are left out. On Debian: apt install chromium"


def pytest_report_header():
    return f"Chromium: {CHROMIUM}" if CHROMIUM else NO_CHROMIUM


def pytest_terminal_summary(terminalreporter):
    if not CHROMIUM:
        terminalreporter.write_line(NO_CHROMIUM, yellow=True)


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts[-2:-1]:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(f"browser {item.path.stem}"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.fixture(autouse=True)
def first_language():
    """A request to /en/ leaves its language active in the thread; the next test begins in the first one."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def nothing_kept():
    """What pages keep is found by versions, and those of the rows that the last test took back come again."""
    caches["fragments"].clear()


@pytest.fixture(autouse=True)
def rows_of_the_migrations(request):
    """A test with real transactions empties all tables at its end, so the next one finds the terms gone: load them again."""
    marker = request.node.get_closest_marker("django_db")
    names = set(request.fixturenames)
    if {"transactional_db", "live_server"} & names or (marker and marker.kwargs.get("transaction")):
        request.getfixturevalue("transactional_db")
    elif marker or "db" in names:
        request.getfixturevalue("db")
    else:
        return
    if not apps.get_model("vocabularies.Term").objects.exists():
        import_module("network_portal.vocabularies.migrations.0004_more_terms").load(apps, None)
    reading.forget()  # what a process keeps belongs to the database of one test
    reading.current()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    """With FORBID_SKIP a test that was left out fails: nothing passes in CI by not running."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("FORBID_SKIP"):
        report.outcome = "failed"
        report.longrepr = f"Skipping is forbidden here: {report.longrepr}"
