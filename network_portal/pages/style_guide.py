"""A form with one field of every kind, shown with its errors on the style guide page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Full name"), help_text=_("As others will see it."))
    format = forms.ChoiceField(
        label=_("Format"), widget=forms.RadioSelect, choices=[("online", _("online")), ("on_site", _("on site"))]
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=[("", _("Choose one")), ("health", _("Health"))])
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    places = forms.IntegerField(label=_("Places"), help_text=_("A whole number."), min_value=38)
    consent = forms.BooleanField(label=_("I agree to be in the recording"), required=False)
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
