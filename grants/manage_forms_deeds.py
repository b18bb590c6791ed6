"""What a coordinator types to extend, end or answer, and to add a file."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.files import KINDS, LIMIT
from grants.manage_forms import MOMENTS, MomentsMixin, twice_field
from grants.models import Call
from grants.services import Result
from network_portal.common.amounts import CountField, number_from
from network_portal.common.errors import DomainError
from network_portal.common.files import check
from network_portal.common.moments import DayField, HourField
from network_portal.common.text_fields import LineField, TextField

REASON = 1000  # characters


def reason_field(**kwargs) -> TextField:
    texts = {
        "label": gettext_lazy("Reason"),
        "help_text": gettext_lazy("Everybody reads it on the page of the call, and who follows it in a mail."),
        "error_messages": {"required": gettext_lazy("Give the reason: it is shown in public.")},
    }
    return TextField(limit=REASON, widget=forms.Textarea({"rows": 3}), **texts | kwargs)


class ReasonForm(forms.Form):
    """Why a call is cancelled, or nobody is supported."""

    use_required_attribute = False

    reason = reason_field()


class ExtendForm(MomentsMixin, forms.Form):
    """The new closing, in the zone of the call, and the new day of the result."""

    use_required_attribute = False

    closes_day = DayField(label=gettext_lazy("Now closes on"))
    closes_hour = HourField(label=gettext_lazy("Closes at"))
    closes_occurrence = twice_field()
    resolution_due_on = DayField(label=gettext_lazy("Result expected by"), required=False)
    reason = reason_field()

    def __init__(self, data=None, *, call: Call):
        _day, hour, _occurrence = MOMENTS["closes_at"]
        due_on = call.resolution_due_on
        super().__init__(data, initial={hour: call.closes_local.time(), "resolution_due_on": due_on})
        self.call = call

    def clean(self):
        data = super().clean()
        if {"closes_day", "closes_hour"} <= set(data):
            data["closes_at"] = self.read_moment("closes_at", self.call.zone)
        return data

    def answers(self) -> dict:
        """What ``services.extend`` takes."""
        return {name: self.cleaned_data[name] for name in ("closes_at", "reason", "resolution_due_on")}


class AnswerForm(forms.Form):
    """The answer to a question."""

    use_required_attribute = False

    answer = TextField(
        label=gettext_lazy("Answer"),
        limit=4000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Write the answer: it is shown in public.")},
    )


class FileForm(forms.Form):
    """A file of a call; its content decides what it is."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, DOCX, ODT, XLSX or ODS, up to 10 MB."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Select the file"), "invalid": gettext_lazy("Select the file")},
        widget=forms.FileInput({"accept": ",".join(f".{kind}" for kind in KINDS)}),
    )
    title = LineField(label=gettext_lazy("Title"), limit=200, error_messages={"required": gettext_lazy("Enter the title")})
    is_accessible = forms.BooleanField(
        label=gettext_lazy("It is an accessible PDF"),
        help_text=gettext_lazy("It was checked: titles, reading order, descriptions of pictures."),
        required=False,
    )
    notice = TextField(
        label=gettext_lazy("What you change and why"),
        help_text=gettext_lazy("Everybody reads it on the page of the call, and who follows it in a mail."),
        limit=REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Say what you change and why")},
    )

    def __init__(self, *args, needs_notice: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_notice:
            del self.fields["notice"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.checked = check(file, name=file.name, size=file.size, kinds=KINDS, limit=LIMIT)
        except DomainError as error:
            raise ValidationError(str(error), code="file") from error
        return file

    def answers(self) -> dict:
        """What ``files.add_file`` takes."""
        return {**self.cleaned_data, "checked": self.checked}


class ScoreField(forms.CharField):
    """A score with at most two decimals, from 0 to 999.99; a Decimal or None."""

    default_error_messages = {"number": gettext_lazy("Enter the score using only numbers, like 62,5")}

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value):
        text = super().to_python(value).strip()
        number = number_from(text) if text else None
        if text and (number is None or number >= 1000):
            raise ValidationError(self.error_messages["number"], code="number")
        return number

    def run_validators(self, value):
        """It is a number by now."""


class ResultForm(forms.Form):
    """The result in words and figures; who got what stands in rows."""

    use_required_attribute = False

    text = TextField(
        label=gettext_lazy("Result"),
        help_text=gettext_lazy("Markdown. What was decided, by whom and when, and how to appeal."),
        limit=20_000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Write the result")},
    )
    applications = CountField(label=gettext_lazy("Number of applications"), most=1_000_000, required=False)
    cut_off = ScoreField(
        label=gettext_lazy("Lowest score with support"),
        help_text=gettext_lazy("Leave it empty when there are no scores."),
        required=False,
    )

    def result(self, awards: list) -> Result:
        """What ``services.resolve`` takes."""
        return Result(awards=awards, **self.cleaned_data)

    def check_awards(self, awards: list) -> None:
        """Not more get support than applied."""
        applications = self.cleaned_data.get("applications")
        if applications is not None and len(awards) > applications:
            words = {"awards": len(awards), "applications": applications}
            text = _("The table names %(awards)s awards, more than there were applications: %(applications)s. Change one of them")
            self.add_error("applications", text % words)
