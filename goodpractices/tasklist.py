"""The sections of the version at work as a list of tasks: where each stands, what it lacks, and what reviewers asked for."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from goodpractices.completeness import is_begun, problems_of
from goodpractices.errors import Problem
from goodpractices.forms.whole import anchor_in
from goodpractices.models import Practice, Review, Section, Version
from goodpractices.sections import BY_CODE, Template, needed

EMPTY, BEGUN, COMPLETE = "empty", "begun", "complete"


@dataclass(frozen=True)
class Task:
    """One section. ``saved`` is what is stored of it; ``comment`` what the reviewer wants changed in it."""

    template: Template
    url: str
    state: str
    problems: tuple[Problem, ...]
    saved: Section | None
    comment: str
    is_answered: bool  # saved again since the comment
    is_needed: bool
    is_for_publishing: bool  # can be sent without it
    is_set_aside: bool  # the person has a text in it that came second

    @property
    def missing(self) -> list[tuple[str, str]]:
        """Where to go, and the sentence."""
        return [(f"{self.url}#{anchor_in(self.template.code, p.field)}", p.sentence) for p in self.problems]

    @property
    def is_open(self) -> bool:
        """Whether something is to be done before the practice can be published."""
        return (self.is_needed and self.state != COMPLETE) or self.state == BEGUN or (bool(self.comment) and not self.is_answered)


class TaskList:
    """The version at work of ``practice``, as ``user`` sees it."""

    def __init__(self, practice: Practice, user):
        self.practice, self.user = practice, user
        self.version: Version = practice.work_version
        self.needed = needed(self.version.form)

    @cached_property
    def sections(self) -> dict[str, Section]:
        return {section.code: section for section in self.version.sections.select_related("saved_by")}

    @cached_property
    def review(self) -> Review | None:
        """The last one that asked for changes, while they are asked for."""
        if self.version.state != Version.State.CHANGES_REQUESTED:
            return None
        asked = self.version.reviews.filter(decision=Review.Decision.CHANGES)
        return asked.prefetch_related("comments").order_by("-decided_at", "-pk").first()

    @cached_property
    def comments(self) -> dict[str, str]:
        return {comment.code: comment.text for comment in self.review.comments.all()} if self.review else {}

    @cached_property
    def tasks(self) -> list[Task]:
        aside = set(self.version.set_aside.filter(person=self.user).values_list("code", flat=True))
        return [self._task(template, template.code in aside) for template in self.needed.shown]

    def _task(self, template: Template, is_set_aside: bool) -> Task:
        code, section = template.code, self.sections.get(template.code)
        content = section.content if section else {}
        has_begun, problems = is_begun(content), tuple(problems_of(code, content))
        comment = self.comments.get(code, "")
        return Task(
            template,
            section_url(self.practice, code),
            (BEGUN if problems else COMPLETE) if has_begun else EMPTY,
            problems if has_begun else (),
            section if has_begun else None,
            comment,
            bool(comment and section and section.saved_at > self.review.decided_at),
            code in self.needed.to_publish,
            code in self.needed.to_publish and code not in self.needed.to_submit,
            is_set_aside,
        )

    @property
    def complete(self) -> int:
        return sum(task.state == COMPLETE for task in self.tasks if task.is_needed)

    @property
    def asked(self) -> int:
        """How many sections a practice of this form needs."""
        return len(self.needed.to_publish)

    @cached_property
    def first_open(self) -> Task | None:
        """What to do next: first what the reviewer asked for."""
        waiting = [task for task in self.tasks if task.is_open]
        return next((task for task in waiting if task.comment and not task.is_answered), waiting[0] if waiting else None)


def section_url(practice: Practice, code: str) -> str:
    return reverse("goodpractices:section", args=[practice.pk, code])


def after(version: Version, code: str) -> str:
    """The code of the section that follows in the form; empty after the last."""
    number = BY_CODE[code].number
    return next((template.code for template in needed(version.form).shown if template.number > number), "")
