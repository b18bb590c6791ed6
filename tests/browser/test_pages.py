"""Every page in Chromium: no violation of the accessibility rules, no sideways scroll, no complaint, no other host.

The pages are those of permissions.yml. Each is opened once per role that sees something of its own there, and looked at
in light and dark, at 320 and 1280 pixels.
"""

from pathlib import Path

import axe_playwright_python
import pytest

from tests.addresses import entries
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db(transaction=True)
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [("light", 1280), ("dark", 320)]  # each colour scheme and each width once
RUN = """async tags => (await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}))
    .violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target + " " + (n.any[0]?.message || "")).join(" | ")}`)"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
NOT_PAGES = {"practices_feed", "practices_theme_feed", "sitemap", "sitemap_part", "goodpractices:export", "goodpractices:data",
             "goodpractices:card", "goodpractices:file", "goodpractices:picture",
             "calls_feed", "call_deadlines_feed", "grants:calendar", "grants:file",
             "health", "status", "robots", "webinars_feed", "recordings_feed", "webinars:poster",
             "goodpractices:figures_file", "webinars:figures_file", "webinars:webinar_figures_file",
             "webinars:town_file", "webinars:slides_file",
             "municipalities:search", "webinars:calendar", "demo_mail:html", "webinars:cycle_mail_html",
             "demo_mail:calendar", "webinars:registration_calendar", "webinars:people_export", "jobs:file", "reports:csv",
             "webinars:certificate", "webinars:cycle_certificate", "webinars:partner_logo"}  # fmt: skip
ALSO_SEEN_BY = {"pages:home": ROLES, "webinars:figures": ["AN", "CO"], "webinars:detail": ["AN", "ST", "CO"],
                "pages:my_page": ["SI", "ST", "CO"]}  # fmt: skip


def pages_of(role: str) -> list:
    """Pages that ``role`` is the first to see, and those that look different to it."""
    seen = []
    for entry in (entry for entry in entries() if entry.get):
        first = next((r for r, answer in zip(ROLES, entry.get, strict=True) if answer == "200"), None)
        viewers = ALSO_SEEN_BY.get(entry.url, [first])
        answers = dict(zip(ROLES, entry.get, strict=True))
        if entry.url not in NOT_PAGES and role in viewers and answers[role] == "200":
            seen.append(entry)
    return seen


def look(visitor, name: str) -> list[str]:
    """What is wrong with the page that is open."""
    wrong = []
    visitor.page.evaluate(AXE)
    for scheme, width in LOOKS:
        visitor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        visitor.page.set_viewport_size({"width": width, "height": 900})
        found = visitor.page.evaluate(RUN, TAGS)
        if (excess := visitor.page.evaluate(TOO_WIDE)) > 0:
            found.append(f"{excess} px too wide")
        wrong += [f"{name} ({scheme}, {width}): {violation}" for violation in found]
    return wrong


@pytest.mark.parametrize("role", ROLES)
def test_pages(role, visit):
    world = World()
    visitor, wrong = visit(world.people[role]), []
    for entry in pages_of(role):
        answer = visitor.page.goto(entry.address(world))
        wrong += [] if answer.status == 200 else [f"{entry}: {answer.status}"]
        wrong += look(visitor, str(entry))
    assert not wrong, "\n".join(wrong)
    assert (visitor.complaints, visitor.elsewhere) == ([], [])


ERRORS = [("AN", "account_login"), ("ST", "users:change_email"), ("SI", "webinars:register"), ("CO", "webinars:create"),
          ("CO", "webinars:people_add"), ("CO", "webinars:attendance_add"),
          ("CO", "municipalities:memberships"), ("CO", "reports:correct")]  # fmt: skip


def test_forms_that_are_sent_empty(visit):
    """The summary of errors comes first, has the focus, and every one of its links leads to a field."""
    world, wrong = World(), []
    for role, url in ERRORS:
        visitor = visit(world.people[role])
        page = visitor.page
        page.goto(next(e for e in entries() if e.url == url).address(world))
        for kind in ("text", "email"):
            for control in page.locator(f"main form[method=post] input[type={kind}]:visible").all():
                control.fill("")
        form = page.locator("main form[method=post]:has(input:not([type=hidden]))")
        with page.expect_navigation():  # a click alone does not wait for the page that it leads to
            form.locator("button[type=submit]:not([aria-hidden]):visible").first.click()
        summary = page.locator(".error-summary")
        if not summary.count():
            wrong.append(f"{url}: no summary of errors")
            continue
        if not page.evaluate("() => document.activeElement.closest('.error-summary') !== null"):
            wrong.append(f"{url}: the summary has not the focus")
        targets = page.eval_on_selector_all(".error-summary a", "links => links.map(a => a.getAttribute('href'))")
        wrong += [f"{url}: {t} leads nowhere" for t in targets if not page.locator(f'[id="{t.lstrip("#")}"]').count()]
        wrong += [] if page.title().startswith(("Erro", "Error")) else [f"{url}: the title does not begin with the error"]
        wrong += look(visitor, f"{url} with errors")
    assert not wrong, "\n".join(wrong)


def test_pages_of_errors(visit):
    world = World()
    visitor = visit(world.people["SI"])
    wrong = []
    for address in ("/no-such-page/", "/webinars/manage/"):
        visitor.page.goto(address)
        wrong += look(visitor, address)
    assert not wrong, "\n".join(wrong)


def test_negative_control_a_violation_is_seen(visit):
    visitor = visit()
    visitor.page.goto("/about/")
    bad = '<img src="/x.png"><a href="/"></a>'
    visitor.page.evaluate("markup => document.querySelector('main').insertAdjacentHTML('beforeend', markup)", bad)
    found = " ".join(look(visitor, "about"))
    assert "image-alt" in found
    assert "link-name" in found
