"""Markdown that would keep a worker busy for a minute is shown as it was typed; what people write is not touched."""

import time

import pytest

from network_portal.common.markdown_work import is_too_much
from network_portal.common.templatetags import portal

LONGEST = 20_000  # characters of the longest texts of calls, cycles, webinars and reports

# Over these the library needs seconds or minutes, or does not come back.
TOO_MUCH = [
    "[", "![", "[a", "[ ", "[a](", "[a](b", "[a](<", "[a][b", "[](", "*[", "`[", "<a ", "<a\n", "<a b='c' ", "<a href=\"",
    "<http://a", "<div\n", "<![CDATA[", "<!--", "<?", "\n=", "\n-", "\n***", "a\n===\n", "---\n", "[a]:\n", "1. ", "> ", ">",
    "> - ", "+ ",
]  # fmt: skip

# These take as long as they are long.
BEARABLE = [
    "*", "_", "*_", "*a*", "a*", "**a _", "***a* b", "`", "a`", "&", "&a", "&#1", "<", "<<a>>", "<b>", "<div>", "<!-- a -->\n",
    "[]", "[a] ", "[a](b) ", "![a](b) ", "\n- a", "- a\n\n    b\n\n", "1. a\n", "> - a\n", "\n>a\n\n", "    a\n", "\t", " ", "#",
    "\n\na", "\\", "a  \n", "<p>a</p>\n", "-", "=",
]  # fmt: skip


def long_text(unit: str) -> str:
    return (unit * LONGEST)[:LONGEST]


@pytest.mark.parametrize("unit", TOO_MUCH)
def test_what_would_take_minutes_is_shown_as_it_was_typed(monkeypatch, unit):
    monkeypatch.delattr(portal.markdown_library, "markdown")  # not even asked

    html = portal.markdown(long_text(unit))

    assert html.startswith("<p>")
    assert "<a" not in html
    assert not portal.loses_markup(long_text(unit))
    portal.plain_text(long_text(unit))


def test_brackets_within_brackets_are_shown_as_they_were_typed(monkeypatch):
    monkeypatch.delattr(portal.markdown_library, "markdown")
    text = "[" * 5000 + "]" * 5000

    assert portal.markdown(text) == f"<p>{text}</p>"


@pytest.mark.parametrize("unit", BEARABLE)
def test_marks_without_end_are_written_in_a_moment(unit):
    begin = time.monotonic()

    portal.markdown(long_text(unit))

    assert time.monotonic() - begin < 5  # about 0.3 on a slow machine


@pytest.mark.parametrize(
    "text",
    [
        "- [Guia de linguagem](https://example.org/guia_de_linguagem) e *mais* (ver anexo\n" * 240,  # one list, never closed
        "# Título\n\nTexto com **peso**.\n\n" * 500,
        "Um [parêntese reto por fechar. " * 10 + "Texto comprido. " * 1000,
        f"{'-' * 60}\n\n{'*' * 70}\n\n- - - - -\n\nTexto",
        "[risos] E depois? [inaudível]\n" * 10_000,  # a transcript without paragraphs
        "1. um\n2. dois\n    - dentro\n        - mais dentro\n            > citação\n" * 50,
        "Idade < 30 e > 15; a <b>pesar</b> de <https://example.org>.\n" * 200,
        "| a | b |\n|---|---|\n" * 200,
    ],
    ids=lambda text: text[:12],
)
def test_what_people_write_is_read_as_markdown(text):
    assert not is_too_much(text)


def test_deciding_takes_no_longer_than_the_text_is_long():
    begin = time.monotonic()
    for unit in ("[", "<a ", "[a](", " ", "\n \t", "[a]:", "-", "- x\n", "[risos] a\n\n"):
        is_too_much((unit * 500_000)[:500_000])  # the longest transcript

    assert time.monotonic() - begin < 20  # about 3
