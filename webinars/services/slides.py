"""Slides of a webinar: the file first, then its row, so that no row is ever without its file."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.common.files import Checked
from network_portal.users.models import User
from webinars.errors import SlidesRefused
from webinars.models import Slides, Webinar
from webinars.services import places

FOLDER = "slides"
MOST = 30  # of a webinar
LOST_AFTER = timedelta(days=1)  # an upload under way is younger


def add_slides(
    webinar: Webinar, *, by: User, file: BinaryIO, checked: Checked, title: str, author: str = "", is_accessible: bool = False
) -> tuple[Slides, bool]:
    """Keep a checked file; whether it is new. The same file twice is kept once. Raises SlidesRefused.

    The file reaches the disk before its row is written, outside of any transaction: a crash in between leaves a file that
    ``remove_lost_files`` takes away.
    """
    if there := Slides.objects.filter(webinar=webinar, sha256=checked.sha256).first():
        return there, False
    slides = Slides(webinar=webinar, title=title, author=author, is_accessible=is_accessible)
    slides.file_name, slides.content_type = checked.name, checked.content_type
    slides.size, slides.sha256 = checked.size, checked.sha256
    slides.content.save("", File(file), save=False)
    try:
        _reach_the_disk(slides.content.path)
        return _write_row(slides, by=by)
    except BaseException:
        default_storage.delete(slides.content.name)
        raise


def _reach_the_disk(path: str) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _write_row(slides: Slides, *, by: User) -> tuple[Slides, bool]:
    try:
        with transaction.atomic():
            places.lock(slides.webinar)
            if slides.webinar.slides.count() >= MOST:
                raise SlidesRefused(_("A webinar has at most %(most)s files. Delete one first") % {"most": MOST})
            slides.save(force_insert=True)
            facts = {"title": slides.title, "file": slides.file_name, "sha256": slides.sha256}
            record("webinar.slides_added", about=slides.webinar.mail_subject, by=by, **facts)
            return slides, True
    except IntegrityError:  # somebody added the same file in this very moment
        default_storage.delete(slides.content.name)
        return Slides.objects.get(webinar=slides.webinar, sha256=slides.sha256), False


@transaction.atomic
def remove_slides(slides: Slides, *, by: User) -> None:
    """Delete a file: its row at once, what is on the disk when that is certain."""
    name = slides.content.name
    record("webinar.slides_removed", about=slides.webinar.mail_subject, by=by, title=slides.title, sha256=slides.sha256)
    slides.delete()
    transaction.on_commit(lambda: default_storage.delete(name))


def remove_lost_files(*, now: datetime) -> int:
    """Delete files that no row names, left by crashes; the number of files."""
    folder = Path(default_storage.path(FOLDER))
    old = [path for path in folder.glob("*") if path.is_file() and path.stat().st_mtime < (now - LOST_AFTER).timestamp()]
    rows = Slides.objects.filter(uuid__in=[path.name for path in old if _is_uuid(path.name)])
    known = {str(uuid) for uuid in rows.values_list("uuid", flat=True)}
    lost = [path for path in old if path.name not in known]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _is_uuid(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
