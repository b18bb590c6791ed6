"""Watching long work in Chromium: the page moves by itself, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from network_portal.jobs import services as jobs
from tests.browser.test_pages import look
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person():
    return make_user("rita@cm-odemira.example", language="en")


def start(person, **fields):
    return jobs.queue("tests.watched", by=person, title="Certificados de «Salários iguais»", back_url="/en/webinars/", **fields)


def work_that(*, looks, outcome: jobs.Outcome):
    """Work that reports two of five steps and then has a look at the page."""

    def work(job, progress):
        progress(2, 5)
        looks()
        return outcome

    return {"tests.watched": work}


def test_the_page_follows_the_work_and_offers_its_file(visit, person):
    job, visitor = start(person), visit(person)
    page, wrong = visitor.page, []
    page.goto(f"/en/jobs/{job.uuid}/")
    expect(page.get_by_text("Waiting to begin")).to_be_visible()
    wrong += look(visitor, "waiting")

    def looks():
        expect(page.locator(".figure__number")).to_have_text("2 of 5")
        wrong.extend(look(visitor, "under way"))

    outcome = jobs.Outcome(message="48 certificates.", file=("certificados.zip", b"PK"))
    assert jobs.run_due(work_that(looks=looks, outcome=outcome)) == 1
    expect(page.get_by_role("status").filter(has_text="The work is done. 48 certificates.")).to_be_attached()
    expect(page).to_have_title(re.compile("^Done: Certificados"))
    wrong += look(visitor, "done")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the file").click()
    assert download.value.suggested_filename == "certificados.zip"
    assert (wrong, visitor.complaints, visitor.elsewhere) == ([], [], [])


def test_who_watches_is_led_on(visit, person):
    job, visitor = start(person), visit(person)
    visitor.page.goto(f"/en/jobs/{job.uuid}/")
    outcome = jobs.Outcome(url="/en/webinars/", message="42 people were matched.")
    assert jobs.run_due(work_that(looks=lambda: None, outcome=outcome)) == 1
    expect(visitor.page).to_have_url(re.compile("/en/webinars/$"))
    expect(visitor.page.get_by_text("42 people were matched.")).to_be_visible()
    assert (visitor.complaints, visitor.elsewhere) == ([], [])


def test_without_javascript_the_page_loads_itself_again(browser, visit, live_server, person):
    job = start(person)
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies(visit(person).context.cookies())
    page = context.new_page()
    page.goto(f"/en/jobs/{job.uuid}/")

    def looks():
        expect(page.locator(".figure__number")).to_have_text("2 of 5", timeout=10_000)

    outcome = jobs.Outcome(url="/en/webinars/", message="42 people were matched.")
    assert jobs.run_due(work_that(looks=looks, outcome=outcome)) == 1
    expect(page.get_by_text("42 people were matched.")).to_be_visible(timeout=10_000)
    page.get_by_role("link", name="Go on").click()
    expect(page).to_have_url(re.compile("/en/webinars/$"))
    context.close()
