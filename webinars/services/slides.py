"""Slides of a webinar: the file first, then its row, so that no row is ever without its file."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from network_portal.audit.services import record
from network_portal.common import kept
from network_portal.common.files import Checked
from network_portal.users.models import User
from webinars.errors import SlidesRefused
from webinars.models import Slides, Webinar
from webinars.search import index_webinar
from webinars.services import places

FOLDER = "slides"
MOST = 30  # of a webinar


def add_slides(
    webinar: Webinar, *, by: User, file: BinaryIO, checked: Checked, title: str, author: str = "", is_accessible: bool = False
) -> tuple[Slides, bool]:
    """Keep a checked file; whether it is new. The same file twice is kept once. Raises SlidesRefused, NoRoom."""
    if there := Slides.objects.filter(webinar=webinar, sha256=checked.sha256).first():
        return there, False
    slides = Slides(webinar=webinar, title=title, author=author, is_accessible=is_accessible)

    def write(row: Slides) -> None:
        places.lock(webinar)
        if webinar.slides.count() >= MOST:
            raise SlidesRefused(_("A webinar has at most %(most)s files. Delete one first") % {"most": MOST})
        row.save(force_insert=True)
        index_webinar(webinar)
        facts = {"title": row.title, "file": row.file_name, "sha256": row.sha256}
        record("webinar.slides_added", about=webinar.mail_subject, by=by, **facts)

    if kept.keep(slides, file=file, checked=checked, write=write):
        return slides, True
    return Slides.objects.get(webinar=webinar, sha256=checked.sha256), False


@transaction.atomic
def remove_slides(slides: Slides, *, by: User) -> None:
    """Delete a file: its row at once, what is on the disk when that is certain."""
    record("webinar.slides_removed", about=slides.webinar.mail_subject, by=by, title=slides.title, sha256=slides.sha256)
    kept.delete_when_sure(slides.content.name)
    slides.delete()
    index_webinar(slides.webinar)


def remove_lost_files(*, now: datetime) -> int:
    """Delete files that no row names, left by crashes; the number of files."""
    return kept.remove_lost(Slides.objects.all(), folder=FOLDER, now=now)
