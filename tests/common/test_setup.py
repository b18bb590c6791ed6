"""What is made before the portal starts: static files in a folder of their own, compiled translations."""

import os
from pathlib import Path

import polib
import pytest

from network_portal.common.management.commands import setup_portal
from network_portal.common.translations import compile_catalogues


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    return settings.STATIC_ROOT


def test_static_files_are_collected_into_the_folder_of_the_setting(folder):
    setup_portal.collect_static_files()
    assert (folder / "css/tokens.css").is_file()


def test_what_was_collected_before_and_is_gone_from_the_sources_goes(folder, monkeypatch):
    setup_portal.collect_static_files()
    (folder / "old.css").write_text("a {}")
    monkeypatch.setattr(setup_portal, "fingerprint", lambda: "other sources")
    setup_portal.collect_static_files()
    assert [(folder / name).exists() for name in ("old.css", "css/tokens.css")] == [False, True]


def test_a_folder_that_the_portal_did_not_fill_is_not_emptied(folder):
    folder.mkdir()
    (folder / "letters.txt").write_text("somebody's")
    setup_portal.collect_static_files()
    assert (folder / "letters.txt").read_text() == "somebody's"


def test_catalogues_compiled_by_two_processes_at_once_are_whole(tmp_path, monkeypatch):
    """The second does the same, from beginning to end, between the first one's writing and its moving into place."""
    source = tmp_path / "pt/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="place", msgstr="lugar"))
    catalogue.save(str(source))
    save, second = polib.POFile.save_as_mofile, [4242]

    def write(po, name):
        save(po, name)
        if second:
            monkeypatch.setattr(os, "getpid", second.pop)
            assert compile_catalogues(tmp_path) == 1

    monkeypatch.setattr(polib.POFile, "save_as_mofile", write)
    assert compile_catalogues(tmp_path) == 1
    assert [path.name for path in sorted(source.parent.iterdir())] == ["django.mo", "django.po"]
    assert [entry.msgstr for entry in polib.mofile(str(source.with_suffix(".mo")))] == ["lugar"]
