"""The project's own files, for the tests that read them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["network_portal", "municipalities", "goodpractices", "webinars", "grants"]


def tracked(*patterns: str) -> list[Path]:
    """Files known to git (or about to be), so that build results and environments are left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in sorted(set(names)) if (ROOT / name).is_file()]


def python_files(*folders: str) -> list[Path]:
    return [p for p in tracked(*(f"{folder}/**.py" for folder in folders)) if "migrations" not in p.parts]
