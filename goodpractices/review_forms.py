"""What reviewers write, and the reasons that a deed asks for."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodpractices.grid import CODES, GRID, LEVELS
from goodpractices.models import Review
from goodpractices.plain import Part
from goodpractices.services import Notes
from network_portal.common.text_fields import TextField

COMMENT, REASON = 4000, 4000  # characters
Decision = Review.Decision


def reason_field(**kwargs) -> TextField:
    texts = {
        "label": gettext_lazy("Reason"),
        "error_messages": {"required": gettext_lazy("Give the reason.")},
    }
    return TextField(limit=REASON, widget=forms.Textarea({"rows": 4}), **texts | kwargs)


class ReasonForm(forms.Form):
    """Why something is done."""

    use_required_attribute = False

    reason = reason_field()


class WithdrawForm(forms.Form):
    """Why, and for a public practice with a new version under way what of it."""

    use_required_attribute = False

    what = forms.ChoiceField(
        label=gettext_lazy("What do you withdraw?"),
        choices=[
            ("version", gettext_lazy("The new version. What is public stays as it is")),
            ("whole", gettext_lazy("The whole practice. It is no longer read at its address")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what you withdraw.")},
    )
    reason = reason_field()

    def __init__(self, data=None, *, has_choice: bool, is_public: bool):
        super().__init__(data)
        self.is_public = is_public
        if not has_choice:
            del self.fields["what"]
        if not is_public:
            self.fields["reason"].required = False

    def clean(self):
        data = super().clean()
        if data.get("what") == "version" and self.errors.get("reason") and not self.data.get("reason", "").strip():
            del self.errors["reason"]
            data["reason"] = ""
        return data

    def answers(self) -> dict:
        """What ``services.withdraw`` takes."""
        return {"reason": self.cleaned_data.get("reason", ""), "whole": self.cleaned_data.get("what") != "version"}


class ReviewForm(forms.Form):
    """A comment beside each section, the grid, and the decision. ``saving`` asks for nothing but lengths."""

    use_required_attribute = False

    text = TextField(
        label=gettext_lazy("To the authors"),
        help_text=gettext_lazy("They read it with your comments. When you decline, these are your reasons."),
        limit=REASON,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    without_second = TextField(
        label=gettext_lazy("Why without a second look"),
        help_text=gettext_lazy(
            "Only when you publish although somebody else could take the second look. It stays in the history."
        ),
        limit=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    decision = forms.ChoiceField(label=gettext_lazy("Decision"), required=False, widget=forms.RadioSelect)

    def __init__(self, data=None, *, parts: list[Part], review: Review | None, can_pass_on: bool):
        super().__init__(data, initial=initial_of(review) if review else {})
        self.can_pass_on = can_pass_on
        self.codes = [part.section.code for part in parts]
        for code in self.codes:
            self.fields[f"section-{code}"] = comment_field(label=_("What to change"))
        for criterion in GRID:
            self.fields[f"{criterion.code}-level"] = forms.ChoiceField(
                label=criterion.title, choices=list(LEVELS.items()), required=False, widget=forms.RadioSelect
            )
            self.fields[f"{criterion.code}-comment"] = comment_field(label=_("Comment"))
        self.fields["decision"].choices = decisions(can_pass_on=can_pass_on)
        if not can_pass_on:
            del self.fields["without_second"]

    def notes(self) -> Notes:
        """What ``services.reviewing`` takes."""
        data = self.cleaned_data
        grid = {code: {"level": data[f"{code}-level"], "comment": data[f"{code}-comment"]} for code in CODES}
        written = {code: row for code, row in grid.items() if row["level"] or row["comment"]}
        return Notes(grid=written, comments={code: data[f"section-{code}"] for code in self.codes}, text=data["text"])

    @property
    def sections(self) -> dict:
        """The field of each section, by its code."""
        return {code: self[f"section-{code}"] for code in self.codes}

    @property
    def rows(self) -> list[tuple]:
        """Each criterion with its two fields."""
        return [(criterion, self[f"{criterion.code}-level"], self[f"{criterion.code}-comment"]) for criterion in GRID]


def comment_field(**kwargs) -> TextField:
    return TextField(limit=COMMENT, required=False, widget=forms.Textarea({"rows": 3}), **kwargs)


def decisions(*, can_pass_on: bool) -> list[tuple[str, str]]:
    """What the reviewer can decide, in words."""
    publish = _("Publish it without a second look") if can_pass_on else _("Publish it")
    rows = [
        (Decision.CHANGES, _("Ask for changes: the authors read your comments and send it again")),
        (Decision.PASS_ON, _("Agree: somebody else takes a second look before it is published")),
        (Decision.PUBLISH, publish),
        (Decision.DECLINE, _("Decline it, with reasons")),
    ]
    return [(str(code), label) for code, label in rows if can_pass_on or code != Decision.PASS_ON]


def initial_of(review: Review) -> dict:
    """What was noted before."""
    found = {"text": review.text} | {f"section-{row.code}": row.text for row in review.comments.all()}
    for code, row in review.grid.items():
        found |= {f"{code}-level": row.get("level", ""), f"{code}-comment": row.get("comment", "")}
    return found
