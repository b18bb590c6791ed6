"""What the pages of writing show and take, as a browser does: every field of the form as it stands there."""

import re
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse
from django.utils import translation

from goodpractices.models import Practice


class Form(HTMLParser):
    """The fields of the section's form in the order of the page: ``fields`` are (name, value), as they would be sent."""

    def __init__(self, page: str):
        super().__init__()
        self.fields, self.buttons, self._inside, self._area, self._select = [], [], False, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._inside = "data-autosave" in given or "write__form" in given.get("class", "")
        if not self._inside:
            return
        if tag == "input" and given.get("type") not in ("checkbox", "radio", "file"):
            self.fields.append((given["name"], given.get("value", "")))
        elif tag == "input" and given.get("type") != "file" and "checked" in given:
            self.fields.append((given["name"], given.get("value", "on")))
        elif tag == "textarea":
            self._area = (given["name"], "")
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select and "selected" in given:
            self.fields.append((self._select, given.get("value", "")))
        elif tag == "button" and given.get("name"):
            self.buttons.append((given["name"], given["value"]))

    def handle_data(self, data):
        if self._area:
            self._area = (self._area[0], self._area[1] + data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            self.fields.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._inside = False

    def sent(self, **changes) -> dict:
        """What is posted; ``changes`` by name, None takes a field off. Names have "__" where the page has "-"."""
        data = {}
        for name, value in self.fields:
            data.setdefault(name, []).append(value)
        for name, value in changes.items():
            name = name.replace("__", "-")
            data.pop(name, None)
            if value is not None:
                data[name] = value if isinstance(value, list) else [value]
        return data


def url(practice: Practice, code: str) -> str:
    with translation.override("en"):
        return reverse("goodpractices:section", args=[practice.pk, code])


def open_form(client: Client, practice: Practice, code: str) -> Form:
    return Form(client.get(url(practice, code)).content.decode())


def send(client: Client, practice: Practice, code: str, *, form: Form | None = None, by_itself: bool = False, **changes):
    """Open the page (unless it is open: ``form``), change it, and press a button or let it save by itself."""
    data = (form or open_form(client, practice, code)).sent(**changes)
    headers = {"HX-Request": "true"} if by_itself else {}
    return client.post(url(practice, code), data, headers=headers)


def stored(practice: Practice, code: str) -> dict:
    """What is stored in the section of the version at work."""
    practice = Practice.objects.get(pk=practice.pk)
    section = practice.work_version.sections.filter(code=code).first()
    return section.content if section else {}


def text_of(response) -> str:
    """The page without tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
