"""Whatever is typed where something is looked for, the page comes: nothing that anybody sends is an error of the server."""

import pytest

from tests.factories import make_municipality
from tests.goodpractices.practices import make_practice
from tests.grants.calls import make_call

pytestmark = pytest.mark.django_db

PLACES = [
    "/search/?q={typed}",
    "/practices/?q={typed}",
    "/practices/export.csv?q={typed}",
    "/practices/?like={typed}",
    "/calls/?q={typed}&kind={typed}&theme={typed}&who={typed}&territory={typed}",
]

NASTY = {
    # As browsers send them: percent-encoded UTF-8, or what programs make of it.
    "a word with combining marks": "sau%CC%81de",
    "a combining mark alone": "%CC%81",
    "a word and a combining mark": "saude+%CC%81",
    "a zero-width joiner": "%E2%80%8D",
    "a zero-width joiner in a word": "sa%E2%80%8Dde",
    "a mark that turns the direction": "%E2%80%8Fsaude",
    "an override of the direction": "%E2%80%AEedu%C3%A7%C3%A3o",
    "Arabic": "%D8%B5%D8%AD%D8%A9",
    "an emoji": "%F0%9F%91%A9%E2%80%8D%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7",
    "a lone surrogate": "%ED%A0%80",
    "half of an emoji": "saude+%ED%A0%BD",
    "bytes that are no UTF-8": "%FF%FE",
    "a word in Latin-1": "educa%E7%E3o",
    "an escape that is none": "100%",
    "an escape of JavaScript": "%uD83D",
    "NUL": "%00",
    "NUL in a word": "sau%00de",
    "control characters": "%01%02%1F%7F",
    "a line break": "saude%0D%0Acuidar",
    "300 characters": "a" * 300,
    "300 accents and spaces": "%C3%A1+" * 150,
    "5000 characters": "saude+" * 833,
    "a middle dot": "l%C2%B7l",
    "a middle dot alone": "%C2%B7",
    "a Catalan word": "col%C2%B7laboraci%C3%B3",
    "a quote": "%22",
    "a quote that is not closed": "%22banco+de",
    "quotes within quotes": "%22%22%22",
    "an apostrophe": "d%27igualtat+%27",
    "a backslash": "%5C",
    "a percent sign and an underscore": "%25+_",
    "a star": "*",
    "a word with a star": "cuid*",
    "a star before a word": "*cuid",
    "a caret": "%5Esaude",
    "NEAR": "NEAR",
    "NEAR with its parentheses": "NEAR(banco+horas,+2)",
    "AND": "AND",
    "OR at the end": "banco+OR",
    "NOT at the beginning": "NOT+banco",
    "all of them": "AND+OR+NOT+NEAR",
    "a column": "title:banco",
    "columns in braces": "%7Btitle+body%7D:banco",
    "a minus": "-banco",
    "a plus": "banco+%2B+horas",
    "parentheses": "(((",
    "parentheses closed first": ")(",
    "an ampersand": "banco+%26+horas",
    "an ampersand alone": "%26",
    "a bar": "banco+|+horas",
    "an exclamation mark": "!banco",
    "followed by": "banco+%3C-%3E+horas",
    "followed by nothing": "%3C-%3E",
    "a prefix with weights": "banco:*AB",
    "a prefix alone": ":*",
    "a colon": ":",
    "a tag": "%3Cscript%3Ealert(1)%3C/script%3E",
    "punctuation alone": "...+,,,+;;;",
    "nothing but spaces": "+%C2%A0+%E3%80%80",
}  # fmt: skip


@pytest.fixture
def something():
    """To find, so that passages are made and rows are counted."""
    make_municipality(name="Saúde")
    make_practice(title="Saúde: um banco de horas")
    make_call(title="Saúde e banco de horas")


@pytest.mark.parametrize("typed", NASTY.values(), ids=NASTY.keys())
def test_the_page_comes_whatever_is_typed(client, something, typed):
    answers = {}
    for place in PLACES:
        response = client.get(place.format(typed=typed), follow=True)
        b"".join(response.streaming_content if response.streaming else [response.content])
        answers[place] = response.status_code
    assert answers == dict.fromkeys(PLACES, 200)
