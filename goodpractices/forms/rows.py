"""Forms of the sections that are made of rows: blocks, partners, groups and axes, results, difficulties."""

from django import forms
from django.utils.translation import gettext_lazy

from goodpractices.forms.base import RowForm, SectionForm, long_text, optional_text
from goodpractices.forms.fields import FileField
from goodpractices.models import PracticeFile
from goodpractices.sections import LEVELS
from municipalities.fields import MunicipalityField
from network_portal.common.text_fields import LineField


class NothingElseForm(SectionForm):
    """A section that is rows alone."""


class BlockForm(RowForm):
    name = LineField(label=gettext_lazy("Name"), limit=200)
    text = long_text(label=gettext_lazy("What was done"), rows=6)
    enabled_by = optional_text(gettext_lazy("What made it possible"), rows=2)
    lesson = optional_text(gettext_lazy("What was learned"), rows=2)


class PartnersForm(SectionForm):
    is_alone = forms.BooleanField(label=gettext_lazy("Nobody else took part"), required=False)


class PartnerForm(RowForm):
    """Of a partner that is a municipality the row holds the slug."""

    municipality = MunicipalityField(
        label=gettext_lazy("Municipality, if it is one"), help_text=gettext_lazy("Type its name; accents do not matter."),
        required=False, error_messages={"unknown": gettext_lazy("Choose the municipality from the list")},
    )  # fmt: skip
    name = LineField(label=gettext_lazy("Organisation or service"), limit=200)
    role = LineField(label=gettext_lazy("What it did"), limit=500, required=False)

    def prepare(self):
        self.initial = dict(self.initial or {})
        if "municipality" in self.initial:
            self.initial["municipality"] = self.around.towns.get(self.initial["municipality"])

    def row(self) -> dict:
        data, town = self.cleaned_data, self.cleaned_data.get("municipality")
        name = data.get("name", "") or (town.label if town else "")
        return {"name": name, "role": data.get("role", ""), "municipality": town.slug if town else ""}


class GroupsForm(SectionForm):
    groups = forms.MultipleChoiceField(label=gettext_lazy("For whom"), widget=forms.CheckboxSelectMultiple)

    def prepare(self):
        self.fields["groups"].choices = self.around.terms("target_group", self.around.content.get("groups", []))
        self.fields["groups"].widget.attrs["class"] = "options--columns"


class AxisForm(RowForm):
    axis = forms.ChoiceField(label=gettext_lazy("Axis of inequality"))
    level = forms.ChoiceField(label=gettext_lazy("How far it was taken"), choices=LEVELS.items(), widget=forms.RadioSelect)
    sentence = LineField(
        label=gettext_lazy("In one sentence, how"),
        help_text=gettext_lazy("A tick alone proves nothing: say what was different for whom."),
        limit=500,
        widget=forms.Textarea({"rows": 2}),
    )

    def prepare(self):
        chosen = [row.get("axis", "") for row in self.around.content.get("axes", [])]
        self.fields["level"].widget.attrs["class"] = "options--columns"
        self.fields["axis"].choices = [("", gettext_lazy("Choose an axis")), *self.around.terms("axis", chosen)]


class ResultsForm(SectionForm):
    text = optional_text(
        gettext_lazy("What the numbers do not say"), gettext_lazy("What changed for people; what you did not expect."), rows=6
    )
    not_measured = optional_text(
        gettext_lazy("Not measured, because…"),
        gettext_lazy("Where there is no number, say why, and what you would count next time."),
        rows=3,
    )
    evaluated_by = LineField(
        label=gettext_lazy("Evaluated by"),
        help_text=gettext_lazy("Only when somebody from outside evaluated it, and the evaluation is attached below."),
        limit=200,
        required=False,
    )
    evaluation = FileField(label=gettext_lazy("Evaluation"), required=False)

    def prepare(self):
        files = self.around.files.items()
        self.fields["evaluation"].files = {uuid for uuid, file in files if file.kind == PracticeFile.Kind.DOCUMENT}


class IndicatorForm(RowForm):
    name = LineField(label=gettext_lazy("What is counted"), limit=200)
    before = LineField(label=gettext_lazy("Before"), limit=60, required=False)
    after = LineField(label=gettext_lazy("After, or counted in all"), limit=60)
    unit = LineField(label=gettext_lazy("Unit"), help_text=gettext_lazy("People, hours, %"), limit=60, required=False)
    source = LineField(label=gettext_lazy("Where the number is from"), limit=300)
    by_sex = forms.BooleanField(label=gettext_lazy("Known by sex"), required=False)
    not_alone = frozenset({"by_sex"})


class DifficultiesForm(SectionForm):
    not_again = optional_text(
        gettext_lazy("What you would not repeat"), gettext_lazy("The unpolished truth is what others learn most from."), rows=5
    )


class DifficultyForm(RowForm):
    name = LineField(label=gettext_lazy("In a few words"), limit=200, required=False)
    text = long_text(label=gettext_lazy("What happened, and what you did about it"), rows=4)
