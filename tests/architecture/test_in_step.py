"""Migrations follow the models; translations are whole; compose file, example of settings and settings name the same."""

import re

import polib
import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from tests.architecture.source import ROOT

TRANSLATED = [code for code, _ in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / f"network_portal/locale/{language}/LC_MESSAGES/django.po"))


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language):
    po = catalogue(language)
    assert len(po) > 0
    assert [e.msgid for e in po if e.obsolete or e.fuzzy or not e.translated()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_placeholders_of_their_texts(language):
    """Of a plural each form has those of one of the two texts."""
    wrong = []
    for entry in catalogue(language):
        allowed = [sorted(set(PLACEHOLDER.findall(t))) for t in (entry.msgid, entry.msgid_plural) if t]
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        wrong += [entry.msgid for text in texts if text and sorted(set(PLACEHOLDER.findall(text))) not in allowed]
    assert wrong == []


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def compose_variables() -> set[str]:
    return set(re.findall(r"\$\{(\w+)", re.sub(r"(?m)^\s*#.*", "", (ROOT / "docker-compose.yml").read_text())))


def settings_variables() -> set[str]:
    return set(re.findall(r"env(?:\.\w+)?\(\s*\"(\w+)\"", (ROOT / "network_portal/settings.py").read_text()))


def example_variables() -> set[str]:
    return set(re.findall(r"(?m)^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text()))


def test_the_example_names_every_variable_and_no_other():
    assert example_variables() == settings_variables() | compose_variables()


def test_every_variable_of_the_example_is_explained():
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = [i for i, line in enumerate(lines) if re.match(r"(# )?[A-Z_]+=", line)]
    assert [lines[i] for i in named if not re.match(r"# [^-]", lines[i - 1]) or i - 1 in named] == []


def test_compose_has_every_service_with_a_health_check():
    services = compose()["services"]
    assert set(services) == {"web", "worker", "beat", "postgres", "redis"}
    assert [name for name, service in services.items() if "healthcheck" not in service] == []


def test_compose_keeps_data_in_volumes():
    file = compose()
    mounted = {v.split(":")[0] for service in file["services"].values() for v in service.get("volumes", [])}
    assert mounted == set(file["volumes"]) == {"database", "media", "queue"}


def test_compose_is_configured_by_the_env_file_alone():
    ours = [compose()["services"][name] for name in ("web", "worker", "beat")]
    assert {service["env_file"] for service in ours} == {".env"}
    assert all("DEMO" not in service["environment"] and "DEBUG" not in service["environment"] for service in ours)


def test_compose_opens_no_port_to_the_world():
    ports = [port for service in compose()["services"].values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:${PORT:-8000}:8000"]


def test_the_settings_of_youtube_are_explained_to_who_runs_the_portal():
    text = (ROOT / "docs/operations.md").read_text()
    wanted = {name for name in settings_variables() if name.startswith("YOUTUBE_")}
    assert wanted == {name for name in wanted if f"`{name}`" in text}
    assert len(wanted) == 2
