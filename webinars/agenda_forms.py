"""What a coordinator types about the programme: rows of the agenda, and axes."""

import re
from datetime import time

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodpractices.fields import PracticeField
from network_portal.common.text import clean_line
from network_portal.common.text_fields import LineField, TextField
from network_portal.vocabularies.models import Term
from webinars.errors import OutsideWebinar
from webinars.models import Speaker, Webinar
from webinars.programme import check_within, moment_of
from webinars.services import ProgrammeItem

MAX_ROWS = 60
EMPTY_ROWS = 2
AXES = 4
PERSON_PART = 200  # characters of a name, a role, an organisation
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


class HourField(forms.CharField):
    """A time of day as HH:MM."""

    default_error_messages = {
        "required": gettext_lazy("Enter the time at which it starts"),
        "invalid": gettext_lazy("Enter the time as hours and minutes, like 10:40"),
        "null_characters_not_allowed": gettext_lazy("Enter the time as hours and minutes, like 10:40"),
    }

    def to_python(self, value):
        text = clean_line(super().to_python(value))
        if not text or "\0" in text:
            return text
        match = CLOCK.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(int(match[1]), int(match[2]))

    def run_validators(self, value):
        """Those of text say nothing about a time."""
        if isinstance(value, str):
            super().run_validators(value)


class SpeakersField(TextField):
    """One person a line, "Name; role; organisation", as a tuple of such triples."""

    def clean(self, value):
        lines = filter(None, map(clean_line, super().clean(value).split("\n")))
        return tuple(dict.fromkeys(self._person(line) for line in lines))

    def _person(self, line: str) -> tuple[str, str, str]:
        parts = [part.strip() for part in line.split(";")]
        if len(parts) > 3 or not parts[0]:
            text = _("Write “%(line)s” as name; role; organisation")
            raise ValidationError(text % {"line": line}, code="parts")
        if any(len(part) > PERSON_PART for part in parts):
            text = _("A name, a role and an organisation must each be %(limit)s characters or fewer")
            raise ValidationError(text % {"limit": PERSON_PART}, code="too_long")
        name, role, organisation = (*parts, "", "")[:3]
        return name, role, organisation


class ItemForm(forms.Form):
    """One row of the agenda; a row without words is left out."""

    hour = HourField(label=gettext_lazy("Start"), widget=forms.TextInput({"autocomplete": "off"}))
    title = LineField(
        label=gettext_lazy("Title"), limit=200, error_messages={"required": gettext_lazy("Enter what happens at this time")}
    )
    note = LineField(label=gettext_lazy("Note"), limit=300, required=False)
    speakers = SpeakersField(
        label=gettext_lazy("Speakers"),
        help_text=gettext_lazy("One person on each line: name; role; organisation"),
        limit=10_000,
        required=False,
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
    )
    practice = PracticeField(
        label=gettext_lazy("Practice presented"),
        help_text=gettext_lazy("Begin to type its title, or paste its address; shown once it is published"),
        required=False,
        widget=forms.TextInput({"list": "practices", "autocomplete": "off"}),
    )
    is_break = forms.BooleanField(label=gettext_lazy("Break"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Delete this row"), required=False)

    def __init__(self, *args, webinar: Webinar, **kwargs):
        super().__init__(*args, **kwargs)
        self.webinar = webinar

    def clean_hour(self):
        moment = moment_of(self.webinar, self.cleaned_data["hour"])
        try:
            check_within(self.webinar, moment)
        except OutsideWebinar as error:
            raise ValidationError(str(error), code="outside") from error
        return moment

    def full_clean(self):
        """A row that goes is not asked for sound words."""
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("remove"):
            self._errors = ErrorDict()

    @property
    def counts(self) -> bool:
        """Whether a valid row is to be written."""
        return bool(self.cleaned_data.get("title")) and not self.cleaned_data.get("remove")

    def item(self) -> ProgrammeItem:
        data = self.cleaned_data
        return ProgrammeItem(data["hour"], data["title"], data["note"], data["is_break"], data["speakers"], data["practice"])


class AxisForm(forms.Form):
    """An axis with one sentence; neither is a row left out."""

    axis = forms.ModelChoiceField(
        label=gettext_lazy("Axis"),
        queryset=Term.objects.none(),
        required=False,
        empty_label=gettext_lazy("No axis"),
        error_messages={"invalid_choice": gettext_lazy("Choose an axis of the list")},
    )
    sentence = LineField(label=gettext_lazy("One sentence"), limit=300, required=False)

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["axis"].queryset = terms

    def clean(self):
        data = super().clean()
        if data.get("axis") and not data.get("sentence") and not self.has_error("sentence"):
            self.add_error("sentence", _("Write one sentence about this axis"))
        if data.get("sentence") and not data.get("axis") and not self.has_error("axis"):
            self.add_error("axis", _("Choose the axis that this sentence is about"))
        return data


class BaseAxisFormSet(forms.BaseFormSet):
    def clean(self):
        """Each axis once."""
        seen = set()
        for form in self.forms:
            axis = form.cleaned_data.get("axis") if form.is_valid() else None
            if axis in seen:
                form.add_error("axis", _("This axis is there already"))
            seen |= {axis} - {None}


ItemFormSet = forms.formset_factory(ItemForm, extra=EMPTY_ROWS, max_num=MAX_ROWS, absolute_max=MAX_ROWS)
AxisFormSet = forms.formset_factory(AxisForm, formset=BaseAxisFormSet, extra=AXES, max_num=AXES, absolute_max=20)


def line_of(speaker: Speaker) -> str:
    """A speaker as typed."""
    return "; ".join([speaker.name, speaker.role, speaker.organisation]).rstrip("; ")
