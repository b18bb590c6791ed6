"""Files that are chosen on the page of a section: kept at once, and named by a row of the page."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from goodpractices.errors import WrongState
from goodpractices.forms.pressed import with_row
from goodpractices.forms.whole import UPLOADS, SectionForms
from goodpractices.models import Practice, PracticeFile
from goodpractices.services import files, projection
from network_portal.common.errors import DomainError
from network_portal.common.kept import NoRoom

KINDS = {"pictures": PracticeFile.Kind.PICTURE, "documents": PracticeFile.Kind.DOCUMENT, "evaluation": PracticeFile.Kind.DOCUMENT}


@dataclass
class Added:
    """The posted page with its new files; what was refused by where it was chosen; what is worth saying."""

    data: QueryDict
    errors: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    last: str = ""  # the row that came last
    has_no_room: bool = False  # the disk is full


def add_files(practice: Practice, code: str, content: dict, data: QueryDict, posted, *, by) -> Added:
    """Keep what was chosen (``posted`` is the request's files) on the page of the section ``code``.

    Nothing is saved of the section itself. Raises PermissionDenied, WrongState.
    """
    added = Added(data)
    if data.get("row") == "evaluation:remove":
        _put(added, "evaluation", "")
    for name in UPLOADS.get(code, ()):
        chosen = posted.getlist(f"add_{name}")
        if data.get("row") == f"{name}:upload" and not chosen:
            added.errors[name] = [_("Select the picture") if name == "pictures" else _("Select the file")]
        if chosen:
            named = _named(practice, code, SectionForms(code, practice, content, added.data))
            for file in chosen:
                _add(added, name, file, practice, named, by=by, is_alone=len(chosen) == 1)
    return added


def _named(practice: Practice, code: str, forms: SectionForms) -> set[str]:
    """The files of the page, and those that the other sections name."""
    others = {other: content for other, content in projection.contents_of(practice.work_version).items() if other != code}
    return projection.named_files(others) | set(forms.file_names)


def _add(added: Added, name: str, file, practice: Practice, named: set[str], *, by, is_alone: bool) -> None:
    try:
        row, is_new = files.keep_file(practice, KINDS[name], by=by, file=file, name=file.name, size=file.size, named=named)
    except WrongState:
        raise
    except DomainError as error:
        added.has_no_room |= isinstance(error, NoRoom)
        added.errors.setdefault(name, []).append(str(error) if is_alone else f"{file.name}: {error}")
        return
    if name != "evaluation" and not is_new:
        added.notes.append(_("“%(name)s” is there already. It was kept once.") % {"name": row.file_name})
        return
    named.add(str(row.uuid))
    _put(added, name, str(row.uuid))


def _put(added: Added, name: str, uuid: str) -> None:
    if name != "evaluation":
        added.data = with_row(added.data, name, file=uuid)
        added.last = name
        return
    added.data = added.data.copy()
    added.data["evaluation"] = uuid
