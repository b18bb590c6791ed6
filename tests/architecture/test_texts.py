"""Texts to translate stand where they are collected."""

import ast

from django.conf import settings

APPS = ("goodpractices", "grants", "municipalities", "network_portal", "webinars")
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def test_no_text_to_translate_stands_inside_an_f_string():
    """xgettext does not look into them: such a text falls out of the catalogues."""
    paths = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py")]
    assert len(paths) > 100
    assert [f"{path}:{node.lineno}" for path in paths for node in _hidden(ast.parse(path.read_text()))] == []


def _hidden(tree: ast.Module):
    for text in ast.walk(tree):
        if isinstance(text, ast.JoinedStr):
            calls = (node for node in ast.walk(text) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
            yield from (call for call in calls if call.func.id in MARKS)
