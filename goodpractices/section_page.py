"""What the page of one section works on: what is stored, who saved it, what was asked for, and what waits for a decision."""

from functools import cached_property

from django.urls import reverse

from goodpractices import services
from goodpractices.completeness import is_begun, problems_of
from goodpractices.forms import SectionForms
from goodpractices.models import Practice, Section, SetAside
from goodpractices.sections import BY_CODE, Template, needed
from goodpractices.tasklist import TaskList, after, section_url
from network_portal.common.templatetags.portal import loses_markup

IN_MARKDOWN = {"context": "text", "objectives": "text", "results": "text", "transfer": "conditions"}  # and the texts of blocks


class SectionPage:
    """The section ``code`` of the version at work of ``practice``, for ``user``."""

    def __init__(self, practice: Practice, code: str, user):
        self.practice, self.code, self.user = practice, code, user
        self.version = practice.work_version
        self.template: Template | None = BY_CODE.get(code)
        self.url = section_url(practice, code)

    @property
    def is_there(self) -> bool:
        """Whether there is something to open: one that only the full form has waits while it is a snapshot, unless the person
        has to decide in it."""
        if self.template is None or self.is_deleted:
            return False
        return self.version is None or self.is_shown or self.set_aside is not None

    @property
    def is_shown(self) -> bool:
        """Whether the form has this section."""
        return self.version is not None and self.template in needed(self.version.form).shown

    @property
    def is_deleted(self) -> bool:
        return self.practice.state == Practice.State.DELETED

    @property
    def way_out(self) -> str:
        """The address of the list of the sections; of a deleted practice that of all practices."""
        return reverse("goodpractices:mine") if self.is_deleted else reverse("goodpractices:write", args=[self.practice.pk])

    @property
    def is_open(self) -> bool:
        return self.version is not None and self.version.is_open

    @cached_property
    def section(self) -> Section | None:
        """What is stored, with who saved it."""
        if self.version is None:
            return None
        return self.version.sections.select_related("saved_by").filter(code=self.code).first()

    @property
    def content(self) -> dict:
        return self.section.content if self.section else {}

    @cached_property
    def set_aside(self) -> SetAside | None:
        """The person's text that came second, when it differs from what is stored."""
        aside = self.version.set_aside.filter(code=self.code, person=self.user).first()
        return aside if aside and aside.content != self.content else None

    @cached_property
    def comment(self) -> str:
        """What the reviewer wants changed here."""
        return TaskList(self.practice, self.user).comments.get(self.code, "") if self.version else ""

    @property
    def stamp(self) -> str:
        """What the page shows of what is stored: the number of the version and the revision of the section."""
        return f"{self.version.number if self.version else 0}:{self.section.revision if self.section else 0}"

    @property
    def following(self) -> str:
        """The address of the next section; empty after the last, and when nothing is written any more."""
        code = after(self.version, self.code) if self.version else ""
        return section_url(self.practice, code) if code else ""

    def forms(self, content: dict | None = None, data=None) -> SectionForms:
        """With what is stored, with another ``content``, or with what was posted."""
        return SectionForms(self.code, self.practice, self.content if content is None else content, data)

    def problems(self) -> list:
        """What the stored text is still refused with, once something was written."""
        return problems_of(self.code, self.content) if is_begun(self.content) else []

    def save(self, content: dict, stamp: str) -> None:
        """Raises as ``services.save_section``."""
        number, revision = seen_in(stamp)
        self.section = services.save_section(self.practice, self.code, content, by=self.user, seen=revision, number=number)

    def put_aside(self, content: dict) -> None:
        """Keep the text that came second, and read anew what came first."""
        self.set_aside = services.set_aside(self.practice, self.code, content, by=self.user)
        self.__dict__.pop("section", None)

    def loses_markup(self) -> bool:
        """Whether pages leave something of the formatting out."""
        texts = [self.content.get(IN_MARKDOWN.get(self.code), "")]
        texts += [block.get("text", "") for block in self.content.get("blocks", [])]
        return any(loses_markup(text) for text in texts if text)


def seen_in(stamp: str) -> tuple[int, int]:
    """Version and revision that a page showed; nothing when the stamp was altered."""
    number, _, revision = stamp.partition(":")
    is_whole = all(part.isascii() and part.isdigit() and len(part) < 9 for part in (number, revision))
    return (int(number), int(revision)) if is_whole else (0, 0)
