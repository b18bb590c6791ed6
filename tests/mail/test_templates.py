"""Every mail in every language: complete, alike in text and HTML, without a variable left empty."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import settings

from network_portal.mail import rendering
from tests.mail.samples import SAMPLES

FOLDER = settings.BASE_DIR / "templates/mail"
TEMPLATES = sorted(str(path.relative_to(FOLDER))[:-4] for path in FOLDER.glob("*/*.txt"))
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


def test_every_mail_has_a_sample_and_both_parts():
    assert sorted(SAMPLES) == TEMPLATES
    assert sorted(str(path.relative_to(FOLDER))[:-5] for path in FOLDER.glob("*/*.html")) == TEMPLATES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", SAMPLES)
def test_a_mail(template, language, settings, db):
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "MISSING"
    category, make_context = SAMPLES[template]
    context = make_context()
    mail = rendering.render(template, to="ana@example.org", language=language, category=category, context=context)
    for part in (mail.subject, mail.text, mail.html):
        assert part.strip()
        for wrong in ("{{", "{%", "MISSING", "None", "&amp;amp;"):
            assert wrong not in part
    assert len(mail.subject) <= 60
    assert "&#" not in mail.text
    assert " ." not in mail.text
    links = Links(mail.html)
    assert links.lang == language
    assert {link for link in links.found if link.startswith("http")} == set(ADDRESS.findall(mail.text))
    assert "url(" not in unescape(mail.html)
    assert re.search(r'<td class="panel"[^>]* style="', mail.html)
    assert len((mail.text + mail.html).encode()) < rendering.MOST_BYTES


def test_the_languages_differ():
    category, make_context = SAMPLES["users/sign_in_code"]
    texts = {
        rendering.render("users/sign_in_code", to="a@example.org", language=code, category=category, context=make_context()).text
        for code in LANGUAGES
    }
    assert len(texts) == len(LANGUAGES)
