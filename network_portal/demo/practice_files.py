"""Pictures and documents of the demonstration's practices: drawn, or read from the folder of the texts."""

from copy import deepcopy
from io import BytesIO

from goodpractices.models import Practice, PracticeFile
from goodpractices.services.files import keep_file
from network_portal.demo.pictures import DRAWINGS
from network_portal.demo.practice_texts import FOLDER
from network_portal.users.models import User

Kind = PracticeFile.Kind


def without_files(contents: dict[str, dict]) -> dict[str, dict]:
    """``contents`` before any file was added."""
    plain = deepcopy(contents)
    plain.get("results", {}).pop("evaluation", None)
    if "media" in plain:
        plain["media"] |= {"pictures": [], "documents": []}
    return plain


def add_files(practice: Practice, contents: dict[str, dict], *, by: User) -> dict[str, dict]:
    """Keep the files that ``contents`` names; ``contents`` with their uuids."""
    whole = deepcopy(contents)
    media, results = whole.get("media", {}), whole.get("results", {})
    for row in media.get("pictures", []):
        name = row.pop("draw")
        row["file"] = _keep(practice, Kind.PICTURE, f"{name}.png", DRAWINGS[name](), by=by)
    for row in media.get("documents", []):
        row["file"] = _keep(practice, Kind.DOCUMENT, row["file"], (FOLDER / row["file"]).read_bytes(), by=by)
    if results.get("evaluation"):
        name = results["evaluation"]
        results["evaluation"] = _keep(practice, Kind.DOCUMENT, name, (FOLDER / name).read_bytes(), by=by)
    return whole


def _keep(practice: Practice, kind: str, name: str, content: bytes, *, by: User) -> str:
    """The uuid of the file; the same one when it is kept already."""
    file, _is_new = keep_file(practice, kind, by=by, file=BytesIO(content), name=name, size=len(content))
    return str(file.uuid)
