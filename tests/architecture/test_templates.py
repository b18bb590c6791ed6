"""What the engine of templates does not say by itself."""

import re

from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
ONLY = re.compile(r'{% include "([^"]+)"([^%]*) only %}')


def test_a_part_with_a_form_is_handed_its_token():
    """``only`` leaves the token behind: the form would be refused, in a browser alone."""
    texts = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}
    handed = [(page, part, words) for page, text in texts.items() for part, words in ONLY.findall(text)]
    needed = [(page, part, words) for page, part, words in handed if "csrf_token" in texts.get(part, "")]
    assert needed
    assert [(page, part) for page, part, words in needed if "csrf_token=csrf_token" not in words] == []
