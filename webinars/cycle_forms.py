"""What a coordinator types about a cycle."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.forms import DayField
from network_portal.common.text_fields import LineField, TextField, WholeNumberField

MOST = 1_000_000


class CycleForm(forms.Form):
    """A cycle of events as it was promised to its funder, and when it reminds people."""

    use_required_attribute = False

    title = LineField(
        label=gettext_lazy("Title"), limit=200, error_messages={"required": gettext_lazy("Enter the title of the cycle")}
    )
    summary = LineField(
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("One or two sentences, shown below the title."),
        limit=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    text = TextField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("A blank line begins a new paragraph; a line that begins with - is an item of a list."),
        limit=20_000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of these texts"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        error_messages={"required": gettext_lazy("Choose a language"), "invalid_choice": gettext_lazy("Choose a language")},
    )
    funder = LineField(label=gettext_lazy("Funder"), limit=200, required=False)
    grant_reference = LineField(label=gettext_lazy("Grant reference"), limit=80, required=False)
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))
    target_webinars = WholeNumberField(label=gettext_lazy("Webinars"), most=MOST, initial=5)
    target_participations = WholeNumberField(label=gettext_lazy("Participations"), most=MOST, initial=250)
    target_municipalities = WholeNumberField(label=gettext_lazy("Municipalities"), most=MOST, initial=25)
    target_recordings = WholeNumberField(label=gettext_lazy("Recordings"), most=MOST, initial=5)
    reminders = forms.MultipleChoiceField(
        label=gettext_lazy("Reminders by e-mail"),
        help_text=gettext_lazy("To each person with a place, before each webinar of the cycle."),
        choices=[("day", gettext_lazy("A day before, at 09:00")), ("hour", gettext_lazy("One hour before"))],
        initial=["day", "hour"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose reminders of the list")},
    )
    is_published = forms.BooleanField(
        label=gettext_lazy("Published"),
        help_text=gettext_lazy("Everybody can see the cycle and its published webinars."),
        required=False,
    )

    def clean(self):
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("Last day must be after first day"))
        return data
