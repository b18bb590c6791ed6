"""What a coordinator types about a cycle."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.forms import DayField
from network_portal.common.templatetags.portal import thousands
from network_portal.common.text_fields import LineField, TextField, WholeNumberField

MOST = 1_000_000
A_DAY = 24 * 60  # minutes


class ShareField(WholeNumberField):
    """From 1 to 100 per cent."""

    default_error_messages = {"number": gettext_lazy("Enter a whole number between 1 and 100")}

    def clean(self, value):
        number = super().clean(value)
        if number == 0:
            raise ValidationError(self.error_messages["number"], code="number")
        return number


class MinutesField(WholeNumberField):
    """Nothing (None), or a whole number of minutes."""

    default_error_messages = {"number": gettext_lazy("Enter a whole number of minutes between 1 and %(most)s, or nothing")}

    def clean(self, value):
        if not str(value or "").strip():
            return None
        number = super().clean(value)
        if number == 0:
            raise ValidationError(self.error_messages["number"], code="number", params={"most": thousands(self.most)})
        return number


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
    attended_percent = ShareField(
        label=gettext_lazy("Attended: share of the webinar, in per cent"),
        help_text=gettext_lazy("Who was there for at least this part of it attended, and counts as a participation."),
        most=100,
        initial=50,
    )
    attended_minutes = MinutesField(
        label=gettext_lazy("Attended: minutes"),
        help_text=gettext_lazy("If you enter minutes, they count instead of the share."),
        most=A_DAY,
        required=False,
    )
    certificate_text = LineField(
        label=gettext_lazy("Sentence on the certificates"),
        help_text=gettext_lazy("For example the name of the project and of its funder, as the grant asks for it."),
        limit=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    evidence_until = DayField(
        label=gettext_lazy("Names are kept until"),
        help_text=gettext_lazy(
            "The end of the funder’s audit. Then names are removed; the figures stay. If empty: two years after each webinar."
        ),
        required=False,
    )
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
        if data.get("evidence_until") and data.get("ends_on") and data["evidence_until"] < data["ends_on"]:
            self.add_error("evidence_until", _("Names are needed at least until the last day of the cycle"))
        return data
