"""Every mail in every language: complete, alike in text and HTML, without a variable left empty."""

import re
from copy import deepcopy
from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import settings

from network_portal.mail.models import OutboxMail
from network_portal.mail.rendering import MOST_BYTES
from tests.mail.samples import SAMPLES

FOLDER = settings.BASE_DIR / "templates/mail"
LANGUAGES = [code for code, _ in settings.LANGUAGES]
ADDRESS = re.compile(r"https?://[^\s<>\"']+")


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found, self.lang = set(), ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "html":
            self.lang = values.get("lang")
        if tag == "a":
            self.found.add(values.get("href", ""))
        assert tag not in ("img", "script", "link", "iframe")


def templates(suffix: str) -> list[str]:
    paths = FOLDER.glob(f"*/*.{suffix}")
    return sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in paths if not path.name.startswith("_"))


def test_every_mail_has_a_sample_and_both_parts():
    assert sorted(SAMPLES) == templates("txt") == templates("html")


@pytest.fixture
def _shows_missing_variables(settings):
    changed = deepcopy(settings.TEMPLATES)
    changed[0]["OPTIONS"]["string_if_invalid"] = "MISSING"
    settings.TEMPLATES = changed


@pytest.mark.usefixtures("_shows_missing_variables")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", SAMPLES)
def test_a_mail(template, language, db):
    SAMPLES[template](language)
    mail = OutboxMail.objects.get(template=template)
    for part in (mail.subject, mail.text, mail.html):
        assert part.strip()
        assert [wrong for wrong in ("{{", "{%", "MISSING", "None", "&amp;amp;") if wrong in part] == []
    assert len(mail.subject) <= 60
    assert "&#" not in mail.text
    assert "&amp;" not in mail.text
    links = Links(mail.html)
    assert links.lang == language
    assert {link for link in links.found if link.startswith("http")} == set(ADDRESS.findall(mail.text))
    assert "url(" not in unescape(mail.html)
    assert re.search(r'<td class="panel"[^>]* style="', mail.html)
    assert len((mail.text + mail.html).encode()) < MOST_BYTES


def test_the_languages_differ(db):
    for language in LANGUAGES:
        SAMPLES["webinars/confirmed"](language)
    assert OutboxMail.objects.values("subject").distinct().count() == len(LANGUAGES)
