"""Who may import whom (docs/adr/0005): a row only from the rows below; within a row never."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, python_files

ROWS = [
    ["network_portal"],  # settings, urls, celery: name everything
    ["network_portal.demo"],
    ["network_portal.pages", "network_portal.reports", "network_portal.privacy"],
    ["webinars", "grants"],
    ["goodpractices"],
    ["municipalities"],
    ["network_portal.vocabularies"],
    ["network_portal.users"],
    ["network_portal.audit"],
    ["network_portal.jobs"],
    ["network_portal.mail"],
    ["network_portal.search"],
    ["network_portal.common"],
]
ROW = {package: number for number, row in enumerate(ROWS) for package in row}
# inside an app: what a module of this name may never import from its own app, or from Django
NOT_FOR_SERVICES = ["tasks", "views", "forms", "filters", "manage_forms", "django.http", "django.contrib.messages"]
NOT_FOR = {
    "services": NOT_FOR_SERVICES,
    "emails": [*NOT_FOR_SERVICES, "services"],
    "querysets": [*NOT_FOR_SERVICES, "services", "emails", "models"],
    "models": [*NOT_FOR_SERVICES, "services", "emails", "permissions"],
    "permissions": [*NOT_FOR_SERVICES, "services", "emails"],
}


def package_of(name: str) -> str | None:
    """The package of ROWS that a dotted name belongs to: the longest that fits."""
    fitting = [p for p in ROW if name == p or name.startswith(f"{p}.")]
    return max(fitting, key=len, default=None)


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, module: str, *, is_package: bool = False) -> set[str]:
    """Dotted names of everything imported, at the top, inline or relative; ``from a import b`` gives ``a`` and ``a.b``."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                parent = parts[: len(parts) - node.level + is_package]
                base = ".".join([*parent, *filter(None, [node.module])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return found


def upward_imports(source: str, module: str, *, is_package: bool = False) -> list[str]:
    own = package_of(module)
    names = imports(source, module, is_package=is_package)
    return sorted({p for p in map(package_of, names) if p and p != own and ROW[p] <= ROW[own] and p != "network_portal"})


def forbidden_inside(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """Imports against the order inside an app."""
    rest = module.removeprefix("network_portal.").partition(".")[2]
    if not rest:
        return []
    prefix = module[: len(module) - len(rest) - 1]
    forbidden = {n if n.startswith("django.") else f"{prefix}.{n}" for n in NOT_FOR.get(rest.split(".")[0], [])}
    names = imports(source, module, is_package=is_package)
    return sorted(n for n in forbidden if any(name == n or name.startswith(f"{n}.") for name in names))


def scan(rule) -> list[str]:
    wrong = []
    for path in python_files(*PACKAGES):
        found = rule(path.read_text(), module_of(path), is_package=path.name == "__init__.py")
        wrong += [f"{path.relative_to(ROOT)} imports {name}" for name in found]
    return wrong


def test_packages_import_only_downwards():
    assert scan(upward_imports) == []


def test_modules_of_an_app_keep_their_order():
    assert scan(forbidden_inside) == []


def test_no_package_is_undecided():
    packages = {module_of(p) for p in python_files(*PACKAGES) if p.name == "apps.py"}
    assert {p.removesuffix(".apps") for p in packages} <= set(ROW)


def test_only_the_project_package_is_named_from_its_own_top():
    """``network_portal.urls``, ``settings`` and ``celery`` are for Django to load, not for the apps to import."""
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files(*PACKAGES)
        if package_of(module_of(path)) != "network_portal"
        for name in imports(path.read_text(), module_of(path))
        if name.startswith(("network_portal.urls", "network_portal.settings", "network_portal.celery"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "source",
    [
        "from webinars.models import Webinar",
        "import webinars.services",
        "def f():\n    from webinars import services",
        "if True:\n    import network_portal.pages.views",
        "from ..pages import views",
    ],
)
def test_negative_control_an_upward_import_is_seen(source):
    assert upward_imports(source, "network_portal.mail.outbox") != []


def test_negative_control_a_sideways_import_is_seen():
    assert upward_imports("from network_portal.reports import services", "network_portal.pages.views") == [
        "network_portal.reports"
    ]


def test_negative_control_a_service_that_imports_its_tasks_is_seen():
    assert forbidden_inside("from webinars import tasks", "webinars.services.places") == ["webinars.tasks"]
    assert forbidden_inside("from django.http import Http404", "webinars.services.places") == ["django.http"]


def test_downward_imports_are_allowed():
    assert upward_imports("from network_portal.mail import outbox\nimport django", "webinars.emails") == []
