"""What can be refused about practices; each text may be shown."""

from typing import NamedTuple

from network_portal.common.errors import DomainError


class Problem(NamedTuple):
    """What a section still needs: the field to go to (``text``, ``blocks-0-lesson``), and the sentence that says so."""

    field: str
    sentence: str


class NotReady(DomainError):
    """``problems`` says by section what a version still needs: {code of the section: [Problem]}."""

    def __init__(self, problems: dict[str, list[Problem]]):
        super().__init__(" ".join(problem.sentence for found in problems.values() for problem in found))
        self.problems = problems


class WrongState(DomainError):
    pass


class ReasonMissing(DomainError):
    pass


class OwnMunicipality(DomainError):
    """A reviewer never decides on a practice of a municipality they belong to."""


class SameReviewer(DomainError):
    """The second look is somebody else's than the first."""


class NotYours(DomainError):
    """Somebody else has the review, or nobody took it yet."""


class CommentMissing(DomainError):
    """Changes are asked for section by section."""


class GridIncomplete(DomainError):
    """``criteria`` are the codes of those on which nothing was said."""

    def __init__(self, message: str, criteria: list[str]):
        super().__init__(message)
        self.criteria = criteria


class SecondLookNeeded(DomainError):
    """There is somebody who can take the second look, and no reason was given to do without."""


class NoSecondReviewer(DomainError):
    pass


class FilesFull(DomainError):
    """The version has as many files as it may have, or as large ones."""


class ChangedMeanwhile(DomainError):
    """Somebody saved the same section after it was opened; ``section`` is what is stored now. Nothing was overwritten."""

    def __init__(self, message: str, section=None):
        super().__init__(message)
        self.section = section
