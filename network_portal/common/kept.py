"""Files that belong to rows: the file first, then its row, so that no row is ever without its file."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, TypeVar
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction

from network_portal.common.files import Checked

LOST_AFTER = timedelta(days=1)  # an upload under way is younger
Row = TypeVar("Row", bound=models.Model)


def keep(row: Row, *, file: BinaryIO, checked: Checked, write: Callable[[Row], None]) -> bool:
    """Put a checked file on the disk, then ``write`` its row in a transaction; False when the table has the same file.

    ``row`` has the fields ``content``, ``file_name``, ``content_type``, ``size`` and ``sha256``. The file reaches the disk
    before its row is written, outside of any transaction: a crash in between leaves a file that ``remove_lost`` takes away.
    Whatever ``write`` raises is raised again, without the file.
    """
    row.file_name, row.content_type = checked.name, checked.content_type
    row.size, row.sha256 = checked.size, checked.sha256
    row.content.save("", File(file), save=False)
    name = row.content.name
    try:
        _reach_the_disk(row.content.path)
        with transaction.atomic():
            write(row)
        return True
    except IntegrityError:  # somebody added the same file in this very moment
        default_storage.delete(name)
        return False
    except BaseException:
        default_storage.delete(name)
        raise


def _reach_the_disk(path: str) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def delete_when_sure(name: str) -> None:
    """Delete what is on the disk when the transaction that took its row away is certain."""
    transaction.on_commit(lambda: default_storage.delete(name))


def remove_lost(rows: models.QuerySet, *, folder: str, now: datetime) -> int:
    """Delete files of ``folder`` that no ``uuid`` of ``rows`` names, left by crashes; the number of files."""
    place = Path(default_storage.path(folder))
    old = [path for path in place.glob("*") if path.is_file() and path.stat().st_mtime < (now - LOST_AFTER).timestamp()]
    found = rows.filter(uuid__in=[path.name for path in old if _is_uuid(path.name)])
    known = {str(uuid) for uuid in found.values_list("uuid", flat=True)}
    lost = [path for path in old if path.name not in known]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _is_uuid(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
