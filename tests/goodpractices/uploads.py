"""Files that are chosen on the pages of writing."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.goodpractices.writing import send


def on_disk(media) -> list[str]:
    return sorted(path.name for path in Path(media).rglob("*") if path.is_file())


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-what-a-browser-says")


def add(client, draft, kind: str, *uploads, code: str = "media", **changes):
    """Choose files and press the button that sends them."""
    return send(client, draft, code, row=f"{kind}:upload", **{f"add_{kind}": list(uploads)}, **changes)
