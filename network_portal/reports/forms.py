"""What a coordinator types about a report."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from network_portal.common.moments import DayField
from network_portal.common.templatetags.portal import month_short
from network_portal.common.text_fields import LineField, TextField
from network_portal.reports.errors import CutOffNotAllowed
from network_portal.reports.services import check_cut_off
from webinars.models import Cycle

LONGEST_TEXT = 20_000
FORMATS = [("pdf", "PDF"), ("xlsx", "XLSX")]


class CutOffForm(forms.Form):
    """The last day that counts; needs ``self.cycle`` before ``clean``."""

    use_required_attribute = False
    cycle_of_report: Cycle | None = None

    cut_off = DayField(
        label=_("Cut-off day"), help_text=_("The last day that counts. What happened later is for the next report.")
    )

    def clean(self):
        data = super().clean()
        cycle = data.get("cycle") or self.cycle_of_report
        if cycle and data.get("cut_off"):
            try:
                check_cut_off(cycle, data["cut_off"])
            except CutOffNotAllowed as error:
                self.add_error("cut_off", str(error))
        return data


class CycleField(forms.ModelChoiceField):
    """By title and days: two cycles may have the same title."""

    def label_from_instance(self, cycle: Cycle) -> str:
        first, last = (f"{day.day} {month_short(day)} {day.year}" for day in (cycle.starts_on, cycle.ends_on))
        return f"{cycle.title} ({first} – {last})"


class NewReportForm(CutOffForm):
    """Which cycle, until when."""

    cycle = CycleField(
        Cycle.objects.current_first(),
        label=_("Cycle"),
        empty_label=None,
        error_messages={"required": _("Choose the cycle"), "invalid_choice": _("Choose a cycle of the list")},
    )
    field_order = ["cycle", "cut_off"]


class CorrectionForm(CutOffForm):
    """Why another report is needed, and until when it counts."""

    reason = LineField(
        label=_("Reason of the correction"),
        help_text=_("It stands on both reports. For example: the attendance file of webinar 3 was incomplete."),
        limit=300,
        error_messages={"required": _("Enter the reason: the funder reads it")},
    )
    field_order = ["reason", "cut_off"]

    def __init__(self, *args, cycle: Cycle, **kwargs):
        super().__init__(*args, **kwargs)
        self.cycle_of_report = cycle


class TextForm(forms.Form):
    """The words of the coordination, in each language of the network; none is required."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"text_{code}"] = TextField(
                label=_("Text (%(language)s)") % {"language": name},
                required=False,
                limit=LONGEST_TEXT,
                widget=forms.Textarea({"rows": 10, "lang": code}),
            )

    @staticmethod
    def initial_of(text: dict[str, str]) -> dict[str, str]:
        return {f"text_{code}": text.get(code, "") for code, _name in settings.LANGUAGES}

    def text(self) -> dict[str, str]:
        """What was typed, by language; languages without a word are left out."""
        typed = {code: self.cleaned_data[f"text_{code}"] for code, _name in settings.LANGUAGES}
        return {code: words for code, words in typed.items() if words}


class FileForm(forms.Form):
    """Which file of a frozen report, in which language."""

    kind = forms.ChoiceField(choices=FORMATS)
    language = forms.ChoiceField(choices=settings.LANGUAGES)
