"""Makes the pictures of the README from a demonstration that runs: python docs/screenshots.py http://localhost:8000"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.conftest import CHROMIUM

FOLDER = Path(__file__).parent / "img"


def main(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 960}, locale="pt-PT")
        page.goto(address)
        page.screenshot(path=FOLDER / "home.png")
        page.goto(f"{address}/webinars/")
        page.locator("main .rows a").first.click()
        page.screenshot(path=FOLDER / "webinar.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
