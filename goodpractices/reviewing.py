"""What the pages of the review and of the history show of reviews."""

from dataclasses import dataclass
from datetime import datetime

from goodpractices.grid import GRID, LEVELS
from goodpractices.models import Review
from goodpractices.people import ROLES
from goodpractices.sections import BY_CODE


@dataclass(frozen=True)
class Judged:
    """A review as it is read: ``who`` is a name for coordinators, the role for everybody else."""

    step: int
    who: str
    decision: str
    word: str
    at: datetime
    text: str
    grid: list[tuple[str, str, str, str]]  # criterion, level, its word, comment
    comments: list[tuple[str, str]]  # section, what to change


def judged(review: Review, *, with_names: bool) -> Judged:
    """``review`` with its comments fetched before."""
    role = str(ROLES.get(review.reviewer_role, review.reviewer_role))
    rows = [(criterion, review.grid.get(criterion.code, {})) for criterion in GRID]
    comments = {row.code: row.text for row in review.comments.all()}
    return Judged(
        step=review.step,
        who=str(review.reviewer) if with_names and review.reviewer else role,
        decision=review.decision,
        word=review.get_decision_display(),
        at=review.decided_at,
        text=review.text,
        grid=[
            (str(criterion.title), row.get("level", ""), str(LEVELS.get(row.get("level"), "–")), row.get("comment", ""))
            for criterion, row in rows
            if row
        ],
        comments=[(f"{s.number}. {s.title}", comments[code]) for code, s in BY_CODE.items() if code in comments],
    )
