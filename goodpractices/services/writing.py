"""Writing a practice: a draft, its sections, a new version."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodpractices.errors import ChangedMeanwhile
from goodpractices.models import Practice, PracticeEvent, Section, SetAside, Version
from goodpractices.models.versions import WORKING
from goodpractices.permissions import can_write_practice
from goodpractices.sections import BY_CODE
from goodpractices.services import acting, projection
from municipalities.models import Municipality
from municipalities.permissions import can_write_for
from network_portal.users.models import User

OPEN = (Version.State.DRAFT, Version.State.CHANGES_REQUESTED)
CAN_BEGIN_ANEW = tuple(state for state in Practice.State if state != Practice.State.DELETED)


@transaction.atomic
def start_practice(
    municipality: Municipality, *, by: User, form: str = Version.Form.FULL, language: str = "", contents: dict | None = None
) -> Practice:
    """A new draft of ``municipality``, with ``contents`` {code: content} where something is known already.

    Raises PermissionDenied when ``by`` does not write for the municipality.
    """
    if not can_write_for(by, municipality):
        raise PermissionDenied
    language = language or by.language
    practice = Practice.objects.create(
        municipality=municipality, slug=f"practice-{uuid4().hex}", language=language, created_by=by
    )
    practice.slug = f"practice-{practice.pk}"
    version = practice.versions.create(number=1, form=form, created_by=by)
    practice.work_version = version
    practice.save(update_fields=["slug", "work_version"])
    contents = {"title": {"language": language}} | (contents or {})
    version.sections.bulk_create(Section(version=version, code=code, content=c, saved_by=by) for code, c in contents.items())
    projection.project(practice, version)
    acting.note(practice, PracticeEvent.Kind.CREATED, by=by, version=version)
    return practice


@transaction.atomic
def save_section(
    practice: Practice, code: str, content: dict, *, by: User, seen: int | None, number: int | None = None
) -> Section:
    """Keep what was written in a section of the version at work, complete or not.

    ``seen`` is the revision that the person read before writing; 0 when the section was empty, None to write whatever is
    there (after both texts were seen). ``number`` is that of the version in which they read it, where it is known. The same
    content again changes nothing. What the person had set aside in this section goes: this is what they decided.
    Raises PermissionDenied, WrongState, and ChangedMeanwhile when somebody saved it since.
    """
    if not can_write_practice(by, practice):
        raise PermissionDenied
    practice = acting.lock(practice)
    version = acting.work_of(practice, *OPEN)
    section = version.sections.select_related("saved_by").filter(code=BY_CODE[code].code).first()
    is_another = number is not None and number != version.number
    is_same = bool(section) and section.content == content
    if not is_same and seen is not None and (is_another or seen != (section.revision if section else 0)):
        raise ChangedMeanwhile(_("Somebody else saved this section meanwhile. Nothing was overwritten."), section)
    version.set_aside.filter(code=code, person=by).delete()
    if is_same:
        return section
    if section is None:
        section = Section(version=version, code=code, revision=0)
    section.content, section.revision = content, section.revision + 1
    section.saved_at, section.saved_by = timezone.now(), by
    section.save()
    if practice.public_version_id is None:
        projection.project(practice, version)
    return section


@transaction.atomic
def set_aside(practice: Practice, code: str, content: dict, *, by: User) -> SetAside:
    """Keep a text that was refused with ChangedMeanwhile, until ``by`` decides. Raises PermissionDenied, WrongState."""
    if not can_write_practice(by, practice):
        raise PermissionDenied
    version = acting.work_of(acting.lock(practice), *OPEN)
    kept = {"content": content, "at": timezone.now()}
    return version.set_aside.update_or_create(code=BY_CODE[code].code, person=by, defaults=kept)[0]


@transaction.atomic
def drop_set_aside(practice: Practice, code: str, *, by: User) -> None:
    """The person decided for the text that is stored."""
    SetAside.objects.filter(version__practice=practice, code=code, person=by).delete()


@transaction.atomic
def start_version(practice: Practice, *, by: User) -> Version:
    """A new version to write in, with everything of the public one, or of the last one where nothing ever was public; the
    one at work when there is one already.

    The public version stays as it is until the new one is published. Raises PermissionDenied, WrongState.
    """
    if not can_write_practice(by, practice):
        raise PermissionDenied
    practice = acting.lock(practice)
    acting.in_state(practice, *CAN_BEGIN_ANEW)
    if practice.work_version and practice.work_version.state in WORKING:
        return practice.work_version
    old = practice.public_version or practice.work_version
    number = practice.versions.order_by("-number").values_list("number", flat=True)[0] + 1
    version = practice.versions.create(number=number, form=old.form, created_by=by)
    copies = [
        Section(version=version, code=s.code, content=s.content, saved_at=s.saved_at, saved_by=s.saved_by)
        for s in old.sections.all()
    ]
    Section.objects.bulk_create(copies)
    practice.work_version = version
    if practice.public_version_id is None:  # withdrawn before it was public, and now begun anew
        practice.state = Practice.State.NEW
    practice.save(update_fields=["work_version", "state"])
    acting.note(practice, PracticeEvent.Kind.VERSION, by=by, version=version)
    return version


@transaction.atomic
def choose_form(practice: Practice, form: str, *, by: User) -> Version:
    """Make the version at work a snapshot or a full form; what was written in the other sections stays. Raises as above."""
    if not can_write_practice(by, practice):
        raise PermissionDenied
    practice = acting.lock(practice)
    version = acting.work_of(practice, *OPEN)
    version.form = Version.Form(form)
    version.save(update_fields=["form"])
    if practice.public_version_id is None:
        projection.project(practice, version)
    return version
