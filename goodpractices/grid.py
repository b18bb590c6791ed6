"""What reviewers look at: six criteria that authors can read beforehand, each met, met in part, or missing."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEVELS = {"met": _("met"), "partly": _("met in part"), "missing": _("missing")}


@dataclass(frozen=True)
class Criterion:
    """A question, what a reviewer looks for, and the sections where the answer stands."""

    code: str
    title: Promise
    question: Promise
    looks_for: tuple[Promise, ...]
    sections: tuple[str, ...]


GRID = (
    Criterion(
        "relevance",
        _("Relevance"),
        _("Does it answer a real need for equality in the municipality?"),
        (
            _("The need is shown: with numbers, a diagnosis, or what people said."),
            _("The objectives follow from the need."),
            _("It is work of the municipality, not only a wish."),
        ),
        ("context", "objectives", "classification"),
    ),
    Criterion(
        "clarity",
        _("Clarity"),
        _("Would somebody from another municipality understand what was done?"),
        (
            _("The summary says in one sentence what was done and for whom."),
            _("Each building block says who did what, and what made it possible."),
            _("Plain words; abbreviations are explained."),
        ),
        ("title", "summary", "blocks", "partners"),
    ),
    Criterion(
        "results",
        _("Results"),
        _("What changed, and how is that known?"),
        (
            _("Numbers have a source, and where possible a before and an after."),
            _("What was not measured is said, with the reason."),
            _("Nothing is claimed that the numbers do not carry."),
        ),
        ("results", "period"),
    ),
    Criterion(
        "honesty",
        _("Honesty"),
        _("Does it say what went wrong?"),
        (
            _("At least one difficulty is told so that others can avoid it."),
            _("It says what would not be repeated."),
            _("Costs and hours are those it really took."),
        ),
        ("difficulties", "resources"),
    ),
    Criterion(
        "transferability",
        _("Transferability"),
        _("Could another municipality do it, and what would it need?"),
        (
            _("Conditions and costs are said, and what can be left out."),
            _("It says for which size of municipality it works."),
            _("There is a contact who answers."),
        ),
        ("transfer", "resources", "contact"),
    ),
    Criterion(
        "gender",
        _("Gender and intersectional view"),
        _("Whom does it reach, and who could be left out?"),
        (
            _("It says how it changes the situation of women and men, not only that both could come."),
            _("Each axis of inequality that is named is named with what was done about it."),
            _("Words and pictures do not repeat stereotypes."),
        ),
        ("groups", "results", "media"),
    ),
)
CODES = tuple(criterion.code for criterion in GRID)


def unjudged(grid: dict[str, dict]) -> list[Criterion]:
    """The criteria on which ``grid`` says nothing."""
    return [criterion for criterion in GRID if grid.get(criterion.code, {}).get("level") not in LEVELS]
