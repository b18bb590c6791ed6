"""Forms of the sections that are facts: resources, period, contact, themes and type."""

from django import forms
from django.utils.translation import gettext_lazy

from goodpractices.forms.base import SectionForm, optional_text
from goodpractices.forms.fields import AddressField, MonthField
from network_portal.common.amounts import CountField
from network_portal.common.text_fields import LineField


class ResourcesForm(SectionForm):
    staff_hours = CountField(
        label=gettext_lazy("Hours of staff a month"),
        help_text=gettext_lazy("All people together, about. 0 when none."),
        most=1_000_000,
    )
    cost_band = forms.ChoiceField(
        label=gettext_lazy("What it cost"),
        help_text=gettext_lazy("Without the municipality's own staff."),
        widget=forms.RadioSelect,
    )
    note = LineField(
        label=gettext_lazy("Note on the cost"),
        help_text=gettext_lazy("For example: once, or every year; who paid."),
        limit=300,
        required=False,
    )
    equipment = optional_text(gettext_lazy("Equipment"), rows=3)
    outside_help = optional_text(
        gettext_lazy("Help from outside"), gettext_lazy("Companies, experts, universities: for what."), rows=3
    )

    def prepare(self):
        self.fields["cost_band"].choices = self.around.terms("cost_band", [self.around.content.get("cost_band", "")])


class PeriodForm(SectionForm):
    starts = MonthField(label=gettext_lazy("Began"), help_text=gettext_lazy("Month and year, for example 01/2023"))
    is_running = forms.BooleanField(label=gettext_lazy("It is still running"), required=False)
    ends = MonthField(
        label=gettext_lazy("Ended"),
        help_text=gettext_lazy("Month and year. Leave it empty while it is running."),
        required=False,
    )


class ContactForm(SectionForm):
    role_email = AddressField(
        label=gettext_lazy("E-mail of the service"),
        help_text=gettext_lazy("Public. An address of a service, such as igualdade@cm-exemplo.pt, not of a person."),
    )
    name = LineField(
        label=gettext_lazy("Person to talk to"),
        help_text=gettext_lazy("Seen by people of the network's municipalities only, like the two fields below."),
        limit=200,
        required=False,
    )
    email = AddressField(label=gettext_lazy("E-mail of that person"), required=False)
    phone = LineField(label=gettext_lazy("Telephone"), limit=40, required=False)


class ClassificationForm(SectionForm):
    practice_type = forms.ChoiceField(label=gettext_lazy("What kind of practice it is"), widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"),
        help_text=gettext_lazy("Those that somebody would look for it under; best not more than three."),
        widget=forms.CheckboxSelectMultiple,
    )
    areas = forms.MultipleChoiceField(label=gettext_lazy("Areas"), widget=forms.CheckboxSelectMultiple, required=False)
    charter = forms.MultipleChoiceField(
        label=gettext_lazy("Articles of the European Charter for Equality"),
        help_text=gettext_lazy("Those that it puts into practice."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sdg = forms.MultipleChoiceField(
        label=gettext_lazy("Targets of Sustainable Development Goal 5"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    vocabularies = {
        "practice_type": "practice_type", "themes": "theme", "areas": "area", "charter": "charter_article", "sdg": "sdg_target",
    }  # fmt: skip

    def prepare(self):
        for name, vocabulary in self.vocabularies.items():
            chosen = self.around.content.get(name) or []
            field = self.fields[name]
            field.choices = self.around.terms(vocabulary, [chosen] if isinstance(chosen, str) else chosen)
            field.widget.attrs["class"] = "options--columns"
        self.fields["charter"].choices = self._by_edition(self.fields["charter"].choices)

    def _by_edition(self, choices) -> list[tuple[str, list]]:
        """The articles of the first Charter, and those that were added."""
        editions = {"": gettext_lazy("Charter of 2006"), "2022": gettext_lazy("Added in 2022")}
        added = {term.code for term in self.around.words.of("charter_article", with_retired=True) if term.edition == "2022"}
        return [(str(title), [c for c in choices if (c[0] in added) == bool(code)]) for code, title in editions.items()]
