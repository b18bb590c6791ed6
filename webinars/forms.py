"""The form by which a person registers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.fields import MunicipalityField
from municipalities.models import Municipality
from network_portal.common.text import CONTROL, INVISIBLE, clean_line
from network_portal.common.text_fields import AtMost
from network_portal.users.fields import PersonNameField
from network_portal.vocabularies.models import Term
from webinars.models import Webinar

YES, NO = "yes", "no"
UNKEPT = {"null_characters_not_allowed": _("The text contains a character that cannot be kept. Type it again")}


def unmistakable(town: Municipality | None) -> str:
    """Words that the field reads as this town alone: a code, unlike a name or a district, is no namesake's."""
    return f"{town.name} ({town.code})" if town else ""


class NeedsField(forms.CharField):
    """A short text of several lines, without characters that nobody sees."""

    def to_python(self, value):
        text = super().to_python(value).replace("\r\n", "\n")
        return CONTROL.sub(" ", INVISIBLE.sub("", text)).strip()


class RegistrationForm(forms.Form):
    """What is asked for a place. Webinars for the network alone do not ask for another organisation."""

    use_required_attribute = False
    which_organisation = _("Enter the name of your organisation")

    name = PersonNameField(help_text=_("First name and surname."))
    municipality = MunicipalityField(
        error_messages={"required": _("Choose your municipality, or say that you are not from one")},
    )
    no_municipality = forms.BooleanField(label=_("I am not from a municipality"), required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_("Only if you are not from a municipality."),
        required=False,
        validators=[AtMost(120, _("Organisation must be %(limit)s characters or fewer"))],
        error_messages=UNKEPT,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    role = forms.ModelChoiceField(
        label=_("Role"),
        queryset=Term.objects.of("role"),
        empty_label=None,
        widget=forms.RadioSelect({"class": "options--columns"}),
        error_messages={"required": _("Choose your role"), "invalid_choice": _("Choose your role")},
    )
    needs = NeedsField(
        label=_("Do you need anything to take part?"),
        help_text=_(
            "For example sign language, or the slides in advance. Only the coordinators read it, until 7 days after the webinar."
        ),
        required=False,
        validators=[AtMost(1000, _("What you need must be %(limit)s characters or fewer"))],
        error_messages=UNKEPT,
        widget=forms.Textarea({"rows": 3}),
    )
    consents_to_recording = forms.TypedChoiceField(
        label=_("May your voice and image be in the public recording?"),
        help_text=_("Your place does not depend on it, and you can change your mind."),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        coerce=lambda answer: answer == YES,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Select if you agree to be visible in the recording, or choose no")},
    )

    def __init__(self, *args, webinar: Webinar, **kwargs):
        super().__init__(*args, **kwargs)
        if webinar.audience == Webinar.Audience.NETWORK:
            del self.fields["no_municipality"], self.fields["organisation"]
            self.fields["municipality"].error_messages["required"] = _("Choose your municipality")

    def clean_organisation(self):
        return clean_line(self.cleaned_data["organisation"])

    def clean(self):
        """A town, or an organisation: one of them is enough; who says "no municipality" must name an organisation."""
        data = super().clean()
        is_outside = data.get("no_municipality")
        if is_outside or (data.get("organisation") and self.has_error("municipality", "required")):
            self.errors.pop("municipality", None)
            data["municipality"] = None
        if is_outside and not data.get("organisation") and not self.has_error("organisation"):
            self.add_error("organisation", self.which_organisation)
        return data

    def answers(self) -> dict:
        """What ``services.register`` takes, from a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "no_municipality"}

    def carried(self) -> list[tuple[str, str]]:
        """The valid answers as (name, value) of hidden fields."""
        data = self.cleaned_data
        values = {
            "name": data["name"],
            "municipality": unmistakable(data["municipality"]),
            "no_municipality": "on" if data.get("no_municipality") else "",
            "organisation": data.get("organisation", ""),
            "role": str(data["role"].pk),
            "needs": data["needs"],
            "consents_to_recording": YES if data["consents_to_recording"] else NO,
        }
        return [(name, value) for name, value in values.items() if value]
