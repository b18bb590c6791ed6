"""How tests go through the pages of registering."""

import html
import re

from django.urls import reverse
from django.utils import translation


def address(webinar, name: str = "register") -> str:
    with translation.override("en"):
        return reverse(f"webinars:{name}", args=[webinar.slug])


def hidden(response) -> dict:
    """What a check page carries."""
    main = response.content.decode().partition("<main")[2]
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', main)
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def text_of(response) -> str:
    return html.unescape(response.content.decode())
