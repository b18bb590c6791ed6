"""Pictures and documents of a practice: kept first, then named by a section; removed when no version names them any more."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from goodpractices.completeness import MOST_BYTES, MOST_FILES
from goodpractices.errors import FilesFull
from goodpractices.models import Practice, PracticeFile, Section, SetAside
from goodpractices.permissions import can_write_practice
from goodpractices.services import acting
from goodpractices.services.projection import contents_of, named_files
from goodpractices.services.writing import OPEN
from network_portal.common import kept
from network_portal.common.files import MEGABYTE, TYPES, Checked, check, split_name
from network_portal.common.images import as_webp
from network_portal.users.models import User

FOLDER = "practices"
WIDTHS = (480, 960, 1600)
DOCUMENTS = list(TYPES)
LIMIT = 10 * MEGABYTE
UNNAMED_FOR = timedelta(days=1)  # a file that was just kept is named a moment later
Kind = PracticeFile.Kind


def keep_file(
    practice: Practice, kind: str, *, by: User, file: BinaryIO, name: str, size: int, named: Iterable[str] = ()
) -> tuple[PracticeFile, bool]:
    """Keep a picture or a document for a section to name; whether it is new. The same file twice is kept once.

    ``named`` are the uuids of the files on the page, which may not be saved yet: they count towards what a version may have.
    Raises PermissionDenied, WrongState, FilesFull, NoRoom, and FileRefused or PictureRefused for what cannot be taken.
    """
    named = {str(uuid) for uuid in named}
    _begin(practice, by=by)
    row, checked, content, beside = (_picture if kind == Kind.PICTURE else _document)(file, name, size)
    if there := practice.files.filter(sha256=checked.sha256).first():
        _check_room(practice, named - {str(there.uuid)}, checked.size)
        return there, str(there.uuid) not in named
    row.practice, row.added_by = practice, by

    def write(row: PracticeFile) -> None:
        _check_room(_begin(practice, by=by), named, checked.size)
        row.save(force_insert=True)

    if kept.keep(row, file=content, checked=checked, write=write, beside=beside):
        return row, True
    return practice.files.get(sha256=checked.sha256), False


@transaction.atomic
def _begin(practice: Practice, *, by: User) -> Practice:
    if not can_write_practice(by, practice):
        raise PermissionDenied
    practice = acting.lock(practice)
    acting.work_of(practice, *OPEN)
    return practice


def _picture(file: BinaryIO, name: str, size: int):
    """The row, what is known of it, its widest picture, and the narrower ones."""
    *narrower, widest = as_webp(file, size=size, widths=WIDTHS)
    widths = [*(made.width for made in narrower), widest.width]
    row = PracticeFile(kind=Kind.PICTURE, width=widest.width, height=widest.height, widths=widths)
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    checked = Checked(f"{split_name(name)[0]}.webp", "webp", "image/webp", size, sha256)
    return row, checked, BytesIO(widest.content), [(str(made.width), made.content) for made in narrower]


def _document(file: BinaryIO, name: str, size: int):
    checked = check(file, name=name, size=size, kinds=DOCUMENTS, limit=LIMIT)
    return PracticeFile(kind=Kind.DOCUMENT), checked, file, []


def _check_room(practice: Practice, named: set[str], size: int) -> None:
    """Whether one more file of ``size`` bytes fits beside those that the page and the version at work name."""
    sizes = list(practice.files.filter(uuid__in=named).values_list("size", flat=True))
    if len(sizes) >= MOST_FILES:
        words = {"most": MOST_FILES}
        raise FilesFull(_("A practice has at most %(most)s pictures and files together. Take one out first") % words)
    if sum(sizes) + size > MOST_BYTES:
        words = {"most": MOST_BYTES // MEGABYTE}
        text = _("The pictures and files of a practice must be smaller than %(most)s MB together. Take one out first")
        raise FilesFull(text % words)


def files_of(practice: Practice) -> set[str]:
    """The uuids of the files that the version at work names."""
    return named_files(contents_of(practice.work_version))


def remove_unnamed_files(*, now: datetime) -> int:
    """Delete what no version and no text that was set aside names any more, a day after it came; the number of files."""
    old = PracticeFile.objects.filter(is_public=False, added_at__lt=now - UNNAMED_FOR)
    practices = Practice.objects.filter(pk__in=old.values("practice")).order_by("pk")
    return sum(_remove_unnamed(practice, old) for practice in practices.iterator())


@transaction.atomic
def _remove_unnamed(practice: Practice, old) -> int:
    practice = acting.lock(practice)
    named = _named_anywhere(practice)
    lost = [file for file in old.filter(practice=practice) if str(file.uuid) not in named]
    for file in lost:
        kept.delete_when_sure(*file.names)
        file.delete()
    return len(lost)


def _named_anywhere(practice: Practice) -> set[str]:
    texts = [
        model.objects.filter(version__practice=practice, code__in=["media", "results"]).values_list("code", "content")
        for model in (Section, SetAside)
    ]
    return {uuid for rows in texts for code, content in rows for uuid in named_files({code: content})}


def remove_lost_files(*, now: datetime) -> int:
    """Delete files on the disk that no row names, left by crashes; the number of files."""
    return kept.remove_lost(PracticeFile.objects.all(), folder=FOLDER, now=now)
