"""Files that belong to rows: the file first, then its row, so that no row is ever without its file."""

import logging
import os
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, TypeVar
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from network_portal.common.errors import DomainError
from network_portal.common.files import Checked

UUID_LENGTH = 36
LOST_AFTER = timedelta(days=1)  # an upload under way is younger
Row = TypeVar("Row", bound=models.Model)
log = logging.getLogger(__name__)


class NoRoom(DomainError):
    """The disk did not take the file, most often because it is full; the fault is in the log, and not the person's."""


def keep(
    row: Row,
    *,
    file: BinaryIO,
    checked: Checked,
    write: Callable[[Row], None],
    beside: Iterable[tuple[str, bytes]] = (),
) -> bool:
    """Put a checked file on the disk, then ``write`` its row in a transaction; False when the table has the same file.

    ``row`` has the fields ``content``, ``file_name``, ``content_type``, ``size`` and ``sha256``. ``beside`` are further
    contents of the row, each kept under the name of the file with "-" and its word behind it. Everything reaches the disk
    before the row is written, outside of any transaction: a crash in between leaves files that ``remove_lost`` takes away.
    Whatever ``write`` raises is raised again, without the files. Raises NoRoom.
    """
    row.file_name, row.content_type = checked.name, checked.content_type
    row.size, row.sha256 = checked.size, checked.sha256
    names: list[str] = []
    try:
        _put_on_the_disk(row, file, beside, names)
        with transaction.atomic():
            write(row)
        return True
    except IntegrityError:  # somebody added the same file in this very moment
        _delete(names)
        return False
    except OSError as error:
        _delete(names)
        log.exception("A file could not be kept on the disk")
        raise NoRoom(_("The file could not be kept on the server. Try again in a while")) from error
    except BaseException:
        _delete(names)
        raise


def _put_on_the_disk(row: models.Model, file: BinaryIO, beside: Iterable[tuple[str, bytes]], names: list[str]) -> None:
    """Everything of ``row``; ``names`` receives each file as soon as it is there."""
    row.content.save("", File(file), save=False)
    names.append(row.content.name)
    for word, content in beside:
        names.append(default_storage.save(f"{row.content.name}-{word}", ContentFile(content)))
    for name in names:
        _reach_the_disk(default_storage.path(name))


def _reach_the_disk(path: str) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def delete_when_sure(*names: str) -> None:
    """Delete what is on the disk when the transaction that took its row away is certain."""
    transaction.on_commit(lambda: _delete(names))


def remove_lost(rows: models.QuerySet, *, folder: str, now: datetime) -> int:
    """Delete files of ``folder`` that no ``uuid`` of ``rows`` names, left by crashes; the number of files."""
    place = Path(default_storage.path(folder))
    old = [path for path in place.glob("*") if path.is_file() and path.stat().st_mtime < (now - LOST_AFTER).timestamp()]
    found = rows.filter(uuid__in={uuid for path in old if (uuid := _uuid_in(path.name))})
    known = {str(uuid) for uuid in found.values_list("uuid", flat=True)}
    lost = [path for path in old if _uuid_in(path.name) not in known]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _uuid_in(name: str) -> str:
    """The uuid that a file is called by, alone or with a word of ``keep``'s ``beside`` behind it; else nothing."""
    uuid, rest = name[:UUID_LENGTH], name[UUID_LENGTH:]
    try:
        return uuid if str(UUID(uuid)) == uuid and rest[:1] in ("", "-") else ""
    except ValueError:
        return ""
