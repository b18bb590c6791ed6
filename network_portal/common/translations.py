"""Compiled translations without gettext: ``python -m network_portal.common.translations``."""

import os
from pathlib import Path

import polib

LOCALE_DIR = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogues(folder: Path = LOCALE_DIR) -> int:
    """Write each ``.mo`` that is older than its ``.po``; the number written.

    Written beside, under a name of the process, and moved into place: who starts at the same time never reads half a file.
    """
    written = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = source.with_suffix(f".{os.getpid()}.mo")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)
        written += 1
    return written


if __name__ == "__main__":
    print(f"Translations compiled: {compile_catalogues()}.")
