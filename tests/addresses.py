"""Every address of the portal, and what permissions.yml says of it."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.urls import get_resolver, reverse

from tests.world import ROLES, World

FILE = Path(__file__).with_name("permissions.yml")


@dataclass
class Entry:
    """One address with its expected answers: per role a status, ``L`` (to the sign-in), ``done`` or ``-`` (not asked)."""

    url: str
    args: dict = field(default_factory=dict)
    get: list[str] = field(default_factory=list)
    post: list[str] = field(default_factory=list)
    data: dict = field(default_factory=dict)
    changes: str = ""
    note: str = ""

    def __str__(self):
        return " ".join([self.url, *map(str, self.args.values()), *([self.note] if self.note else [])])

    def address(self, world: World) -> str:
        return reverse(self.url, kwargs={name: stands_for(value, world) for name, value in self.args.items()})

    def posted(self, world: World) -> dict:
        return {name: stands_for(value, world) for name, value in self.data.items()}


@dataclass
class Case:
    """One request of one role and the answer it must get."""

    entry: Entry
    method: str
    role: str
    answer: str

    def __str__(self):
        return f"{self.entry} {self.method} {self.role}"


def stands_for(value, world: World):
    return world.values[value[1:]] if isinstance(value, str) and value.startswith("$") else value


def entries() -> list[Entry]:
    rows = yaml.safe_load(FILE.read_text())
    for row in rows:
        row |= {method: str(row.get(method, "")).split() for method in ("get", "post")}
    return [Entry(**row) for row in rows]


def cases() -> list[Case]:
    return [
        Case(entry, method, role, answer)
        for entry in entries()
        for method in ("get", "post")
        for role, answer in zip(ROLES, getattr(entry, method), strict=bool(getattr(entry, method)))
        if answer != "-"
    ]


def named_urls(resolver=None, spaces=()) -> dict[str, str]:
    """Full name to pattern of every address, Django's admin apart; an address without a name is an error."""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            if pattern.namespace != "admin":
                found |= named_urls(pattern, inner)
        else:
            assert pattern.name, f"{pattern} has no name"
            found[":".join([*spaces, pattern.name])] = str(pattern.pattern)
    return found
