"""Files that a person reads in one go, and words that have no place in them."""

import ast
import re

import pytest

from tests.architecture.source import PACKAGES, ROOT, python_files, tracked

MODULE, FUNCTION, TEMPLATE = 300, 40, 150
OURS = [*PACKAGES, "tests", "bench"]
FORBIDDEN = {
    r"\bmark_safe\b": "markup is made by templates",
    r"\.delay\(|\.apply_async\(": "no request publishes a task",
    r"except Exception\b(?!:  # a border: )|except:\s*$": "an error is named",
    r"\b(TODO|FIXME|XXX|PLACEHOLDER)\b": "what is begun is finished",
}


def long_functions(source: str) -> list[str]:
    """Functions with more lines than allowed, their decorators not counted."""
    functions = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return [f"{f.name} ({f.end_lineno - f.lineno + 1})" for f in functions if f.end_lineno - f.lineno + 1 > FUNCTION]


def test_modules_are_short():
    lengths = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in python_files(*OURS)}
    assert {name: n for name, n in lengths.items() if n > MODULE} == {}


def test_functions_are_short():
    found = {str(p.relative_to(ROOT)): long_functions(p.read_text()) for p in python_files(*OURS)}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_templates_are_short():
    lengths = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in tracked("templates/**")}
    assert {name: n for name, n in lengths.items() if n > TEMPLATE} == {}


@pytest.mark.parametrize("pattern", FORBIDDEN, ids=str)
def test_words_without_a_place(pattern):
    found = [
        f"{path.relative_to(ROOT)}:{number}: {FORBIDDEN[pattern]}"
        for path in python_files(*PACKAGES)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == []


def test_templates_carry_no_inline_style_or_script():
    """The security policy forbids both; mails are another matter, their styles are put on the elements when rendered."""
    pattern = re.compile(r"\sstyle=|<style\b|\son[a-z]+=\"|<script(?![^>]*(\bsrc=|application/ld\+json))|\|safe\b|autoescape off")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("templates/**.html")
        if "templates/mail/" not in path.as_posix()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_negative_control_a_long_function_is_seen():
    assert long_functions("def f():\n" + "    pass\n" * FUNCTION) == [f"f ({FUNCTION + 1})"]
