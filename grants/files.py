"""Files of a call: documents that everybody downloads, and files of the result, which are public with it."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from grants import emails
from grants.errors import TooManyFiles
from grants.models import Call, CallEvent, CallFile
from grants.services import acting
from network_portal.common import kept
from network_portal.common.files import MEGABYTE, Checked
from network_portal.users.models import User

KINDS = ["pdf", "docx", "odt", "xlsx", "ods"]
LIMIT = 10 * MEGABYTE
MOST = 10  # of a call
FOLDER = "calls"
STATES = {CallFile.Kind.DOCUMENT: (Call.State.DRAFT, Call.State.PUBLISHED), CallFile.Kind.RESULT: (Call.State.PUBLISHED,)}


def add_file(
    call: Call,
    *,
    by: User,
    file: BinaryIO,
    checked: Checked,
    title: str,
    is_accessible: bool = False,
    kind: str = CallFile.Kind.DOCUMENT,
    notice: str = "",
) -> tuple[CallFile, bool]:
    """Keep a checked file; whether it is new. The same file twice is kept once.

    A document of a published call comes with a ``notice``, as every correction. Raises PermissionDenied, WrongState,
    ReasonMissing, TooManyFiles, NoRoom.
    """
    row = CallFile(call=call, kind=kind, title=title, is_accessible=is_accessible and checked.kind == "pdf")

    def write(row: CallFile) -> None:
        now = acting.begin(call, by=by, states=STATES[kind])
        if now.files.count() >= MOST:
            raise TooManyFiles(_("A call has at most %(most)s files. Delete one first.") % {"most": MOST})
        row.save(force_insert=True)
        _tell(now, kind, by=by, notice=notice, action="file_added", files=["", row.title])

    if there := _same(call, checked, by=by, kind=kind):
        return there, False
    if kept.keep(row, file=file, checked=checked, write=write):
        return row, True
    return CallFile.objects.get(call=call, sha256=checked.sha256), False


@transaction.atomic
def _same(call: Call, checked: Checked, *, by: User, kind: str) -> CallFile | None:
    acting.begin(call, by=by, states=STATES[kind])
    return CallFile.objects.filter(call=call, sha256=checked.sha256).first()


@transaction.atomic
def remove_file(file: CallFile, *, by: User, notice: str = "") -> None:
    """Delete a file: its row at once, what is on the disk when that is certain. Raises as ``add_file``."""
    call = acting.begin(file.call, by=by, states=STATES[file.kind])
    kept.delete_when_sure(file.content.name)
    file.delete()
    _tell(call, file.kind, by=by, notice=notice, action="file_removed", files=[file.title, ""])


def _tell(call: Call, kind: str, *, by: User, notice: str, action: str, files: list[str]) -> None:
    """The log notes it; what changes in public is a correction, and those who follow hear of it."""
    if kind == CallFile.Kind.DOCUMENT and call.state == Call.State.PUBLISHED:
        reason = acting.reason_in(notice)
        emails.queue_event(acting.finish(call, CallEvent.Kind.CORRECTED, by=by, text=reason, files=files))
    else:
        acting.renew(call)
        acting.note(call, action, by=by, title="".join(files))


def remove_lost_files(*, now: datetime) -> int:
    """Delete files that no row names, left by crashes; the number of files."""
    return kept.remove_lost(CallFile.objects.all(), folder=FOLDER, now=now)
