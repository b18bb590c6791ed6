"""The form that begins a practice."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from goodpractices.models import Version
from municipalities.fields import MunicipalityField
from municipalities.models import Municipality

FORMS = [
    (Version.Form.SNAPSHOT, gettext_lazy("Snapshot: seven short sections, for a practice that is told in half an hour")),
    (Version.Form.FULL, gettext_lazy("Full form: fifteen sections, with building blocks, results and difficulties")),
]


class FormChoice(forms.Form):
    """Snapshot or full."""

    use_required_attribute = False

    form = forms.ChoiceField(
        label=gettext_lazy("How much you want to tell"),
        help_text=gettext_lazy("You can change this at any time; nothing that you wrote is lost."),
        choices=FORMS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the snapshot or the full form")},
    )


class StartForm(FormChoice):
    """Who writes for several municipalities chooses among them; coordinators among all."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language in which you write"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the language in which you write")},
    )

    def __init__(self, *args, towns: list[Municipality] | None, **kwargs):
        """``towns`` are those that the person writes for; None: every one."""
        super().__init__(*args, **kwargs)
        self.towns = towns
        self.fields["municipality"] = MunicipalityField() if towns is None else self._choice()
        self.order_fields(["municipality", "form", "language"])

    def _choice(self) -> forms.ChoiceField:
        texts = {
            "required": gettext_lazy("Choose the municipality whose practice it is"),
            "invalid_choice": gettext_lazy("Choose one of your municipalities"),
        }
        choices = [(town.slug, town.label) for town in self.towns]
        return forms.ChoiceField(
            label=gettext_lazy("Municipality"), choices=choices, widget=forms.RadioSelect, error_messages=texts
        )

    def clean_municipality(self) -> Municipality:
        chosen = self.cleaned_data["municipality"]
        return chosen if self.towns is None else next(town for town in self.towns if town.slug == chosen)
