"""The files that jobs make: ``MEDIA_ROOT/jobs/<uuid>/<lease token><suffix>``, so that no two attempts share one."""

import os
import re
import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from network_portal.jobs.models import Job

PART = ".part"  # while it is written
State = Job.State


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "jobs"


def folder(uuid: UUID) -> Path:
    return root() / str(uuid)


def part(job: Job, token: UUID) -> Path:
    """Where this attempt writes; its folder exists. What is there counts for nothing until ``keep``."""
    folder(job.uuid).mkdir(parents=True, exist_ok=True)
    return folder(job.uuid) / f"{token.hex}{PART}"


def keep(job: Job, token: UUID, *, name: str, content: Path | bytes) -> str:
    """The finished file under its last name in one step; the name for the row, relative to MEDIA_ROOT.

    A path that is not on the same disk as MEDIA_ROOT is copied; the original is gone afterwards.
    """
    written = part(job, token)
    if isinstance(content, bytes):
        written.write_bytes(content)
    elif content != written:
        shutil.move(content, written)
    _reach_the_disk(written)
    final = written.with_name(f"{token.hex}{_suffix(name)}")
    os.replace(written, final)
    return final.relative_to(settings.MEDIA_ROOT).as_posix()


def _suffix(name: str) -> str:
    """``.zip``: nothing else of a name that was made from titles reaches the disk."""
    suffix = Path(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) and suffix != PART else ".bin"


def _reach_the_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def drop_attempt(job: Job, token: UUID) -> None:
    """Delete what one attempt wrote."""
    for path in folder(job.uuid).glob(f"{token.hex}*"):
        path.unlink(missing_ok=True)


def drop_others(uuid: UUID, kept: str) -> int:
    """Delete everything of a job that is over but the file that its row names; the number of files deleted."""
    return _delete(path for path in _files(folder(uuid)) if path.name != Path(kept or "-").name)


def sweep() -> int:
    """Delete what dead attempts left; the number of files.

    Only folders of jobs that are over or have no row: nobody writes there any more. The folders are listed before the
    rows are read, so that a file whose job ends in between is the one its row names.
    """
    found = {path.name: _files(path) for path in root().glob("*") if path.is_dir() and _is_uuid(path.name)}
    rows = {
        str(uuid): (state, file) for uuid, state, file in Job.objects.filter(uuid__in=found).values_list("uuid", "state", "file")
    }
    deleted = 0
    for name, files in found.items():
        state, kept = rows.get(name, (State.FAILED, ""))
        if state in (State.DONE, State.FAILED):
            deleted += _delete(path for path in files if path.name != Path(kept or "-").name)
            _remove_if_empty(root() / name)
    return deleted


def remove(uuid: UUID) -> None:
    """Delete the folder of a job whose row names no file any more."""
    shutil.rmtree(folder(uuid), ignore_errors=True)


def size(job: Job) -> int | None:
    """Bytes; None when there is no file (or a backup was restored without it)."""
    return job.file.size if job.file and Path(job.file.path).is_file() else None


def _files(path: Path) -> list[Path]:
    return [entry for entry in path.glob("*") if entry.is_file()]


def _delete(paths) -> int:
    deleted = 0
    for path in paths:
        path.unlink(missing_ok=True)
        deleted += 1
    return deleted


def _remove_if_empty(path: Path) -> None:
    if not any(path.iterdir()):
        path.rmdir()


def _is_uuid(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
