"""Asking the catalogue, and practices to be found in it."""

import re
from html import unescape

from goodpractices.models import Practice
from goodpractices.services import projection
from tests.goodpractices.practices import make_draft, make_practice


def catalogue(client, address: str = "", **headers):
    response = client.get(f"/practices/?{address}", headers=headers)
    assert response.status_code == 200
    return response


def titles(response) -> list[str]:
    """The titles of the practices of the page, as they are read."""
    found = re.findall(r'class="practices__what"><h3><a [^>]*>(.*?)</a>', response.content.decode(), re.S)
    return [unescape(re.sub("<[^>]+>", "", title)) for title in found]


def counts(response, parameter: str) -> dict[str, int]:
    """The values that a facet offers, with what each would show."""
    option = rf'name="{parameter}" value="([^"]*)"[^>]*><span>.*?</span><span class="facet__count">(\d+)</span>'
    return {unescape(code): int(count) for code, count in re.findall(option, response.content.decode())}


def themes(*codes: str) -> dict:
    return {"classification": {"themes": list(codes), "sdg": [], "charter": []}}


def hidden_practices() -> list[Practice]:
    """One in every state in which it is not listed, each with a word of its own."""
    words = {"unpublished": "zangoneta", "archived": "zarabatana", "withdrawn": "zurrapa", "deleted": "zimbório"}
    practices = [make_draft(title={"title": "Um zoófito"}, context={"text": "zoófito"})]
    for state, word in words.items():
        practice = make_practice(title=f"Segredo {word}", context={"text": word}, classification={"themes": ["digital"]})
        Practice.objects.filter(pk=practice.pk).update(state=state)
        practice.refresh_from_db()
        projection.touch(practice)
        practices.append(practice)
    return practices
