"""A section in plain lines, and two versions compared word by word."""

import pytest
from django.utils import translation

from goodpractices.completeness import CHECKS
from goodpractices.diffs import MOST, differences, word_runs
from goodpractices.plain import READERS, lines_of
from goodpractices.sections import SECTIONS
from network_portal.vocabularies.reading import Vocabularies
from tests.goodpractices.practices import contents

WORDS = Vocabularies(None, {}, {}, {})


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def runs(old: str, new: str) -> list[tuple[str, str]]:
    return [(run.kind, run.text) for run in word_runs(old, new)]


def test_every_section_can_be_read():
    assert set(READERS) == set(CHECKS) == {section.code for section in SECTIONS}


@pytest.mark.parametrize("code", READERS)
def test_an_empty_section_has_no_lines(code):
    assert lines_of(code, {}, WORDS) == ()


def test_a_whole_practice_reads_as_text():
    whole = contents()
    text = "\n".join(f"{line.label}: {line.text}" for code in READERS for line in lines_of(code, whole[code], WORDS))
    for part in (
        "Block 1: Uma regra igual: O regulamento diz quem pode pedir",
        "What was learned: Sem prazo, a regra fica na gaveta.",
        "family (measured): Famílias monoparentais tiveram prioridade nos turnos.",
        "Homens que pediram horas: 11 → 34 pessoas. Source: Recursos humanos. By sex",
        "As chefias travaram: Um em quatro pedidos ficou sem resposta.",
        "Smallest municipality (residents): 5\u00a0000",
        "E-mail of the service (public): igualdade@cm-x.example",
        "Began: January\u00a02023",
    ):
        assert part in text


def test_words_that_stayed_went_and_came():
    assert runs("Um prazo de cinco dias.", "Um prazo de dez dias.") == [
        ("same", "Um prazo de"), ("gone", " cinco"), ("new", " dez"), ("same", " dias."),
    ]  # fmt: skip


def test_neighbouring_words_change_together():
    assert runs("ontem à noite", "amanhã de manhã") == [("gone", "ontem à noite"), ("new", "amanhã de manhã")]


def test_both_texts_can_be_read_out_of_the_difference():
    old = "O regulamento diz quem pode pedir, quantas horas e como. Cada chefia decide em 5 dias."
    new = "O regulamento diz quem pode pedir e como.\n\nCada chefia responde em 3 dias úteis."
    found = runs(old, new)
    assert "".join(text for kind, text in found if kind != "new").split() == old.split()
    assert "".join(text for kind, text in found if kind != "gone") == new


@pytest.mark.parametrize(("old", "new"), [("", ""), ("igual", "igual")])
def test_what_is_the_same_is_one_run(old, new):
    assert runs(old, new) == ([("same", old)] if old else [])


def test_very_long_lines_are_shown_whole():
    old, new = "a " * MOST + "a", "b " * MOST + "b"
    assert runs(old, new) == [("gone", old), ("new", new)]


def test_only_sections_that_differ_are_named():
    changed = contents(period={"ends": "2026-06", "is_running": False}, transfer={"smallest_town": 2000})
    found = differences(contents(), changed, WORDS)
    assert [diff.section.code for diff in found] == ["period", "transfer"]
    assert [(change.label, [(r.kind, r.text) for r in change.runs]) for change in found[1].changes] == [
        ("Smallest municipality (residents)", [("gone", "5\u00a0000"), ("new", "2\u00a0000")])
    ]
    assert differences(contents(), contents(), WORDS) == []


def test_blanks_alone_make_no_difference():
    assert differences(contents(), contents(context={"text": contents()["context"]["text"].replace(" ", "\n")}), WORDS) == []


def test_a_row_that_came_in_between_does_not_change_the_others():
    whole = contents()
    rows = whole["difficulties"]["difficulties"]
    new = contents(difficulties={"difficulties": [{"name": "Sem verba", "text": "Foi preciso esperar."}, *rows]})
    found = differences(whole, new, WORDS)
    assert [(c.label, c.runs[0].kind) for c in found[0].changes] == [("Sem verba", "new")]


def test_a_row_that_was_renamed_keeps_its_text():
    old = contents(difficulties={"difficulties": [{"name": "As chefias", "text": "Um em quatro pedidos ficou sem resposta."}]})
    found = differences(old, contents(), WORDS)
    text = [(r.kind, r.text) for r in found[0].changes[0].runs]
    assert text[:3] == [("gone", "As chefias"), ("same", " "), ("new", "As chefias travaram")]
    assert text[-1] == ("same", "Um em quatro pedidos ficou sem resposta.")
